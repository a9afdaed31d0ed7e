//go:build linux

package posix

import (
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// aloneMutex keeps one Alone from taking away the signal of another on the same open file description.
var aloneMutex sync.Mutex

// Alone reports whether no other open file description than that of fd leads to its file, in any process, PID namespace
// or container. A mapping counts, because it keeps the description that it was made from; descriptors made of fd by
// dup(2) or fork(2) do not. fd is of ShmOpen and belongs to this user, or the caller has CAP_LEASE: else the error is EACCES.
// Where the file system has no leases, or the administrator has disabled them (fs.leases-enable), it is EINVAL.
//
// It takes a write lease (fcntl(2)), which the kernel gives to the only one who has a file open, and gives it back at
// once (check_conflicting_open in fs/locks.c; before Linux 5.3 tmpfs gives none, so that the answer is always false).
// Whoever opens the file in between waits for that, as open(2) does, or tries again, as ShmOpen and SemOpen do.
func Alone(fd int) (bool, error) {
	aloneMutex.Lock()
	defer aloneMutex.Unlock()
	// An opener who meets the lease makes the kernel signal this process. SIGIO, which it takes if not told otherwise, ends
	// a program that does not expect it; SIGURG is ignored. The end of a lease forgets the choice.
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
	_, _ = unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_UNLCK) // EAGAIN: it has run out (fs.lease-break-time)
	return true, nil
}
