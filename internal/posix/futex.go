//go:build linux

package posix

import (
	"math"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Operations of futex(2), include/uapi/linux/futex.h, without FUTEX_PRIVATE_FLAG: the waiters are in other processes.
const (
	futexWakeOp       = 1
	futexWaitBitset   = 9
	futexBitsetAnyone = 0xffffffff
)

// futexWait sleeps until it is woken, for as long as *word is value when it begins. It returns 0 when woken, EAGAIN when
// *word had changed, EINTR after a signal.
//
// The kernel starts a wait without a timeout again after a handler with SA_RESTART, as the Go runtime's are; only one
// with a timeout ends with EINTR (futex_wait in kernel/futex/waitwake.c). So this one has a timeout, 68 years after boot.
func futexWait(word *uint32, value uint32) unix.Errno {
	never := unix.Timespec{Sec: math.MaxInt32}
	_, _, errno := unix.Syscall6(unix.SYS_FUTEX, uintptr(unsafe.Pointer(word)), futexWaitBitset, uintptr(value),
		uintptr(unsafe.Pointer(&never)), 0, futexBitsetAnyone)
	return errno
}

// futexWake wakes up to n of those who wait on word. It never sleeps, and the page is there: it was written just before.
func futexWake(word *uint32, n uint32) {
	_, _, _ = unix.RawSyscall(unix.SYS_FUTEX, uintptr(unsafe.Pointer(word)), futexWakeOp, uintptr(n))
}
