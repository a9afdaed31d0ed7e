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

// A C program's thread may block all signals, and finds them blocked again afterwards.
func TestBlockedSignalsInterruptToo(t *testing.T) {
	var all, after unix.Sigset_t
	for i := range all.Val {
		all.Val[i] = ^all.Val[i]
	}
	runtime.LockOSThread() // and never unlocked, so that the thread ends with the test
	if err := unix.PthreadSigmask(unix.SIG_SETMASK, &all, nil); err != nil {
		t.Fatal(err)
	}
	TestInterruptionIsRepeated(t)
	if err := unix.PthreadSigmask(unix.SIG_BLOCK, nil, &after); err != nil {
		t.Fatal(err)
	}
	if urgent := uintptr(unix.SIGURG) - 1; after.Val[urgent/64]>>(urgent%64)&1 == 0 {
		t.Errorf("signals %x are blocked afterwards: SIGURG is not among them", after.Val)
	}
}
