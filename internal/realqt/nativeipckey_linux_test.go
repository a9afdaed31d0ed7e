//go:build amd64 || arm64

package realqt

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The names are those of TestNativeKey.
func TestLegacyKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for _, test := range []struct{ name, inText, base string }{
			{"test", "test", "testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3"},
			{"My App 1.0", "My App 1.0", "MyApp84acafbce50ca8876d45f3d30958b73f69f50cf8"},
			{"日本語", "日本語", "c12140a0ffb4e56481b4fe0a7a25040c2eafa9ca"},
			{"100%", "100%25", "fae31ecec0fc6f77b09e2dad840d052ca7f87f0d"},
			{"a?b#c:d@e[f]g", "a?b%23c:d@e[f]g", "abcdefg0cfe71dca6ed94c11ddb35a45a31add842300f64"},
			{"a\x00b", "a%00b", "ab4a3dec2d1f8245280855c42db0ee4239f917fdb8"},
		} {
			for prefix, semaphore := range map[string]bool{"/qipc_sharedmemory_": false, "/qipc_systemsem_": true} {
				native := prefix + test.base
				key, err := q.LegacyKey(semaphore, test.name, posix)
				wantKey(t, q, key, err, NativeIpcKey{posix, native, test.name, "posix:" + native + "?legacyKey=" + test.inText})
				native = q.TempPath() + native
				key, err = q.LegacyKey(semaphore, test.name, systemV)
				wantKey(t, q, key, err, NativeIpcKey{systemV, native, test.name, "systemv:" + native + "?legacyKey=" + test.inText})
				key, err = q.LegacyKey(semaphore, test.name, win32)
				wantKey(t, q, key, err, NativeIpcKey{win32, "", "", "windows:"})
			}
		}
	})
}

func TestPlatformSafeKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_RUNTIME_DIR", dir)
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for _, semaphore := range []bool{false, true} {
			for name, want := range map[string]struct{ posix, systemV, inText string }{
				"a":             {"/a", dir + "/a", ""},
				"My App 1.0":    {"/My App 1.0", dir + "/My App 1.0", ""},
				"/abs/path":     {"//abs/path", "/abs/path", "posix:/%2Fabs/path"},
				"100%":          {"/100%", dir + "/100%", "posix:/100%25"},
				"a?b#c:d@e[f]g": {"/a?b#c:d@e[f]g", dir + "/a?b#c:d@e[f]g", "posix:/a%3Fb%23c:d@e[f]g"},
				"":              {"", "", ""},
			} {
				text := want.inText
				if text == "" {
					text = "posix:" + want.posix
				}
				key, err := q.PlatformSafeKey(semaphore, name, posix)
				wantKey(t, q, key, err, NativeIpcKey{posix, want.posix, "", text})
				key, err = q.PlatformSafeKey(semaphore, name, systemV)
				escaped := strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23").Replace(want.systemV)
				wantKey(t, q, key, err, NativeIpcKey{systemV, want.systemV, "", "systemv:" + escaped})
			}
		}
	})
}

func TestMemoryOfKeyIsThatOfItsLegacyName(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		name := randomKey()
		key, err := q.LegacyKey(false, name, systemV)
		if err != nil {
			t.Fatal(err)
		}
		m := newMemoryOf(t, q, key.Text)
		other := newMemory(t, q, name)
		if m.Key() != name || m.NativeKey() != key.Native || other.NativeKey() != key.Native {
			t.Errorf("key %q, native key %q, that of the name %q; want %+v", m.Key(), m.NativeKey(), other.NativeKey(), key)
		}
		must(t, m.Create(64, false), m)
		must(t, other.Attach(false), other)
		must(t, other.Lock(), other)
		if value := lockValue(t, m); value != 0 {
			t.Errorf("locked: the semaphore is %d", value)
		}
		must(t, other.Unlock(), other)
	})
}

// posixFile returns the file of a POSIX segment or semaphore, which the test removes.
func posixFile(t *testing.T, name string) string {
	file := "/dev/shm/" + name
	t.Cleanup(func() { os.Remove(file) })
	return file
}

// posixSemaphore returns the value of a named semaphore and how many wait for it, the two halves of a word in 64-bit glibc.
func posixSemaphore(t *testing.T, file string) (value, waiters uint32) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil || len(content) < 8 {
		t.Fatalf("semaphore %s: %d bytes, %v", file, len(content), err)
	}
	return binary.NativeEndian.Uint32(content), binary.NativeEndian.Uint32(content[4:])
}

func TestPosixSemaphore(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		name := randomKey()
		file := posixFile(t, "sem."+name)
		newSemaphoreOf(t, q, "posix:/"+name, 2, true)
		other := newSemaphoreOf(t, q, "posix:/"+name, 7, false)
		must(t, other.Acquire(), other)
		if value, _ := posixSemaphore(t, file); value != 1 {
			t.Errorf("made with 2, opened with 7, acquired: the value is %d", value)
		}
		newSemaphoreOf(t, q, "posix:/"+name, 7, true)
		if value, _ := posixSemaphore(t, file); value != 7 {
			t.Errorf("made again with 7: the value is %d", value)
		}
	})
}

// Two processes: attach, see each other's bytes and wait for each other's lock.
func TestPosixSegmentOfTwoProcesses(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		name := randomKey()
		segment, lock := posixFile(t, name), posixFile(t, "sem."+name)
		m := newMemoryOf(t, q, "posix:/"+name)
		if m.Key() != "" || m.NativeKey() != "/"+name {
			t.Errorf("key %q, native key %q", m.Key(), m.NativeKey())
		}
		must(t, m.Create(100, false), m)
		if info, err := os.Stat(segment); err != nil || info.Size() != 100 {
			t.Errorf("the file of the segment: %v %v", info, err)
		}
		p := startPeer(t, libraryOf(t), randomKey())
		p.want(t, "key posix:/"+name, "true")
		p.want(t, "attach", "true")
		must(t, m.Lock(), m)
		m.Data()[0] = 41
		p.send("lock")
		await(t, "the peer waits for the lock", func() bool { _, waiters := posixSemaphore(t, lock); return waiters == 1 })
		must(t, m.Unlock(), m)
		if got := p.receive(); got != "true" {
			t.Fatalf("the peer's lock: %s", got)
		}
		p.want(t, "increment", "42")
		p.want(t, "unlock", "true")
		if m.Data()[0] != 42 {
			t.Errorf("the peer wrote %d", m.Data()[0])
		}
	})
}

// Qt makes an object of a key without a type, which fails at its first use.
func TestObjectsOfAnInvalidKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for _, text := range []string{"nonsense", "windows:a"} {
			m := newMemoryOf(t, q, text)
			if m.NativeKey() != "" || m.Create(1, false) || m.Error() != keyError {
				t.Errorf("%q: native key %q, error %d %q", text, m.NativeKey(), m.Error(), m.ErrorString())
			}
			s := newSemaphoreOf(t, q, text, 1, true)
			const keyError = 2 // QSystemSemaphore::SystemSemaphoreError
			if s.Error() != keyError || s.Acquire() {
				t.Errorf("%q: error %d %q", text, s.Error(), s.ErrorString())
			}
		}
	})
}
