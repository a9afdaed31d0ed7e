package bridge

import (
	"errors"
	"math"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/win32"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newSemaphoreKey(t *testing.T) ipckey.Key {
	t.Helper()
	return lockKey(t, newKey(t))
}

func closeSemaphore(t *testing.T, s *Semaphore) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// As in Qt, CreateNew keeps the value as OpenExisting does, and who made it does not take it away from others.
func TestSemaphoreOpenModesAreOne(t *testing.T) {
	for _, mode := range []OpenMode{OpenExisting, CreateNew} {
		key := newSemaphoreKey(t)
		wantCount(t, key, false, 0)
		maker := openSemaphore(t, key, 3, mode)
		second, third := openSemaphore(t, key, 7, mode), openSemaphore(t, key, 9, mode)
		wantCount(t, key, true, 3)
		closeSemaphore(t, maker)
		if err := second.Acquire(t.Context()); err != nil {
			t.Error(err)
		}
		wantCount(t, key, true, 2)
		closeSemaphore(t, second)
		wantCount(t, key, true, 2)
		closeSemaphore(t, third)
		wantCount(t, key, false, 0)
	}
}

func TestSemaphoreRanges(t *testing.T) {
	key := newSemaphoreKey(t)
	for _, n := range []int{-1, math.MinInt, math.MaxInt32 + 1, math.MaxInt} {
		for _, mode := range []OpenMode{OpenExisting, CreateNew} {
			_, err := OpenSemaphore(t.Context(), key, n, mode)
			wantError(t, err, ErrRange, CodeRange)
		}
	}
	wantCount(t, key, false, 0)
	s := openSemaphore(t, key, math.MaxInt32-1, OpenExisting)
	for _, n := range []int{-1, math.MinInt, math.MaxInt32 + 1, math.MaxInt} {
		wantError(t, s.Release(n), ErrRange, CodeRange)
	}
	wantCount(t, key, true, math.MaxInt32-1)
	if err := errors.Join(s.Release(1), s.Release(0)); err != nil {
		t.Error(err)
	}
	for _, n := range []int{1, math.MaxInt32} {
		err := s.Release(n)
		wantError(t, err, syscall.Errno(298), CodeOutOfResources) // ERROR_TOO_MANY_POSTS
		wantText(t, err, "2147483647")
	}
	wantCount(t, key, true, math.MaxInt32)
}

// What a process acquired stays acquired, and what it released, released, when it is killed: Windows undoes nothing.
func TestKilledProcessLeavesTheCount(t *testing.T) {
	segment := newKey(t)
	s := openSemaphore(t, lockKey(t, segment), 5, OpenExisting)
	kill(startChild(t, "create", segment, "held"))
	wantCount(t, s.Key(), true, 4)
}

func TestLostSemaphoresOfManyOpens(t *testing.T) {
	const opens = 100
	key := newSemaphoreKey(t)
	s := openSemaphore(t, key, 1, OpenExisting)
	for range opens {
		closeSemaphore(t, openSemaphore(t, key, 1, CreateNew))
	}
	if n, err := win32.Handles(s.counter.(*win32Sem).h); n != 1 || err != nil {
		t.Errorf("there are %d handles, %v, want its own", n, err)
	}
}
