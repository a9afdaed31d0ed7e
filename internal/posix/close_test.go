//go:build linux

package posix

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"
)

func TestCloseEndsWaits(t *testing.T) {
	sem, name := newSem(t, 0)
	other := openSem(t, name)
	const goroutines = 20
	errs := make(chan error, goroutines)
	for range goroutines {
		go func() { errs <- other.Wait(context.Background()) }()
	}
	for sem.Waiters() < goroutines {
		time.Sleep(time.Millisecond)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
	for range goroutines {
		if err := <-errs; !errors.Is(err, os.ErrClosed) {
			t.Errorf("%v, want os.ErrClosed", err)
		}
	}
	wantState(t, sem.image, 0, 0)
	if err := other.Wait(t.Context()); !errors.Is(err, os.ErrClosed) {
		t.Errorf("after Close: %v, want os.ErrClosed", err)
	}
}

// A waiter of another process, or Sem, is woken by Close for nothing and goes on waiting.
func TestCloseLeavesOtherWaitersAlone(t *testing.T) {
	sem, name := newSem(t, 0)
	ours, others := openSem(t, name), openSem(t, name)
	w := startWaiter(t.Context(), others.image)
	w.untilAsleep(t)
	go func() { _ = ours.Wait(context.Background()) }()
	for sem.Waiters() < 2 {
		time.Sleep(time.Millisecond)
	}
	if err := ours.Close(); err != nil {
		t.Error(err)
	}
	wantState(t, sem.image, 0, 1)
	if err := sem.Post(); err != nil {
		t.Error(err)
	}
	if err := <-w.done; err != nil {
		t.Error(err)
	}
	wantState(t, sem.image, 0, 0)
}

// A closed semaphore is not touched any more, though nobody is kept from trying.
func TestUseAfterClose(t *testing.T) {
	sem, name := newSem(t, 1)
	other := openSem(t, name)
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if other.TryWait() || other.Post() != nil {
		t.Error("a closed semaphore gives one away")
	}
	wantState(t, sem.image, 1, 0)
}

// What PostAndClose gives back goes to others, however hard those try that use what is being closed.
func TestPostAndCloseUnderFire(t *testing.T) {
	sem, name := newSem(t, 0)
	for range 200 {
		other := openSem(t, name)
		var stop sync.WaitGroup
		for range 2 {
			stop.Go(func() {
				for !other.exit.closed.Load() || other.Value() > 0 {
					if other.TryWait() {
						t.Error("taken by one that uses what is being closed")
						return
					}
				}
			})
		}
		if err := other.PostAndClose(); err != nil {
			t.Fatal(err)
		}
		stop.Wait()
		if !sem.TryWait() {
			t.Fatal("what was given back has been lost")
		}
	}
	wantState(t, sem.image, 0, 0)
}

func TestPostAndCloseWakesOthers(t *testing.T) {
	sem, name := newSem(t, 0)
	other := openSem(t, name)
	w := startWaiter(t.Context(), sem.image)
	w.untilAsleep(t)
	if err := other.PostAndClose(); err != nil {
		t.Error(err)
	}
	if err := <-w.done; err != nil {
		t.Error(err)
	}
	wantState(t, sem.image, 0, 0)
}

// openSem opens a semaphore that the test closes.
func openSem(t *testing.T, name string) *Sem {
	t.Helper()
	sem, err := SemOpen(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sem.Close() })
	return sem
}

// Expel ends the waits of one exit and no other.
func TestExpel(t *testing.T) {
	sem, name := newSem(t, 0)
	other := openSem(t, name)
	var exit Exit
	errs := make(chan error)
	go func() { errs <- sem.WaitBy(context.Background(), &exit) }()
	w := startWaiter(t.Context(), other.image)
	for sem.Waiters() < 2 {
		time.Sleep(time.Millisecond)
	}
	sem.Expel(&exit)
	if err := <-errs; !errors.Is(err, os.ErrClosed) {
		t.Errorf("%v, want os.ErrClosed", err)
	}
	if err := sem.WaitBy(t.Context(), &exit); !errors.Is(err, os.ErrClosed) {
		t.Errorf("afterwards: %v, want os.ErrClosed", err)
	}
	wantState(t, sem.image, 0, 1)
	if err := sem.Post(); err != nil {
		t.Error(err)
	}
	if err := <-w.done; err != nil {
		t.Error(err)
	}
}

// A semaphore is abandoned when it is 0 and nobody else has it open.
func TestAbandoned(t *testing.T) {
	sem, name := newSem(t, 1)
	want := func(when string, want bool) {
		t.Helper()
		if is, err := sem.Abandoned(); is != want || err != nil {
			t.Errorf("%s: %v, %v", when, is, err)
		}
	}
	want("at 1", false)
	sem.TryWait()
	want("at 0", true)
	other := openSem(t, name)
	want("open elsewhere", false)
	if err := other.Close(); err != nil {
		t.Error(err)
	}
	want("no longer", true)
}
