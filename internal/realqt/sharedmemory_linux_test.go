//go:build amd64 || arm64

package realqt

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"unsafe"
)

// QSharedMemory::SharedMemoryError
const (
	noError       = 0
	invalidSize   = 2
	keyError      = 3
	alreadyExists = 4
	notFound      = 5
	lockError     = 6
)

// The names are those that C++ programs with six versions of Qt print.
func TestNativeKey(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for key, want := range map[string]string{
			"test":          "testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
			"My App 1.0":    "MyApp84acafbce50ca8876d45f3d30958b73f69f50cf8",
			"myapp":         "myapp94e7d341f71ff6f43253f1c5e813057b22f91cda",
			"héllo wörld":   "hllowrld24e9f5c07847ff8a2a9fa77456655792f5bc7f9f",
			"日本語":           "c12140a0ffb4e56481b4fe0a7a25040c2eafa9ca",
			"😀 emoji":       "emoji2d93e0214ecc327b880fba19fc7272e6ab20f9fd",
			"12345":         "8cb2237d0679ca88db6464eac60da96345513964",
			"a/b\\c":        "abcec727bf731684956f02a1dd880789831ec487365",
			"a\x00b":        "ab4a3dec2d1f8245280855c42db0ee4239f917fdb8",
			"\ufeffa":       "a843510102349f4f66ad1734e188dc93aca8c618d",
			"\ufffea\uffff": "adec5fbe770df8770ad92b6d8410a672ba797b0c1",
		} {
			if key == "\ufffea\uffff" && isQt4(q) {
				want = "a4904d748fcc22129ea4457d0fe9a01b72718c743" // of "?a?"
			}
			m := newMemory(t, q, key)
			if m.Key() != key {
				t.Errorf("key %q, want %q", m.Key(), key)
			}
			if want := q.TempPath() + "/qipc_sharedmemory_" + want; m.NativeKey() != want {
				t.Errorf("native key of %q:\ngot  %s\nwant %s", key, m.NativeKey(), want)
			}
		}
	})
}

func TestSetKeyAndSetNativeKey(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		m := newMemory(t, q, "")
		if m.Key() != "" || m.NativeKey() != "" {
			t.Errorf("without a key: %q, %q", m.Key(), m.NativeKey())
		}
		m.SetKey("test")
		legacy := q.TempPath() + "/qipc_sharedmemory_testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
		if m.Key() != "test" || m.NativeKey() != legacy {
			t.Errorf("after SetKey: %q, %q", m.Key(), m.NativeKey())
		}
		native := q.TempPath() + "/a native key"
		m.SetNativeKey(native)
		if m.Key() != "" || m.NativeKey() != native {
			t.Errorf("after SetNativeKey: %q, %q", m.Key(), m.NativeKey())
		}
	})
}

func TestLifeOfASegment(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		m := newMemory(t, q, randomKey())
		if m.IsAttached() || m.Size() != 0 || m.Data() != nil {
			t.Errorf("new: attached %v, size %d, %d bytes", m.IsAttached(), m.Size(), len(m.Data()))
		}
		must(t, m.Create(4097, false), m)
		if !m.IsAttached() || m.Size() != 4097 || len(m.Data()) != 4097 || m.Error() != noError || m.ErrorString() != "" {
			t.Errorf("created: attached %v, size %d, %d bytes, error %d %q",
				m.IsAttached(), m.Size(), len(m.Data()), m.Error(), m.ErrorString())
		}
		m.Data()[4096] = 1
		must(t, m.Lock(), m)
		if value := semctl(semaphoreOf(t, lockFile(m)), getValue); value != 0 {
			t.Errorf("locked: the semaphore is %d", value)
		}
		must(t, m.Unlock(), m)
		if m.Unlock() {
			t.Error("unlocked twice")
		}
		must(t, m.Detach(), m)
		if m.IsAttached() || m.Size() != 0 || m.Data() != nil {
			t.Errorf("detached: attached %v, size %d, %d bytes", m.IsAttached(), m.Size(), len(m.Data()))
		}
		if _, err := os.Stat(m.NativeKey()); !os.IsNotExist(err) {
			t.Errorf("the last to detach left the key file: %v", err)
		}
	})
}

func TestTwoObjectsShareTheirMemory(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key := randomKey()
		m, other, reader := newMemory(t, q, key), newMemory(t, q, key), newMemory(t, q, key)
		must(t, m.Create(64, false), m)
		must(t, other.Attach(false), other)
		must(t, reader.Attach(true), reader)
		m.Data()[0], other.Data()[63] = 'm', 'o'
		if got := reader.Data(); got[0] != 'm' || got[63] != 'o' || len(got) != 64 {
			t.Errorf("read %q", got)
		}
	})
}

func TestReadOnlyMemoryCannotBeWritten(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key := randomKey()
		created, attached := newMemory(t, q, key), newMemory(t, q, key)
		must(t, created.Create(64, true), created)
		must(t, attached.Attach(true), attached)
		for name, m := range map[string]*SharedMemory{"created": created, "attached": attached} {
			if !faults(func() { m.Data()[0] = 1 }) {
				t.Errorf("%s read-only, but written", name)
			}
		}
	})
}

