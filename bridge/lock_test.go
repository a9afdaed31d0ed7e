//go:build linux || windows

package bridge

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestTryLock(t *testing.T) { eachFamily(t, testTryLock) }

func testTryLock(t *testing.T, key ipckey.Key) {
	a, b := create(t, key, 8), attach(t, key, ReadWrite)
	if ok, err := a.TryLock(); !ok || err != nil {
		t.Fatalf("free lock: %v, %v", ok, err)
	}
	for name, s := range map[string]*Segment{"the same segment": a, "another segment": b} {
		if ok, err := s.TryLock(); ok || err != nil {
			t.Errorf("%s: %v, %v; want false", name, ok, err)
		}
	}
	unlock(t, a)
	if ok, err := b.TryLock(); !ok || err != nil {
		t.Errorf("free again: %v, %v", ok, err)
	}
	unlock(t, b)
	wantValue(t, key, 1)
}

func TestUnlockUnheldChangesNothing(t *testing.T) { eachFamily(t, testUnlockUnheldChangesNothing) }

func testUnlockUnheldChangesNothing(t *testing.T, key ipckey.Key) {
	s := create(t, key, 8)
	wantError(t, s.Unlock(), ErrNotLocked, CodeNotLocked)
	lock(t, s)
	unlock(t, s)
	wantError(t, s.Unlock(), ErrNotLocked, CodeNotLocked)
	err := s.Do(t.Context(), func([]byte) error { return s.Unlock() })
	wantError(t, err, ErrNotLocked, CodeNotLocked)
	wantValue(t, key, 1)
}

func TestCancelledWaitHasNoEffect(t *testing.T) { eachFamily(t, testCancelledWaitHasNoEffect) }

func testCancelledWaitHasNoEffect(t *testing.T, key ipckey.Key) {
	holder, other := create(t, key, 8), attach(t, key, ReadWrite)
	for _, s := range []*Segment{other, holder} {
		lock(t, holder)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- s.Lock(ctx) }()
		untilWaiting(t, key, 1)
		cancel()
		wantError(t, <-done, context.Canceled, CodeCanceled)
		untilWaiting(t, key, 0)
		wantValue(t, key, 0)
		unlock(t, holder)
		wantValue(t, key, 1)
		lock(t, s)
		unlock(t, s)
	}
}

func TestDeadline(t *testing.T) { eachFamily(t, testDeadline) }

func testDeadline(t *testing.T, key ipckey.Key) {
	holder, other := create(t, key, 8), attach(t, key, ReadWrite)
	lock(t, holder)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	err := other.Lock(ctx)
	wantError(t, err, context.DeadlineExceeded, CodeTimeout)
	if err := other.Unlock(); !errors.Is(err, ErrNotLocked) {
		t.Errorf("unlock after a timeout: %v", err)
	}
	unlock(t, holder)
	wantValue(t, key, 1)
}

func TestManyWaitersCancelledAtRandom(t *testing.T) { eachFamily(t, testManyWaitersCancelledAtRandom) }

func testManyWaitersCancelledAtRandom(t *testing.T, key ipckey.Key) {
	holder, other := create(t, key, 8), attach(t, key, ReadWrite)
	lock(t, holder)
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	for i := range 50 {
		s := []*Segment{holder, other}[i%2]
		wg.Go(func() {
			if s.Lock(ctx) == nil {
				if err := s.Unlock(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	untilWaiting(t, key, 2) // one of each segment; the others queue behind them
	go cancel()
	unlock(t, holder)
	wg.Wait()
	untilWaiting(t, key, 0)
	wantValue(t, key, 1)
}

func TestDetachEndsTheWaitOfItsOwnGoroutines(t *testing.T) {
	eachFamily(t, testDetachEndsTheWaitOfItsOwnGoroutines)
}

func testDetachEndsTheWaitOfItsOwnGoroutines(t *testing.T, key ipckey.Key) {
	last := create(t, key, 8)
	for _, s := range []*Segment{attach(t, key, ReadWrite), last} {
		lock(t, s)
		done := make(chan error)
		for range 2 {
			go func() { done <- s.Lock(context.Background()) }()
		}
		untilWaiting(t, key, 1)
		detach(t, s)
		for range 2 {
			wantError(t, <-done, ErrDetached, CodeDetached)
		}
	}
}
