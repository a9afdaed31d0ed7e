//go:build linux || windows

package bridge

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

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
	untilAcquiring(t, key, 1)
	cancel()
	wantError(t, <-done, context.Canceled, CodeCanceled)
	for _, s := range []*Semaphore{other, owner} {
		go func() { done <- s.Acquire(context.Background()) }()
		untilAcquiring(t, key, 1)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		wantError(t, <-done, ErrDetached, CodeDetached)
		wantError(t, s.Acquire(t.Context()), ErrDetached, CodeDetached)
		wantError(t, s.Release(1), ErrDetached, CodeDetached)
	}
	wantCount(t, key, false, 0)
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

// Release n lets n of those in who wait.
func TestSemaphoreWakesAsManyAsItReleases(t *testing.T) {
	eachFamily(t, testSemaphoreWakesAsManyAsItReleases)
}

func testSemaphoreWakesAsManyAsItReleases(t *testing.T, segment ipckey.Key) {
	key := lockKey(t, segment)
	s, other := openSemaphore(t, key, 0, OpenExisting), openSemaphore(t, key, 7, OpenExisting)
	const waiters = 6
	done := make(chan error, waiters)
	for range waiters {
		go func() { done <- other.Acquire(context.Background()) }()
	}
	untilAcquiring(t, key, waiters)
	for left := waiters; left > 0; left -= 2 {
		if err := s.Release(2); err != nil {
			t.Fatal(err)
		}
		untilAcquiring(t, key, left-2)
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		wantCount(t, key, true, 0)
	}
}

// What is good advice for a lock is none for a semaphore: nobody needs to have it.
func TestSemaphoreHint(t *testing.T) {
	eachMortalFamily(t, func(t *testing.T, newKey func(t *testing.T) ipckey.Key) {
		key := lockKey(t, newKey(t))
		s := openSemaphore(t, key, 0, OpenExisting)
		err := s.Acquire(soon(t))
		wantTimeout(t, err, "nobody has released")
		for _, bad := range []string{"BreakDeadLock", "died"} {
			if strings.Contains(fmt.Sprint(err), bad) {
				t.Errorf("a semaphore at 0 may wait for its first Release: %v", err)
			}
		}
	})
}

// All open it at the same time, and one of them makes it.
func TestSemaphoreOpenedByManyAtOnce(t *testing.T) { eachFamily(t, testSemaphoreOpenedByManyAtOnce) }

func testSemaphoreOpenedByManyAtOnce(t *testing.T, segment ipckey.Key) {
	const goroutines, times = 8, 4
	key := lockKey(t, segment)
	for range times {
		var wg sync.WaitGroup
		var opened [goroutines]*Semaphore
		for i := range opened {
			wg.Go(func() {
				s, err := OpenSemaphore(t.Context(), key, 1, OpenExisting)
				if err != nil {
					t.Error(err)
					return
				}
				opened[i] = s
				if err := errors.Join(s.Acquire(t.Context()), s.Release(1)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if t.Failed() {
			break
		}
		wantCount(t, key, true, 1)
		for _, s := range opened {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
		wantCount(t, key, false, 0)
	}
}

// One is released and the wait cancelled at the same time: either the waiter has it, or it is still there.
func TestCancelledAcquireLosesNothing(t *testing.T) { eachFamily(t, testCancelledAcquireLosesNothing) }

func testCancelledAcquireLosesNothing(t *testing.T, segment ipckey.Key) {
	const times = 300
	key := lockKey(t, segment)
	waiter, other := openSemaphore(t, key, 0, OpenExisting), openSemaphore(t, key, 0, OpenExisting)
	acquired, released := make(chan error), make(chan error)
	for range times {
		ctx, cancel := context.WithCancel(t.Context())
		context.AfterFunc(ctx, func() { released <- other.Release(1) })
		go func() { acquired <- waiter.Acquire(ctx) }()
		cancel()
		err, releaseErr := <-acquired, <-released
		left, tryErr := other.TryAcquire()
		if left != errors.Is(err, context.Canceled) || !left && err != nil || errors.Join(releaseErr, tryErr) != nil {
			t.Fatalf("acquire: %v; release: %v; one is left: %v, %v", err, releaseErr, left, tryErr)
		}
	}
	wantCount(t, key, true, 0)
}

func TestSemaphoreOfAnEndedContext(t *testing.T) { eachFamily(t, testSemaphoreOfAnEndedContext) }

func testSemaphoreOfAnEndedContext(t *testing.T, segment ipckey.Key) {
	key := lockKey(t, segment)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := OpenSemaphore(ctx, key, 1, OpenExisting)
	wantError(t, err, context.Canceled, CodeCanceled)
	wantCount(t, key, false, 0)
	s := openSemaphore(t, key, 1, OpenExisting)
	if err := s.Acquire(ctx); err != nil {
		t.Errorf("one was there: %v", err)
	}
	wantError(t, s.Acquire(ctx), context.Canceled, CodeCanceled)
	wantCount(t, key, true, 0)
}
