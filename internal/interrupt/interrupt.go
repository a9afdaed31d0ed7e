//go:build linux

package interrupt

import (
	"context"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// again is the time between two signals. Hardly ever is a second one needed, but with every thread that is slow to return
// come more of them: a thousand waits that end together took 30 ms of two processors with this, and a second with 1 ms.
const again = 10 * time.Millisecond

// On signals the calling thread from the end of ctx on, again and again, because a signal that arrives just before the
// thread enters the kernel is lost. The function it returns ends that before it returns; the goroutine that called On has
// to call it, once, and keeps its thread until then.
//
// The signal is SIGURG, and goes to this thread alone: the Go runtime handles it for its own preemption, and it leaves
// every program undisturbed. If the thread, which may be a C program's, blocks it, it is let through meanwhile. A call that
// the kernel starts again after a handled signal (signal(7)) is not for On.
func On(ctx context.Context) (stop func()) {
	if ctx.Done() == nil {
		return func() {}
	}
	runtime.LockOSThread()
	block := unblock(unix.SIGURG)
	pid, tid := unix.Getpid(), unix.Gettid()
	returned := make(chan struct{})
	unregister := context.AfterFunc(ctx, func() {
		ticker := time.NewTicker(again)
		defer ticker.Stop()
		for {
			_ = unix.Tgkill(pid, tid, unix.SIGURG) // the thread is locked to the caller: it is there
			select {
			case <-returned:
				return
			case <-ticker.C:
			}
		}
	})
	return func() {
		if !unregister() {
			returned <- struct{}{}
		}
		block()
		runtime.UnlockOSThread()
	}
}

// unblock lets a signal through to the calling thread until block is called.
func unblock(signal unix.Signal) (block func()) {
	var set, before unix.Sigset_t
	size := unsafe.Sizeof(set.Val[0]) * 8
	word, bit := &set.Val[(uintptr(signal)-1)/size], (uintptr(signal)-1)%size
	*word |= 1 << bit
	if err := unix.PthreadSigmask(unix.SIG_UNBLOCK, &set, &before); err != nil || before.Val[(uintptr(signal)-1)/size]&*word == 0 {
		return func() {}
	}
	return func() { _ = unix.PthreadSigmask(unix.SIG_BLOCK, &set, nil) }
}
