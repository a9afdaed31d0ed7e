//go:build linux

package posix

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// waiter is a goroutine in wait, and the thread that it keeps.
type waiter struct {
	tid  int
	sem  layout
	done chan error
}

func startWaiter(ctx context.Context, sem layout) *waiter {
	w := &waiter{sem: sem, done: make(chan error, 1)}
	tid := make(chan int)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		tid <- unix.Gettid()
		w.done <- wait(ctx, sem, new(atomic.Bool))
	}()
	w.tid = <-tid
	return w
}

// untilAsleep returns once the waiter sleeps in the kernel.
func (w *waiter) untilAsleep(t testing.TB) {
	t.Helper()
	word, _ := w.sem.futex()
	until(t, "a sleeping waiter", func() bool {
		return inFutex(fmt.Sprintf("/proc/self/task/%d/syscall", w.tid), uintptr(unsafe.Pointer(word)))
	})
}

// inFutex reports whether a thread is inside futex(2), on word if that is not 0.
func inFutex(proc string, word uintptr) bool {
	line, err := os.ReadFile(proc)
	var number int
	var argument uintptr
	if _, err2 := fmt.Sscanf(string(line), "%d 0x%x", &number, &argument); err != nil || err2 != nil {
		return false
	}
	call := number == unix.SYS_FUTEX || number == unix.SYS_RESTART_SYSCALL // after a signal that another thread handled
	return call && (word == 0 || word == argument)
}

// until returns once the condition holds, and ends the test if that takes too long.
func until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("waited in vain for", what)
		}
	}
}

func untilWaiting(t testing.TB, sem layout, n uint32) {
	t.Helper()
	until(t, fmt.Sprint(n, " waiters"), func() bool { return sem.waiters() == n })
}

func wantState(t *testing.T, sem layout, value, waiters uint32) {
	t.Helper()
	if v, w := sem.value(), sem.waiters(); v != value || w != waiters {
		t.Errorf("value %d, %d waiters; want %d, %d", v, w, value, waiters)
	}
}
