package bridge

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

// Nothing gives back what a dead process held while others have it open. The hint says what is known of the holder.
func TestDeadHolder(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	killHolder(t, key)
	wantValue(t, key, 0)
	const died = "whoever held it has died"
	wantTimeout(t, s.Lock(soon(t)), died)
	wantTimeout(t, s.Do(soon(t), nil), died)
	other := attach(t, key, ReadWrite)
	wantTimeout(t, other.Lock(soon(t)), "1 other handles to the semaphore") // which wait as well: it cannot know
	wantValue(t, key, 0)
	detach(t, other)
	wantValue(t, key, 0)
	detach(t, s)
}

func TestKilledWaiter(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	child := startChild(t, "wait", key, "attached")
	lock(t, s)
	tell(t, child)
	untilChildWaits(t, key, child)
	kill(child)
	unlock(t, s)
	wantValue(t, key, 1)
	if n := inspect(t, key).Attached; n != 1 {
		t.Errorf("%d attached, want 1", n)
	}
}

// All who attached while the dead held the lock get it in turn. As long as one is there who may not take it over, he may hold it.
func TestBreakDeadLockInTurn(t *testing.T) {
	key := newKey(t)
	untilNewcomersWait, die := leaveHeld(t, key)
	segments := []*Segment{attach(t, key, ReadWrite, BreakDeadLock()), attach(t, key, ReadWrite, BreakDeadLock())}
	untilNewcomersWait(0)
	done := make(chan *Segment)
	inside := int32(0)
	for _, s := range segments {
		go func() {
			ctx, cancel := context.WithTimeout(context.Background(), breakPatience)
			defer cancel()
			if err := s.Lock(ctx); err != nil {
				t.Error(err)
			} else if n := atomic.AddInt32(&inside, 1); n != 1 {
				t.Errorf("%d hold the lock", n)
			}
			done <- s
		}()
	}
	untilWaiting(t, key, 2)
	wantTimeout(t, segments[0].Lock(soon(t)), "")
	die()
	for range segments {
		s := <-done
		atomic.AddInt32(&inside, -1)
		unlock(t, s)
	}
	wantValue(t, key, 1)
}

// Detach ends the wait of who may take the lock from the dead, too, and what he looks at is not there any more.
func TestDetachEndsTheWaitForTheDead(t *testing.T) {
	key := newKey(t)
	keeper := create(t, key, 8)
	s := attach(t, key, ReadWrite, BreakDeadLock())
	lock(t, s)
	done := make(chan error)
	go func() { done <- s.Lock(context.Background()) }()
	untilWaiting(t, key, 1)
	detach(t, s)
	wantError(t, <-done, ErrDetached, CodeDetached)
	lock(t, keeper)
	unlock(t, keeper)
	wantValue(t, key, 1)
}

// Others wait for the lock through the Segment that holds it, and look again and again whether its holder has died.
func TestWhoHoldsTheLockDoesNotStepAside(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8, BreakDeadLock())
	lock(t, s)
	if err := s.at.(*breakingAttachment).stepAside(t.Context()); err != nil {
		t.Error(err)
	}
	wantValue(t, key, 0)
	if ok, err := attach(t, key, ReadWrite).TryLock(); ok || err != nil {
		t.Errorf("two hold the lock: %v, %v", ok, err)
	}
	unlock(t, s)
	wantValue(t, key, 1)
}

// Detach may come while another goroutine is about to look again whether the holder has died: it must not open the lock again.
func TestClosedLockStaysClosed(t *testing.T) {
	at := place{lock: newSemaphoreKey(t).Native}
	s, err := openWin32Lock(at)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.leave(), s.leave(), s.close()); err != nil {
		t.Error(err)
	}
	_, tryErr := s.tryTake()
	_, takeErr := s.takeFromDead()
	_, othersErr := s.others()
	for _, err := range []error{tryErr, takeErr, othersErr, s.stepAside(t.Context()), s.waitUntil(t.Context()), s.give()} {
		if !errors.Is(err, ErrDetached) {
			t.Errorf("%v, want %v", err, ErrDetached)
		}
	}
	if info, err := (win32Backend{}).inspectSemaphore(at.ofLock()); info.Exists || err != nil {
		t.Errorf("%+v, %v", info, err)
	}
}

// Qt's detach() waits.
func TestDetachDoesNotWait(t *testing.T) {
	key := newKey(t)
	a, b := create(t, key, 8), attach(t, key, ReadWrite)
	lock(t, a)
	detach(t, b)
	wantValue(t, key, 0)
	unlock(t, a)
	wantValue(t, key, 1)
}

// Detach may come between Do's taking the lock and its using the memory.
func TestDoThatComesTooLate(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	if err := s.inside.lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		done <- s.Do(context.Background(), func([]byte) error { return errors.New("it was called") })
	}()
	until(t, func() bool { return inspect(t, key).Semaphore.Value == 0 })
	s.gone.Store(true)
	s.inside.unlock()
	wantError(t, <-done, ErrDetached, CodeDetached)
	wantValue(t, key, 1)
	s.gone.Store(false)
	detach(t, s)
}
