//go:build linux

package posix

import (
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// aloneMutex keeps one Alone from taking the signal of another away, of the same open file description.
var aloneMutex sync.Mutex

// Alone reports whether the open file description of fd is the only one that its file has, in all processes, whatever
// their PID namespace or container. A mapping counts, because it keeps the description that it was made from, even once
// that is closed; what dup(2) and fork(2) make of fd does not. The answer is true of one instant in the call.
//
// fd is of ShmOpen. The caller's file system user owns the file or the caller has CAP_LEASE; else the error is EACCES. It is
// EINVAL for what is no file and where leases are disabled (fs.leases-enable).
//
// It takes a write lease, which the kernel gives to nobody beside another description (check_conflicting_open in
// fs/locks.c), and gives it back at once. Linux before 5.3 gives none on tmpfs: the answer is false. Before 6.1 somebody
// who opens the file to read it just then may be overlooked. Whoever meets the lease waits for its end, as open(2) does,
// or tries again, as ShmOpen and SemOpen do.
func Alone(fd int) (bool, error) { return alone(fd, func() {}) }

// alone lets look look while nobody else can open the file.
func alone(fd int, look func()) (bool, error) {
	aloneMutex.Lock()
	defer aloneMutex.Unlock()
	// For every opener that meets the lease the kernel signals this process. SIGIO, its choice, would end a program that
	// has no handler; SIGURG does not. The end of a lease undoes this call (lease_modify in fs/locks.c).
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_SETSIG, int(unix.SIGURG)); err != nil {
		return false, os.NewSyscallError("fcntl", err)
	}
	_, err := unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_WRLCK)
	if err == unix.EAGAIN {
		return false, nil
	}
	if err != nil {
		return false, os.NewSyscallError("fcntl", err)
	}
	look()
	_, _ = unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_UNLCK) // fails when it has expired meanwhile (fs.lease-break-time)
	return true, nil
}
