//go:build amd64 || arm64

package realqt

import (
	"os"
	"strings"
	"testing"
)

// semaphoreKey returns a random key and the key file that QSystemSemaphore derives from it.
func semaphoreKey(t *testing.T, q *Qt) (key, file string) {
	key = randomKey()
	return key, semaphoreFile(newMemory(t, q, key))
}

func TestSemaphoreValue(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key, file := semaphoreKey(t, q)
		value := func() int { return semctl(semaphoreOf(t, file), getValue) }
		want := func(what string, n int) {
			t.Helper()
			if got := value(); got != n {
				t.Errorf("%s: the value is %d, want %d", what, got, n)
			}
		}
		s := newSemaphore(t, q, key, 2, false)
		want("made with 2", 2)
		must(t, s.Acquire(), s)
		want("acquired", 1)
		must(t, s.Release(3), s)
		want("released 3", 4)
		other := newSemaphore(t, q, key, 7, false)
		want("opened with 7", 4)
		must(t, other.Acquire(), other)
		want("acquired by another", 3)
		newSemaphore(t, q, key, 1, true)
		want("created with 1", 1)
	})
}

func TestOwnerRemovesTheSemaphore(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key, file := semaphoreKey(t, q)
		owner, other := newSemaphore(t, q, key, 1, true), newSemaphore(t, q, key, 1, false)
		id := semaphoreOf(t, file)
		other.Close()
		if got := semaphoreOf(t, file); got != id {
			t.Errorf("another one closed: semaphore %d, want %d", got, id)
		}
		owner.Close()
		if _, err := os.Stat(file); !os.IsNotExist(err) || semctl(id, getValue) != -1 {
			t.Errorf("the owner closed: key file %v, value %d", err, semctl(id, getValue))
		}
	})
}

func TestSemaphoreErrors(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		check := func(what string, s *SystemSemaphore, ok bool, code int, text string) {
			t.Helper()
			if isQt4(q) {
				text = strings.Replace(text, "::handle::", "::handle:", 1)
			}
			if ok || s.Error() != code || s.ErrorString() != text {
				t.Errorf("%s: %v, error %d %q; want false, %d %q", what, ok, s.Error(), s.ErrorString(), code, text)
			}
		}
		const keyError, outOfResources = 2, 5 // QSystemSemaphore::SystemSemaphoreError

		s := newSemaphore(t, q, "", 1, false)
		check("new without a key", s, false, noError, "")
		check("acquire without a key", s, s.Acquire(), keyError, "QSystemSemaphore::handle:: key is empty")

		key, _ := semaphoreKey(t, q)
		s = newSemaphore(t, q, key, 32767, false)
		check("release beyond the limit", s, s.Release(1), outOfResources, "QSystemSemaphore::modifySemaphore: out of resources")
		check("release of -1", s, s.Release(-1), outOfResources, "QSystemSemaphore::modifySemaphore: out of resources")
		if !s.Release(0) {
			t.Error("release of 0 failed")
		}
	})
}
