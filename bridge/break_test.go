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

// killHolder leaves a lock as a process leaves it that is killed holding it.
func killHolder(t *testing.T, key ipckey.Key) {
	t.Helper()
	child := startChild(t, "hold", key, "held")
	kill(child)
}

// soon is a context that ends before anybody who waits has been served by chance.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

func wantTimeout(t *testing.T, err error, hint string) {
	t.Helper()
	wantError(t, err, context.DeadlineExceeded, CodeTimeout)
	wantText(t, err, hint)
}

func TestBreakDeadLock(t *testing.T) { eachMortalFamily(t, testBreakDeadLock) }

func testBreakDeadLock(t *testing.T, newKey func(t *testing.T) ipckey.Key) {
	for what, use := range map[string]func(t *testing.T, s *Segment) error{
		"lock":   func(t *testing.T, s *Segment) error { return errors.Join(s.Lock(t.Context()), s.Unlock()) },
		"do":     func(t *testing.T, s *Segment) error { return s.Do(t.Context(), func([]byte) error { return nil }) },
		"detach": func(t *testing.T, s *Segment) error { return s.Detach(t.Context()) },
	} {
		key := newKey(t)
		s := create(t, key, 8, BreakDeadLock(), RemoveLast())
		killHolder(t, key)
		if ok, err := s.TryLock(); ok || err != nil {
			t.Errorf("%s: TryLock took it: %v", what, err)
		}
		if err := use(t, s); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if what == "detach" {
			if info := inspect(t, key); info.Exists || info.Semaphore.Exists {
				t.Errorf("%s: %+v", what, info)
			}
			continue
		}
		wantValue(t, key, 1)
		wantError(t, s.Unlock(), ErrNotLocked, CodeNotLocked)
	}
}

// Who lives may be the holder, whatever he does.
func TestBreakDeadLockWaitsForTheLiving(t *testing.T) {
	eachMortalFamily(t, testBreakDeadLockWaitsForTheLiving)
}

func testBreakDeadLockWaitsForTheLiving(t *testing.T, newKey func(t *testing.T) ipckey.Key) {
	key := newKey(t)
	s := create(t, key, 8, BreakDeadLock())
	living := startChild(t, "wait", key, "attached")
	killHolder(t, key)
	name := suspected(living)
	wantTimeout(t, s.Lock(soon(t)), name)
	if detachWaits {
		wantTimeout(t, s.Detach(soon(t)), name)
	}
	wantValue(t, key, 0)

	done := make(chan error)
	go func() { done <- s.Lock(context.Background()) }()
	untilWaiting(t, key, 1)
	kill(living)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantValue(t, key, 0)
	unlock(t, s)
	wantValue(t, key, 1)
}

func TestBreakDeadLockCountsSegmentsOfThisProcess(t *testing.T) {
	eachMortalFamily(t, testBreakDeadLockCountsSegmentsOfThisProcess)
}

func testBreakDeadLockCountsSegmentsOfThisProcess(t *testing.T, newKey func(t *testing.T) ipckey.Key) {
	key := newKey(t)
	s, other := create(t, key, 8, BreakDeadLock()), attach(t, key, ReadOnly)
	lock(t, other)
	wantTimeout(t, s.Lock(soon(t)), "")
	unlock(t, other)
	lock(t, other)
	abandon(t, other)
	lock(t, s)
	wantValue(t, key, 0)
	unlock(t, s)
	wantValue(t, key, 1)
}

// Alone it has the lock open also while it holds it itself.
func TestBreakDeadLockDoesNotBreakItsOwn(t *testing.T) {
	eachMortalFamily(t, testBreakDeadLockDoesNotBreakItsOwn)
}

func testBreakDeadLockDoesNotBreakItsOwn(t *testing.T, newKey func(t *testing.T) ipckey.Key) {
	key := newKey(t)
	s := create(t, key, 8, BreakDeadLock())
	for _, hold := range []func() (bool, error){
		s.TryLock,
		func() (bool, error) { return true, s.Lock(t.Context()) },
		func() (bool, error) { killHolder(t, key); return true, s.Lock(t.Context()) }, // taken from the dead
		func() (bool, error) { // got from the living
			child := startChild(t, "hold", key, "held")
			done := make(chan error)
			go func() { done <- s.Lock(context.Background()) }()
			untilWaiting(t, key, 1)
			end(t, child)
			return true, <-done
		},
	} {
		if ok, err := hold(); !ok || err != nil {
			t.Fatal(ok, err)
		}
		wantTimeout(t, s.Lock(soon(t)), "holds it itself")
		unlock(t, s)
		wantValue(t, key, 1)
	}
	err := s.Do(t.Context(), func([]byte) error {
		wantTimeout(t, s.Lock(soon(t)), "holds it itself")
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	wantValue(t, key, 1)
}

// After a crash all programs come back at once. They take the lock over one after the other, not two at a time, and do
// not wait for each other for ever.
func TestBreakDeadLockByAllAtOnce(t *testing.T) { eachMortalFamily(t, testBreakDeadLockByAllAtOnce) }

func testBreakDeadLockByAllAtOnce(t *testing.T, newKey func(t *testing.T) ipckey.Key) {
	for name, children := range map[string]int{"one process": 0, "two processes": 1} {
		key := newKey(t)
		untilNewcomersWait, die := leaveHeld(t, key)
		var breakers sync.WaitGroup
		for range 2 - children {
			breakers.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), breakPatience)
				defer cancel()
				s, err := Attach(ctx, key, ReadWrite, BreakDeadLock())
				if err == nil {
					err = errors.Join(s.Lock(ctx), s.Unlock(), s.Detach(ctx))
				}
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		ends := func() {}
		for range children {
			child := startChild(t, "break", key, "breaking")
			ends = func() { end(t, child) }
		}
		untilNewcomersWait(children)
		die()
		ends()
		breakers.Wait()
	}
}