// faults reports whether f touches memory that it must not.
func faults(f func()) (fault bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() { fault = recover() != nil }()
	f()
	return
}

func attach(m *SharedMemory) bool { return m.Attach(false) }

func create(size int) func(*SharedMemory) bool {
	return func(m *SharedMemory) bool { return m.Create(size, false) }
}

func nothing(*SharedMemory) {}

func TestMemoryErrors(t *testing.T) {
	tests := []struct {
		what    string
		key     string
		prepare func(*SharedMemory)
		fail    func(*SharedMemory) bool
		code    int
		text    string
		text66  string // from Qt 6.6, if it differs
	}{
		{"lock before create", randomKey(), nothing, (*SharedMemory).Lock, lockError,
			"QSharedMemory::lock: unable to lock", ""},
		{"attach to nothing", randomKey(), nothing, attach, notFound,
			"QSharedMemory::handle:: UNIX key file doesn't exist", "QSharedMemory::handle: doesn't exist"},
		{"attach to a key file", randomKey(), func(m *SharedMemory) { _ = os.WriteFile(m.NativeKey(), nil, 0o600) }, attach,
			notFound, "QSharedMemory::attach (shmget): doesn't exist", ""},
		{"create of no bytes", randomKey(), nothing, create(0), invalidSize,
			"QSharedMemory::create: create size is less then 0", ""},
		{"create of -1 bytes", randomKey(), nothing, create(-1), invalidSize,
			"QSharedMemory::create: create size is less then 0", ""},
		{"create while attached", randomKey(), func(m *SharedMemory) { m.Create(1, false) }, create(1), alreadyExists,
			"QSharedMemory::create: already exists", ""},
		{"attach without a key", "", nothing, attach, keyError, "QSharedMemory::handle:: key is empty",
			"QSharedMemoryPrivate::initKey: unable to set key on lock (QSystemSemaphore::handle:: key is empty)"},
	}
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, test := range tests {
			m := newMemory(t, q, test.key)
			test.prepare(m)
			want := test.text
			if test.text66 != "" && hasNativeIpcKey(t, q) {
				want = test.text66
			}
			if test.what == "attach to nothing" && q.Version() == "6.6.0" { // there the lock has made the key file
				want = "QSharedMemory::attach (shmget): doesn't exist"
			}
			if isQt4(q) {
				want = strings.Replace(want, "::handle::", "::handle:", 1)
			}
			if ok := test.fail(m); ok || m.Error() != test.code || m.ErrorString() != want {
				t.Errorf("%s: %v, error %d %q; want false, %d %q",
					test.what, ok, m.Error(), m.ErrorString(), test.code, want)
			}
			os.Remove(m.NativeKey())
		}
	})
}

// hasNativeIpcKey reports whether this is Qt 6.6 or later, which brought QNativeIpcKey and with it new texts of errors.
func hasNativeIpcKey(t *testing.T, q *Qt) bool {
	t.Helper()
	var major, minor int
	if _, err := fmt.Sscanf(q.Version(), "%d.%d", &major, &minor); err != nil {
		t.Fatalf("version %q: %v", q.Version(), err)
	}
	return major > 6 || major == 6 && minor >= 6
}

// Qt 4 and Qt 5 see the low 32 bits of a size: none. Qt 6 asks the kernel for the whole size.
func TestSizeIsPassedAsWideAsInQt(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		want := "QSharedMemory::create: create size is less then 0"
		if q.generation.longSize {
			want = "QSharedMemory::create: out of resources"
		}
		m := newMemory(t, q, randomKey())
		if m.Create(1<<62, false) || m.ErrorString() != want {
			t.Errorf("create of 2^62 bytes: %q, want %q", m.ErrorString(), want)
		}
	})
}

// An int comes back in the low half of a register, the rest of which is undefined.
func TestSizeIsReadAsWideAsInQt(t *testing.T) {
	const register = -1<<32 | 16
	eachQt(t, func(t *testing.T, q *Qt) {
		want := 16
		if q.generation.longSize {
			want = register
		}
		q.fn.MemorySize = func(unsafe.Pointer) int { return register }
		if m := newMemory(t, q, ""); m.Size() != want {
			t.Errorf("size %d, want %d", m.Size(), want)
		}
	})
}

func TestClosedObjects(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		m, s := q.NewSharedMemory("key"), q.NewSystemSemaphore("", 0, false)
		for range 2 {
			m.Close()
			s.Close()
		}
		for name, use := range map[string]func(){"memory": func() { m.Lock() }, "semaphore": func() { s.Acquire() }} {
			if got := recovered(use); got != "realqt: the object is closed" {
				t.Errorf("%s used after Close: %v", name, got)
			}
		}
	})
}

func recovered(f func()) (panicked any) {
	defer func() { panicked = recover() }()
	f()
	return
}
