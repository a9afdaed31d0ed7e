package bridge

import (
	"context"
	"io/fs"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newSemaphoreKey(t *testing.T) ipckey.Key {
	t.Helper()
	return lockKey(t, newKey(t))
}

func TestSemaphoreOpenModes(t *testing.T) { eachFamily(t, testSemaphoreOpenModes) }

func testSemaphoreOpenModes(t *testing.T, segment ipckey.Key) {
	key := lockKey(t, segment)
	wantCount(t, key, false, 0)
	first := openSemaphore(t, key, 3, OpenExisting)
	wantCount(t, key, true, 3)
	kept := openSemaphore(t, key, 7, OpenExisting)
	wantCount(t, key, true, 3)
	set := openSemaphore(t, key, 7, CreateNew)
	wantCount(t, key, true, 7)
	for _, c := range []struct {
		s      *Semaphore
		exists bool
		value  int
	}{{kept, true, 7}, {set, false, 0}, {first, false, 0}} {
		if err := c.s.Close(); err != nil {
			t.Error(err)
		}
		wantCount(t, key, c.exists, c.value)
	}
}

func TestSemaphoreRanges(t *testing.T) {
	key := newSemaphoreKey(t)
	for _, n := range []int{-1, 32768, 1 << 20} {
		_, err := OpenSemaphore(t.Context(), key, n, OpenExisting)
		wantError(t, err, ErrRange, CodeRange)
	}
	wantCount(t, key, false, 0)
	s := openSemaphore(t, key, 1, OpenExisting)
	for _, n := range []int{-1, 32768, 65536, 65537} { // Qt casts to 16 bits, and waits for ever or does nothing
		wantError(t, s.Release(n), ErrRange, CodeRange)
	}
	wantError(t, s.Release(32767), syscall.ERANGE, CodeOutOfResources)
	if err := s.Release(0); err != nil {
		t.Error(err)
	}
	wantCount(t, key, true, 1)
}

// As with Qt: who waits on a removed semaphore makes it again, with the initial value of its own.
func TestRemovedSemaphoreIsMadeAgainByItsWaiter(t *testing.T) {
	key := newSemaphoreKey(t)
	owner := openSemaphore(t, key, 0, OpenExisting)
	other := openSemaphore(t, key, 2, OpenExisting)
	done := make(chan error)
	go func() { done <- other.Acquire(context.Background()) }()
	untilAcquiring(t, key, 1)
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantCount(t, key, true, 1)
	if err := other.Close(); err != nil { // which owns it now
		t.Fatal(err)
	}
	wantCount(t, key, false, 0)
}

func TestReleaseOnARemovedSemaphoreMakesItAgain(t *testing.T) {
	key := newSemaphoreKey(t)
	owner := openSemaphore(t, key, 0, OpenExisting)
	other := openSemaphore(t, key, 2, OpenExisting)
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.Release(3); err != nil {
		t.Fatal(err)
	}
	wantCount(t, key, true, 5)
}

func TestSemaphoreOfAnotherUser(t *testing.T) {
	key := newSemaphoreKey(t)
	openToAll(t, key)
	openSemaphore(t, key, 1, OpenExisting)
	asUser(t, 65534, func() {
		_, err := OpenSemaphore(t.Context(), key, 1, OpenExisting)
		wantError(t, err, fs.ErrPermission, CodePermissionDenied)
		_, err = OpenSemaphore(t.Context(), key, 1, OpenExisting, RequireOwner())
		wantError(t, err, ErrForeignOwner, CodePermissionDenied)
	})
	wantCount(t, key, true, 1)
}
