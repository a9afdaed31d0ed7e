package bridge

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// killHolder leaves a lock as a process leaves it that is killed holding it.
func killHolder(t *testing.T, key ipckey.Key) {
	t.Helper()
	child, _ := startChild(t, "hold", key, "held")
	kill(child)
}

// abandon is what the kernel does for a process that dies. The Segment is as if detached afterwards.
func abandon(t *testing.T, s *Segment) {
	t.Helper()
	a, ok := s.at.(*posixAttachment)
	if !ok {
		a = s.at.(*breakingAttachment).mortalAttachment.(*posixAttachment)
	}
	s.gone.Store(true)
	s.mem = nil
	if err := errors.Join(posix.Munmap(a.mem), posix.Close(a.fd), a.sem.detach(false, false, false)); err != nil {
		t.Fatal(err)
	}
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

// Nothing gives back what a dead process held, unlike on System V. The hint says what is known of the holder.
func TestPosixDeadHolder(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	killHolder(t, key)
	const died = "whoever held it has died"
	wantTimeout(t, s.Lock(soon(t)), died)
	wantTimeout(t, s.Do(soon(t), nil), died)
	wantTimeout(t, s.Detach(soon(t)), died)
	if s.Bytes() == nil {
		t.Error("detached nevertheless")
	}
	abandon(t, s)
	_, err := Attach(soon(t), key, ReadWrite)
	wantTimeout(t, err, died)
	wantText(t, err, "BreakDeadLock")
	if err := posix.ShmUnlink(key.Native); err != nil {
		t.Fatal(err)
	}
	_, err = Create(soon(t), key, 8)
	wantTimeout(t, err, died)
	wantObjects(t, "all have given up", key, false, true)
	wantValue(t, key, 0)
	remove(t, key)
}

func TestPosixLivingHolderIsNamed(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	child, in := startChild(t, "hold", key, "held")
	name := fmt.Sprintf("process %d (", child.Process.Pid)
	wantTimeout(t, s.Lock(soon(t)), name)
	_, err := Attach(soon(t), key, ReadWrite)
	wantTimeout(t, err, name)
	_, err = Attach(soon(t), key, ReadWrite, BreakDeadLock())
	wantTimeout(t, err, name)
	end(t, child, in)
	wantValue(t, key, 1)
}

func TestBreakDeadLock(t *testing.T) {
	for what, use := range map[string]func(t *testing.T, s *Segment) error{
		"lock":   func(t *testing.T, s *Segment) error { return errors.Join(s.Lock(t.Context()), s.Unlock()) },
		"do":     func(t *testing.T, s *Segment) error { return s.Do(t.Context(), func([]byte) error { return nil }) },
		"detach": func(t *testing.T, s *Segment) error { return s.Detach(t.Context()) },
	} {
		key := newPosixKey(t)
		s := create(t, key, 8, BreakDeadLock(), RemoveLast())
		killHolder(t, key)
		if ok, err := s.TryLock(); ok || err != nil {
			t.Errorf("%s: TryLock took it: %v", what, err)
		}
		if err := use(t, s); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if what == "detach" {
			wantObjects(t, what, key, false, false)
			continue
		}
		wantValue(t, key, 1)
		wantError(t, s.Unlock(), ErrNotLocked, CodeNotLocked)
	}
}

func TestBreakDeadLockOnTheWayIn(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	killHolder(t, key)
	s := attach(t, key, ReadWrite, BreakDeadLock(), RemoveLast())
	wantValue(t, key, 1)
	killHolder(t, key)
	lock(t, s)
	wantValue(t, key, 0)
	unlock(t, s)
	wantValue(t, key, 1)
	killHolder(t, key)
	abandon(t, s)
	if err := posix.ShmUnlink(key.Native); err != nil {
		t.Fatal(err)
	}
	s = create(t, key, 8, BreakDeadLock())
	wantValue(t, key, 1)
	detach(t, s)
	wantObjects(t, "created and detached", key, true, false)
}

// Who lives may be the holder, whatever he does.
func TestBreakDeadLockWaitsForTheLiving(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8, BreakDeadLock())
	living, _ := startChild(t, "wait", key, "attached")
	killHolder(t, key)
	name := fmt.Sprintf("process %d (", living.Process.Pid)
	wantTimeout(t, s.Lock(soon(t)), name)
	wantTimeout(t, s.Detach(soon(t)), name)
	_, err := Attach(soon(t), key, ReadWrite, BreakDeadLock())
	wantTimeout(t, err, name)
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
	key := newPosixKey(t)
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
	key := newPosixKey(t)
	s := create(t, key, 8, BreakDeadLock())
	for _, hold := range []func() (bool, error){
		s.TryLock,
		func() (bool, error) { return true, s.Lock(t.Context()) },
		func() (bool, error) { killHolder(t, key); return true, s.Lock(t.Context()) }, // taken from the dead
		func() (bool, error) { // got from the living
			child, in := startChild(t, "hold", key, "held")
			done := make(chan error)
			go func() { done <- s.Lock(context.Background()) }()
			untilWaiting(t, key, 1)
			end(t, child, in)
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
func TestBreakDeadLockByAllAtOnce(t *testing.T) {
	for name, children := range map[string]int{"one process": 0, "two processes": 1} {
		key := newPosixKey(t)
		detach(t, create(t, key, 8))
		dying := makeLock(t, key, 0)
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
			child, in := startChild(t, "break", key, "breaking")
			ends = func() { end(t, child, in) }
		}
		untilWaiters(t, dying, 1+children) // those of one process queue behind each other
		closeSem(t, dying)
		ends()
		breakers.Wait()
		wantValue(t, key, 1)
		remove(t, key)
	}
}
