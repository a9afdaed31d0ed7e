package bridge

import (
	"context"
	"errors"
	"math"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newPosixSemaphoreKey(t *testing.T) ipckey.Key {
	t.Helper()
	return lockKey(t, newPosixKey(t))
}

func TestPosixSemaphoreRanges(t *testing.T) {
	key := newPosixSemaphoreKey(t)
	over := int64(math.MaxInt32) + 1 // on a 32-bit system a negative int
	for _, n := range []int{-1, math.MinInt, int(over)} {
		for _, mode := range []OpenMode{OpenExisting, CreateNew} {
			_, err := OpenSemaphore(t.Context(), key, n, mode)
			wantError(t, err, ErrRange, CodeRange)
		}
	}
	wantCount(t, key, false, 0)
	for _, initial := range []int{0, 32768} {
		s := openSemaphore(t, key, initial, CreateNew)
		wantCount(t, key, true, initial)
		for _, n := range []int{-1, math.MinInt, int(over)} {
			wantError(t, s.Release(n), ErrRange, CodeRange)
		}
		if err := s.Release(math.MaxInt32 - initial); err != nil {
			t.Error(err)
		}
		wantCount(t, key, true, math.MaxInt32)
		for _, n := range []int{1, math.MaxInt32} {
			if err := s.Release(n); !errors.Is(err, syscall.EOVERFLOW) {
				t.Errorf("release %d of %d: %v, want EOVERFLOW", n, math.MaxInt32, err)
			}
		}
		if err := s.Release(0); err != nil {
			t.Error(err)
		}
		wantCount(t, key, true, math.MaxInt32)
	}
}

// CreateNew sets the value, which also wakes who waits, and makes the semaphore the newer one's to remove.
func TestPosixSemaphoreCreateNewTakesOver(t *testing.T) {
	key := newPosixSemaphoreKey(t)
	first := openSemaphore(t, key, 0, OpenExisting)
	done := make(chan error)
	for range 2 {
		go func() { done <- first.Acquire(context.Background()) }()
	}
	untilAcquiring(t, key, 2)
	before, err := posix.SemStat(key.Native)
	if err != nil {
		t.Fatal(err)
	}
	second := openSemaphore(t, key, 3, CreateNew)
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	wantCount(t, key, true, 1)
	if after, err := posix.SemStat(key.Native); err != nil || !after.Same(before) {
		t.Errorf("%+v became %+v, %v", before, after, err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
	wantCount(t, key, false, 0)
}

// As with Qt, whoever is owner takes the name away under the others, who go on among themselves, unlike on System V.
func TestPosixSemaphoreRemovedWhileOthersHaveIt(t *testing.T) {
	key := newPosixSemaphoreKey(t)
	owner := openSemaphore(t, key, 0, OpenExisting)
	a, b := openSemaphore(t, key, 5, OpenExisting), openSemaphore(t, key, 5, OpenExisting)
	done := make(chan error)
	go func() { done <- a.Acquire(context.Background()) }()
	untilAcquiring(t, key, 1)
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
	wantCount(t, key, false, 0)
	newer := openSemaphore(t, key, 3, OpenExisting)
	if err := errors.Join(b.Release(1), <-done); err != nil {
		t.Error(err)
	}
	wantCount(t, key, true, 3)
	if err := errors.Join(a.Close(), b.Close()); err != nil {
		t.Error(err)
	}
	wantCount(t, key, true, 3)
	if err := newer.Close(); err != nil {
		t.Error(err)
	}
	wantCount(t, key, false, 0)
}

func TestPosixSemaphoreOwnerRemovesOnlyItsOwn(t *testing.T) {
	key := newPosixSemaphoreKey(t)
	for _, mode := range []OpenMode{OpenExisting, CreateNew} {
		owner := openSemaphore(t, key, 0, mode)
		if err := posix.SemUnlink(key.Native); err != nil {
			t.Fatal(err)
		}
		newer := openSemaphore(t, key, 4, OpenExisting)
		if err := owner.Close(); err != nil {
			t.Error(err)
		}
		wantCount(t, key, true, 4)
		if err := newer.Close(); err != nil {
			t.Error(err)
		}
		wantCount(t, key, false, 0)
	}
}
