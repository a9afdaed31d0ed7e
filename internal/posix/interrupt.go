//go:build linux

package posix

import (
	"context"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// interruptOn signals the calling thread from the end of ctx on, again and again, because a signal that arrives just
// before the thread enters the kernel is lost. The function it returns ends that before it returns.
//
// The signal is SIGURG, and goes to this thread alone: the Go runtime handles it for its own preemption, and it leaves
// every program undisturbed. Waking the futex instead would reach any waiter, those of other processes first of all.
func interruptOn(ctx context.Context) (stop func()) {
	if ctx.Done() == nil {
		return func() {}
	}
	runtime.LockOSThread()
	tid := unix.Gettid()
	returned := make(chan struct{})
	unregister := context.AfterFunc(ctx, func() {
		again := time.NewTicker(10 * time.Millisecond)
		defer again.Stop()
		for {
			_ = unix.Tgkill(unix.Getpid(), tid, unix.SIGURG) // the thread is locked to the caller: it is there
			select {
			case <-returned:
				return
			case <-again.C:
			}
		}
	})
	return func() {
		if !unregister() {
			returned <- struct{}{}
		}
		runtime.UnlockOSThread()
	}
}
