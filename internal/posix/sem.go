//go:build linux

package posix

import (
	"context"
	"math"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/shmbridge/shmbridge/internal/interrupt"
	"golang.org/x/sys/unix"
)

// SemValueMax is the largest value of a semaphore (SEM_VALUE_MAX, sysdeps/pthread/semaphore.h).
const SemValueMax = 1<<31 - 1

// markShared is what glibc writes into sem_t's field private when processes share it (LLL_SHARED,
// sysdeps/nptl/lowlevellock-futex.h).
const markShared = 0x80

// Sem is an open named semaphore, the value of sem_open(3). SemOpen and SemCreate make it, Close ends it.
type Sem struct {
	image *image // once closed, on a page that nobody else has
	fd    int    // the open file description that image is mapped from
	path  string
	stat  Info

	exit Exit // of Wait; closed is also that of the Sem
}

// Exit is where goroutines leave a wait that somebody else ends, with Expel. The zero value is open for one use.
type Exit struct {
	closed  atomic.Bool
	waiting atomic.Int32 // how many goroutines are in wait
}

// Value returns how often TryWait would succeed now.
func (s *Sem) Value() int { return int(s.image.value()) }

// Waiters returns how many threads of all processes wait. One that was killed while waiting stays counted for ever; that
// costs each Post a needless call to the kernel and nothing else.
func (s *Sem) Waiters() int { return int(s.image.waiters()) }

// TryWait takes one from the semaphore and reports true, or false if it is 0. It does not enter the kernel.
func (s *Sem) TryWait() bool {
	taken := s.image.tryWait()
	runtime.KeepAlive(s) // and with it the page
	return taken
}

// Post adds one and wakes a waiter if there is any. At SemValueMax it fails with EOVERFLOW.
func (s *Sem) Post() (err error) { // of 80, the largest cost that the compiler inlines: see go build -gcflags=-m=2
	if s.image.postFirst() {
		runtime.KeepAlive(s)
		return
	}
	return s.postSlowly()
}

//go:noinline
func (s *Sem) postSlowly() error { return s.Add(1) }

// Word returns where the value is, and what is there while it is 1, and 0, and nobody waits: so that a free lock can be
// taken and given back, by compare-and-swap, where there is no Sem. The page stays until Close.
func (s *Sem) Word() (word *uintptr, one, zero uintptr) { return s.image.first() }

// Add does what n times Post does, in one step: where it fails with EOVERFLOW it has added nothing. A negative n is EINVAL.
func (s *Sem) Add(n int) error {
	if n < 0 {
		return os.NewSyscallError("sem_post", unix.EINVAL)
	}
	defer runtime.KeepAlive(s)
	if n > SemValueMax || !add(s.image, uint32(n)) {
		return os.NewSyscallError("sem_post", unix.EOVERFLOW)
	}
	return nil
}

// Set makes the value what it says, whatever it was, and wakes as many waiters as can take one. A value that is not in
// 0...SemValueMax is EINVAL.
func (s *Sem) Set(value int) error {
	if value < 0 || value > SemValueMax {
		return os.NewSyscallError("sem_init", unix.EINVAL)
	}
	set(s.image, uint32(value))
	return nil
}

// settable are the steps of adding and setting that depend on the layout. Each reports whether somebody may be asleep.
type settable interface {
	add(n uint32) (wake, ok bool)
	set(value uint32) (wake bool)
	futex() (word *uint32, empty uint32)
}

func add(sem settable, n uint32) bool {
	wake, ok := sem.add(n)
	if wake {
		word, _ := sem.futex()
		futexWake(word, n)
	}
	return ok
}

func set(sem settable, value uint32) {
	if sem.set(value) {
		word, _ := sem.futex()
		futexWake(word, value)
	}
}

// Wait takes one from the semaphore, asleep in the kernel until that can be done. When ctx ends first it returns
// context.Cause(ctx) and the semaphore is as if nobody had waited; when both happen together the semaphore wins. Close
// ends the wait with os.ErrClosed.
func (s *Sem) Wait(ctx context.Context) error {
	return s.WaitBy(ctx, &s.exit)
}

// WaitBy is Wait that Expel ends too, with os.ErrClosed.
func (s *Sem) WaitBy(ctx context.Context, exit *Exit) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if s.TryWait() {
		return nil
	}
	exit.waiting.Add(1)
	defer exit.waiting.Add(-1)
	return wait(ctx, s.image, &exit.closed)
}

// Expel ends every WaitBy of exit, those that are going on and those to come, and returns when none goes on. To wake
// them it wakes all who wait, in every process; the others look for a token, find none, and go on waiting.
func (s *Sem) Expel(exit *Exit) {
	exit.closed.Store(true)
	word, _ := s.image.futex()
	for exit.waiting.Load() > 0 {
		futexWake(word, math.MaxInt32)
		time.Sleep(10 * time.Microsecond)
	}
	runtime.KeepAlive(s)
}

// waitable are the steps of a wait that depend on the layout.
type waitable interface {
	enter()                              // counts the caller as a waiter
	take() bool                          // takes one and ends the wait, unless the value is 0
	leave()                              // ends the wait
	futex() (word *uint32, empty uint32) // where to sleep, and what is there while the value is 0 and somebody waits
}

// wait is __new_sem_wait_slow (nptl/sem_waitcommon.c). It gives up only after take has failed: if it was woken for a token
// it has that token, or somebody else has.
func wait(ctx context.Context, sem waitable, closed *atomic.Bool) error {
	defer interrupt.On(ctx)()
	if closed.Load() {
		return os.ErrClosed
	}
	sem.enter()
	for !sem.take() {
		switch {
		case ctx.Err() != nil:
			sem.leave()
			return context.Cause(ctx)
		case closed.Load():
			sem.leave()
			return os.ErrClosed
		}
		switch errno := futexWait(sem.futex()); errno {
		case 0, unix.EAGAIN, unix.EINTR, unix.ETIMEDOUT:
		default:
			sem.leave()
			return os.NewSyscallError("sem_wait", errno)
		}
	}
	return nil
}
