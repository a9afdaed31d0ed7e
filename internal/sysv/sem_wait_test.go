//go:build linux

package sysv

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
)

// untilWaiting returns once n threads wait on the semaphore.
func untilWaiting(t *testing.T, id, n int) {
	t.Helper()
	for {
		got, err := SemWaiting(id)
		if err != nil {
			t.Fatal(err)
		}
		if got == n {
			return
		}
		runtime.Gosched()
	}
}

func TestSemWaitIsWoken(t *testing.T) {
	id := newSem(t, 0)
	done := make(chan error)
	go func() { done <- SemWait(context.Background(), id) }()
	untilWaiting(t, id, 1)
	try(t, id, 1, true)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantValue(t, id, 0)
}

func TestSemWaitIsCancelled(t *testing.T) {
	id := newSem(t, 0)
	reason := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error)
	go func() { done <- SemWait(ctx, id) }()
	untilWaiting(t, id, 1)
	cancel(reason)
	if err := <-done; !errors.Is(err, reason) {
		t.Fatalf("%v, want %v", err, reason)
	}
	untilWaiting(t, id, 0)
	wantValue(t, id, 0)
	if err := SemWait(ctx, id); !errors.Is(err, reason) {
		t.Errorf("with a context that has ended: %v", err)
	}
}

func TestSemWaitSeesRemoval(t *testing.T) {
	id := newSem(t, 0)
	done := make(chan error)
	go func() { done <- SemWait(t.Context(), id) }()
	untilWaiting(t, id, 1)
	if err := Semrm(id); err != nil {
		t.Fatal(err)
	}
	if err := <-done; errnoOf(err) != EIDRM {
		t.Errorf("%v, want EIDRM", err)
	}
}

// Many waiters, each cancelled while the semaphore is posted: whoever returns nil has taken one, nobody else has.
func TestSemWaitLosesNoCount(t *testing.T) {
	const waiters, posts = 64, 32
	id := newSem(t, 0)
	var wg sync.WaitGroup
	taken := make(chan struct{}, waiters)
	ctx, cancel := context.WithCancel(t.Context())
	for range waiters {
		wg.Go(func() {
			switch err := SemWait(ctx, id); {
			case err == nil:
				taken <- struct{}{}
			case !errors.Is(err, context.Canceled):
				t.Error(err)
			}
		})
	}
	untilWaiting(t, id, waiters)
	go cancel()
	for range posts {
		if _, err := SemTry(id, 1, false); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
	wantValue(t, id, posts-len(taken))
	untilWaiting(t, id, 0)
}
