//go:build linux

package interrupt

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// One signal may come before the thread sleeps: there must always be another, until the wait is over.
func TestInterruptionIsRepeated(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	goroutines := runtime.NumGoroutine()
	stop := On(ctx)
	for range 3 {
		if _, err := unix.Ppoll(nil, nil, nil); err != unix.EINTR {
			t.Errorf("%v, want EINTR", err)
		}
	}
	stop()
	until(t, "the end of the signals", func() bool { return runtime.NumGoroutine() <= goroutines })
}

func TestInterruptionOfAWaitThatIsOver(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	goroutines := runtime.NumGoroutine()
	On(ctx)()
	cancel()
	until(t, "no goroutine", func() bool { return runtime.NumGoroutine() <= goroutines })
}

func TestNothingIsPreparedForAContextWithoutEnd(t *testing.T) {
	if allocs := testing.AllocsPerRun(100, func() { On(context.Background())() }); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

// A goroutine that ends on a thread of its own ends the thread, unless that is the main one.
func TestInterruptionKeepsTheThread(t *testing.T) {
	var stop func()
	tid := make(chan int)
	thread := os.Getpid()
	for thread == os.Getpid() {
		go func() {
			stop = On(t.Context())
			tid <- unix.Gettid()
		}()
		thread = <-tid
		stop() // from here it gives no thread back
	}
	path := fmt.Sprintf("/proc/self/task/%d", thread)
	until(t, "the end of the thread", func() bool { _, err := os.Stat(path); return os.IsNotExist(err) })
}

func TestInterruptionGivesTheThreadBack(t *testing.T) {
	const goroutines = 200
	threads := map[int]bool{}
	for range goroutines {
		tid := make(chan int)
		go func() {
			On(t.Context())()
			tid <- unix.Gettid()
		}()
		threads[<-tid] = true
	}
	if len(threads) > goroutines/2 {
		t.Errorf("%d threads for %d goroutines", len(threads), goroutines)
	}
}

// until returns once the condition holds, and ends the test if that takes too long.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("waited in vain for", what)
		}
	}
}
