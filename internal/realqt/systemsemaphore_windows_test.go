//go:build amd64

package realqt

import (
	"strings"
	"testing"
)

// semaphoreKey returns a random key and the name that QSystemSemaphore derives from it.
func semaphoreKey(t *testing.T, q *Qt) (key, name string) {
	key = randomKey()
	return key, strings.Replace(newMemory(t, q, key).NativeKey(), "qipc_sharedmemory_", "qipc_systemsem_", 1)
}

// Create does what Open does: a value that is there stays.
func TestSemaphoreValue(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key, name := semaphoreKey(t, q)
		want := func(what string, n int) {
			t.Helper()
			if got := semaphoreValue(t, name); got != n {
				t.Errorf("%s: the value is %d, want %d", what, got, n)
			}
		}
		want("before", -1)
		s := newSemaphore(t, q, key, 2, false)
		want("made with 2", 2)
		must(t, s.Acquire(), s)
		want("acquired", 1)
		must(t, s.Release(3), s)
		want("released 3", 4)
		other := newSemaphore(t, q, key, 7, true)
		want("created with 7", 4)
		must(t, other.Acquire(), other)
		want("acquired by another", 3)
		s.Close()
		want("closed by the first", 3)
		other.Close()
		want("closed by the last", -1)
	})
}

func TestSemaphoreErrors(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		const unknownError = 6 // QSystemSemaphore::SystemSemaphoreError
		tooMany, negative := " 298", " 87"
		if hasNativeIpcKey(t, q) {
			tooMany, negative = ": Too many posts to semaphore.", ": Invalid parameter."
		}
		check := func(what string, s *SystemSemaphore, ok bool, code int, text string) {
			t.Helper()
			if ok || s.Error() != code || s.ErrorString() != text {
				t.Errorf("%s: %v, error %d %q; want false, %d %q", what, ok, s.Error(), s.ErrorString(), code, text)
			}
		}
		key, name := semaphoreKey(t, q)
		s := newSemaphore(t, q, key, 0x7fffffff, false)
		check("release beyond the limit", s, s.Release(1), unknownError, "QSystemSemaphore::modifySemaphore: unknown error"+tooMany)
		if value := semaphoreValue(t, name); value != 0x7fffffff {
			t.Errorf("after that the value is %#x", value)
		}
		key, _ = semaphoreKey(t, q)
		s = newSemaphore(t, q, key, -1, false)
		check("new with -1", s, false, unknownError, "QSystemSemaphore::handle: unknown error"+negative)
	})
}
