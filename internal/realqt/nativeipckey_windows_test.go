//go:build amd64

package realqt

import "testing"

// The names are those of TestNativeKey, and the other types of key have none.
func TestLegacyKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for _, test := range []struct{ name, inText, base string }{
			{"test", "test", "testa94a8fe5ccb19ba61c4c0873d391e987982fbbd3"},
			{"a b/c", "a b/c", "abcfa4fb713ddea8a2de316eebb6c7c7a2470987319"},
			{"ключ", "ключ", "b36af61a5d76b466e25a17dd979530303417c16f"},
			{"100%", "100%25", "fae31ecec0fc6f77b09e2dad840d052ca7f87f0d"},
			{"a\x00b", "a%00b", "ab4a3dec2d1f8245280855c42db0ee4239f917fdb8"},
		} {
			for prefix, semaphore := range map[string]bool{"qipc_sharedmemory_": false, "qipc_systemsem_": true} {
				native := prefix + test.base
				key, err := q.LegacyKey(semaphore, test.name, win32)
				wantKey(t, q, key, err, NativeIpcKey{win32, native, test.name, "windows:" + native + "?legacyKey=" + test.inText})
				key, err = q.LegacyKey(semaphore, test.name, posix)
				wantKey(t, q, key, err, NativeIpcKey{posix, "", "", "posix:"})
				key, err = q.LegacyKey(semaphore, test.name, systemV)
				wantKey(t, q, key, err, NativeIpcKey{systemV, "", "", "systemv:"})
			}
		}
	})
}

func TestPlatformSafeKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for prefix, semaphore := range map[string]bool{"shm_": false, "sem_": true} {
			for name, native := range map[string]string{
				"test":       prefix + "test",
				"My App 1.0": prefix + "My App 1.0",
				`Global\foo`: `Global\` + prefix + "foo",
				`Local\foo`:  `Local\` + prefix + "foo",
				`global\foo`: prefix + `global\foo`,
			} {
				key, err := q.PlatformSafeKey(semaphore, name, win32)
				wantKey(t, q, key, err, NativeIpcKey{win32, native, "", "windows:" + native})
			}
			key, err := q.PlatformSafeKey(semaphore, "a", posix)
			wantKey(t, q, key, err, NativeIpcKey{posix, "", "", "posix:"})
		}
	})
}

func TestMemoryOfKeyIsThatOfItsLegacyName(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		name := randomKey()
		key := legacy(t, q, false, name, win32)
		m, other := newMemoryOf(t, q, key.Text), newMemory(t, q, name)
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

// The lock of a native key is a semaphore of that name with _sem behind it.
func TestMemoryOfASafeKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		key, err := q.PlatformSafeKey(false, randomKey(), win32)
		if err != nil {
			t.Fatal(err)
		}
		m := newMemoryOf(t, q, key.Text)
		if value := semaphoreValue(t, key.Native+"_sem"); value != -1 {
			t.Errorf("before the first create the lock is %d", value)
		}
		must(t, m.Create(100, false), m)
		m.Data()[99] = 7
		if section := sectionOf(t, key.Native); len(section) != 4096 || section[99] != 7 {
			t.Errorf("the section has %d bytes, %v", len(section), section[:min(100, len(section))])
		}
		must(t, m.Lock(), m)
		if value := semaphoreValue(t, key.Native+"_sem"); value != 0 {
			t.Errorf("locked: the semaphore is %d", value)
		}
		must(t, m.Unlock(), m)
	})
}

func TestSemaphoreOfKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		name := randomKey()
		s := newSemaphoreOf(t, q, "windows:"+name, 2, true)
		must(t, s.Acquire(), s)
		if value := semaphoreValue(t, name); value != 1 {
			t.Errorf("made with 2, acquired: the value is %d", value)
		}
	})
}

// Qt makes an object of a key that it has no use for, which fails at its first use.
func TestObjectsOfAnInvalidKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for _, text := range []string{"nonsense", "posix:/a", "systemv:/a"} {
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
