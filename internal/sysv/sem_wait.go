//go:build linux

package sysv

import (
	"context"
	"os"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// SemWait subtracts one from semaphore 0 of set id with undo, asleep in the kernel until that can be done. When ctx
// ends first it returns context.Cause(ctx) and the semaphore is as if nobody had waited; when both happen together
// the semaphore wins.
//
// semop(2) knows timeouts but no cancellation. It is one of the calls that a handled signal always interrupts, so
// the end of ctx signals the waiting thread, and it alone, with SIGURG: the signal that the Go runtime handles for
// its own preemption and that leaves every program undisturbed.
func SemWait(ctx context.Context, id int) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	defer interruptOn(ctx)()
	for {
		switch errno := semop(id, -1); errno {
		case 0:
			return nil
		case unix.EINTR:
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
		default:
			return os.NewSyscallError("semop", errno)
		}
	}
}

// interruptOn signals the calling thread from the end of ctx on, again and again, because a signal that arrives just
// before the thread enters the kernel is lost. The function it returns ends that before it returns.
func interruptOn(ctx context.Context) (stop func()) {
	if ctx.Done() == nil {
		return func() {}
	}
	runtime.LockOSThread()
	pid, tid := unix.Getpid(), unix.Gettid()
	returned, ended := make(chan struct{}), make(chan struct{})
	unregister := context.AfterFunc(ctx, func() {
		defer close(ended)
		again := time.NewTicker(time.Millisecond)
		defer again.Stop()
		for {
			_ = unix.Tgkill(pid, tid, unix.SIGURG) // the thread is locked to the caller: it is there
			select {
			case <-returned:
				return
			case <-again.C:
			}
		}
	})
	return func() {
		close(returned)
		if !unregister() {
			<-ended
		}
		runtime.UnlockOSThread()
	}
}
