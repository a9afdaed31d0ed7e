package bridge

import (
	"context"
	"errors"
	"io/fs"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newSemaphoreKey(t *testing.T) ipckey.Key {
	t.Helper()
	return lockKey(t, newKey(t))
}

func openSemaphore(t *testing.T, key ipckey.Key, initial int, mode OpenMode) *Semaphore {
	t.Helper()
	s, err := OpenSemaphore(t.Context(), key, initial, mode)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func wantCount(t *testing.T, key ipckey.Key, exists bool, value int) {
	t.Helper()
	info, err := InspectSemaphore(key)
	if err != nil || info.Exists != exists || info.Value != value {
		t.Errorf("%+v, %v; want exists %v, value %d", info, err, exists, value)
	}
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

func TestSemaphoreCounts(t *testing.T) { eachFamily(t, testSemaphoreCounts) }

func testSemaphoreCounts(t *testing.T, segment ipckey.Key) {
	key := lockKey(t, segment)
	s := openSemaphore(t, key, 1, OpenExisting)
	if err := s.Acquire(t.Context()); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.TryAcquire(); ok || err != nil {
		t.Errorf("acquired 0: %v, %v", ok, err)
	}
	if err := s.Release(5); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.TryAcquire(); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	wantCount(t, key, true, 4)
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
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := OpenSemaphore(ctx, key, 1, OpenExisting)
	wantError(t, err, context.Canceled, CodeCanceled)
}

func waitForWaiters(t *testing.T, key ipckey.Key, n int) {
	t.Helper()
	until(t, func() bool {
		info, err := InspectSemaphore(key)
		if err != nil {
			t.Fatal(err)
		}
		return info.Waiting == n
	})
}

func TestAcquireEndsWithItsContextAndWithClose(t *testing.T) {
	eachFamily(t, testAcquireEndsWithItsContextAndWithClose)
}

func testAcquireEndsWithItsContextAndWithClose(t *testing.T, segment ipckey.Key) {
	key := lockKey(t, segment)
	owner := openSemaphore(t, key, 0, OpenExisting)
	other := openSemaphore(t, key, 0, OpenExisting)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- owner.Acquire(ctx) }()
	waitForWaiters(t, key, 1)
	cancel()
	wantError(t, <-done, context.Canceled, CodeCanceled)
	for _, s := range []*Semaphore{other, owner} {
		go func() { done <- s.Acquire(context.Background()) }()
		waitForWaiters(t, key, 1)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		wantError(t, <-done, ErrDetached, CodeDetached)
		wantError(t, s.Acquire(t.Context()), ErrDetached, CodeDetached)
		wantError(t, s.Release(1), ErrDetached, CodeDetached)
	}
	wantCount(t, key, false, 0)
}

// As with Qt: who waits on a removed semaphore makes it again, with the initial value of its own.
func TestRemovedSemaphoreIsMadeAgainByItsWaiter(t *testing.T) {
	key := newSemaphoreKey(t)
	owner := openSemaphore(t, key, 0, OpenExisting)
	other := openSemaphore(t, key, 2, OpenExisting)
	done := make(chan error)
	go func() { done <- other.Acquire(context.Background()) }()
	waitForWaiters(t, key, 1)
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

// The lock of QSharedMemory(name) and QSystemSemaphore(name) are one semaphore.
func TestSemaphoreIsTheLockOfItsName(t *testing.T) { eachFamily(t, testSemaphoreIsTheLockOfItsName) }

func testSemaphoreIsTheLockOfItsName(t *testing.T, key ipckey.Key) {
	s := create(t, key, 8)
	sem := openSemaphore(t, lockKey(t, key), 1, OpenExisting)
	if err := sem.Acquire(t.Context()); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.TryLock(); ok || err != nil {
		t.Errorf("the lock was free: %v, %v", ok, err)
	}
	if err := errors.Join(sem.Release(1), s.Lock(t.Context()), s.Unlock()); err != nil {
		t.Error(err)
	}
}
