package bridge

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Waiting takes one thread for each Segment; the other goroutines queue for it. All give up or succeed in no order.
func TestPosixManyGoroutinesOnOneSegmentCancelledAtRandom(t *testing.T) {
	const goroutines = 1000
	for _, opts := range [][]Option{nil, {BreakDeadLock()}} {
		key := newPosixKey(t)
		s := create(t, key, 8, opts...)
		lock(t, s)
		var wg sync.WaitGroup
		var inside, cancelled atomic.Int32
		for range goroutines {
			ctx, cancel := context.WithTimeout(t.Context(), rand.N(10*time.Millisecond))
			wg.Go(func() {
				defer cancel()
				if err := s.Lock(ctx); err != nil {
					cancelled.Add(1)
					wantError(t, err, context.DeadlineExceeded, CodeTimeout)
					return
				}
				if inside.Add(1) != 1 {
					t.Error("two at once")
				}
				inside.Add(-1)
				unlock(t, s)
			})
		}
		until(t, func() bool { return cancelled.Load() > goroutines/4 })
		unlock(t, s)
		wg.Wait()
		if value, waiting := semaphoreState(t, lockKey(t, key)); value != 1 || waiting != 0 {
			t.Errorf("%d options: value %d, %d waiting", len(opts), value, waiting)
		}
		lock(t, s)
		unlock(t, s)
	}
}

// A dead waiter stays counted, as with glibc, and does no harm.
func TestPosixKilledWaiter(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8, RemoveLast())
	child := startChild(t, "wait", key, "attached")
	lock(t, s)
	tell(t, child)
	untilWaiting(t, key, 1)
	kill(child)
	unlock(t, s)
	if value, waiting := semaphoreState(t, lockKey(t, key)); value != 1 || waiting != 1 {
		t.Errorf("value %d, %d waiting", value, waiting)
	}
	other := attach(t, key, ReadWrite)
	lock(t, s)
	done := make(chan error)
	go func() { done <- other.Lock(context.Background()) }()
	untilWaiting(t, key, 2)
	unlock(t, s)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	unlock(t, other)
}

// Who waits for the lock through a Segment that is detached does not have to wait until somebody else gives it back.
func TestPosixDetachEndsWaitsAlthoughTheLockIsHeld(t *testing.T) {
	key := newPosixKey(t)
	create(t, key, 8)
	s := attach(t, key, ReadWrite)
	child := startChild(t, "wait", key, "attached")
	lock(t, s)
	tell(t, child)
	untilWaiting(t, key, 1)
	done := make(chan error, 1)
	go func() { done <- s.Lock(context.Background()) }()
	untilWaiting(t, key, 2)
	detach(t, s) // and the kernel wakes who came first
	select {
	case err := <-done:
		wantError(t, err, ErrDetached, CodeDetached)
	case <-time.After(time.Second):
		t.Error("it waits for the child")
	}
	end(t, child)
}

// Whatever goroutines are doing, Detach ends it, with ErrDetached and without a crash.
func TestPosixDetachAmidUse(t *testing.T) {
	key := newPosixKey(t)
	create(t, key, 1<<12)
	unlocked := func(s *Segment, err error) error {
		if err == nil {
			err = s.Unlock()
		}
		if errors.Is(err, ErrNotLocked) { // Detach gave it back
			return nil
		}
		return err
	}
	for name, use := range map[string]func(s *Segment) error{
		"Lock": func(s *Segment) error { return unlocked(s, s.Lock(context.Background())) },
		"Lock with a deadline": func(s *Segment) error {
			ctx, cancel := context.WithTimeout(context.Background(), time.Microsecond)
			defer cancel()
			if err := s.Lock(ctx); !errors.Is(err, context.DeadlineExceeded) {
				return unlocked(s, err)
			}
			return nil
		},
		"TryLock": func(s *Segment) error {
			if ok, err := s.TryLock(); ok || err != nil {
				return unlocked(s, err)
			}
			return nil
		},
		"Do": func(s *Segment) error {
			return s.Do(context.Background(), func(mem []byte) error { mem[0]++; return nil })
		},
		"ReadAt":  func(s *Segment) error { _, err := s.ReadAt(make([]byte, 1<<12), 0); return err },
		"WriteAt": func(s *Segment) error { _, err := s.WriteAt(make([]byte, 1<<12), 0); return err },
	} {
		for range 10 {
			detachAmid(t, attach(t, key, ReadWrite), name, use)
		}
	}
	wantValue(t, key, 1)
}

func detachAmid(t *testing.T, s *Segment, name string, use func(s *Segment) error) {
	var users, started sync.WaitGroup
	for range 3 {
		started.Add(1)
		users.Go(func() {
			err := use(s)
			started.Done()
			for err == nil {
				runtime.Gosched()
				err = use(s)
			}
			if !errors.Is(err, ErrDetached) {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	started.Wait()
	detach(t, s)
	users.Wait()
}
