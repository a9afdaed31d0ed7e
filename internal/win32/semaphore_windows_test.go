package win32

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/windows"
)

func TestSemaphoreCounts(t *testing.T) {
	name := newName()
	h := createSem(t, name, 2)
	same := createSem(t, name, 7) // opens it, and does not set it
	wantValue(t, same, 2)
	opened, err := OpenSemaphore(name)
	if err != nil {
		t.Fatal(err)
	}
	closeLater(t, opened)
	if n, err := Handles(h); n != 3 || err != nil {
		t.Errorf("%d handles, %v; want 3", n, err)
	}
	for range 2 {
		if ok, err := TryWait(opened); !ok || err != nil {
			t.Errorf("%v, %v", ok, err)
		}
	}
	if ok, err := TryWait(h); ok || err != nil {
		t.Errorf("took one of none: %v, %v", ok, err)
	}
	if err := errors.Join(Release(h, 5), Wait(t.Context(), opened)); err != nil {
		t.Error(err)
	}
	wantValue(t, h, 4)
}

func TestSemaphoreRange(t *testing.T) {
	h := createSem(t, newName(), SemaphoreMax-1)
	wantError(t, Release(h, 2), "ReleaseSemaphore", windows.ERROR_TOO_MANY_POSTS)
	wantValue(t, h, SemaphoreMax-1)
	if err := Release(h, 1); err != nil {
		t.Error(err)
	}
	wantValue(t, h, SemaphoreMax)
	if err := Release(h, -1); err == nil {
		t.Error("released -1")
	}
	wantValue(t, h, SemaphoreMax)
	_, err := CreateSemaphore(newName(), -1)
	wantError(t, err, "CreateSemaphore", windows.ERROR_INVALID_PARAMETER)
	_, err = OpenSemaphore(newName())
	wantError(t, err, "OpenSemaphore", windows.ERROR_FILE_NOT_FOUND)
}

// What comes first in the kernel counts: who gets one and the end of the context together has got it.
func TestWaitThatHasBoth(t *testing.T) {
	h := createSem(t, newName(), 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Wait(ctx, h); err != nil {
		t.Error(err)
	}
	wantValue(t, h, 0)
	if err := Wait(ctx, h); err != context.Canceled {
		t.Errorf("%v, want the end of the context", err)
	}
}

func TestWaitSaysWhyItEnded(t *testing.T) {
	h := createSem(t, newName(), 0)
	reason := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error)
	go func() { done <- Wait(ctx, h) }()
	cancel(reason)
	if err := <-done; err != reason {
		t.Errorf("%v, want %v", err, reason)
	}
	ctx, cancel2 := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel2()
	if err := Wait(ctx, h); err != context.DeadlineExceeded {
		t.Errorf("%v, want the deadline", err)
	}
	wantValue(t, h, 0)
}

// One is released and the wait cancelled at the same time: either the waiter has it, or it is still there.
func TestCancelledWaitTakesNothing(t *testing.T) {
	const rounds, each = 2000, 10
	h := createSem(t, newName(), 0)
	waited, released := make(chan error), make(chan error)
	acquired := 0
	for round := 0; round < rounds || min(acquired, round-acquired) < each; round++ {
		ctx, cancel := context.WithCancel(t.Context())
		context.AfterFunc(ctx, func() { released <- Release(h, 1) })
		go func() { waited <- Wait(ctx, h) }()
		for range round % 8 { // the wait may have begun, or not
			runtime.Gosched()
		}
		cancel()
		err, releaseErr := <-waited, <-released
		left, tryErr := TryWait(h)
		if err == nil {
			acquired++
		}
		if left != (err != nil) || errors.Join(releaseErr, tryErr) != nil {
			t.Fatalf("wait: %v; release: %v; one is left: %v, %v", err, releaseErr, left, tryErr)
		}
	}
	wantValue(t, h, 0)
}

// Release n lets n of those in who wait, whoever they are.
func TestManyWaiters(t *testing.T) {
	const waiters = 40
	h := createSem(t, newName(), 0)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, waiters)
	for range waiters {
		go func() { done <- Wait(ctx, h) }()
	}
	if err := Release(h, waiters/2); err != nil {
		t.Fatal(err)
	}
	for range waiters / 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	wantValue(t, h, 0)
	cancel()
	for range waiters / 2 {
		if err := <-done; err != context.Canceled {
			t.Error(err)
		}
	}
}

// Whatever a wait needs besides the semaphore goes with it. Windows gives out the handles again that are free, of which it has
// some hundreds, and the numbers of handles are multiples of 4.
func TestWaitLeavesNoHandle(t *testing.T) {
	const waits, free = 2000, 1000
	h := createSem(t, newName(), 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	before := nextHandle(t)
	for i := range waits {
		if i%2 == 0 {
			if err := Release(h, 1); err != nil {
				t.Fatal(err)
			}
		}
		if err := Wait(ctx, h); (err == nil) != (i%2 == 0) {
			t.Fatal(err)
		}
	}
	if after := nextHandle(t); after > before+4*free {
		t.Errorf("handle %d comes after %d", after, before)
	}
}

func nextHandle(t *testing.T) Handle {
	t.Helper()
	h, err := CreateSemaphore(newName(), 0)
	if err != nil {
		t.Fatal(err)
	}
	closeNow(t, h)
	return h
}
