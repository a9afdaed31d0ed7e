//go:build linux

package sysv

import (
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Commands of semctl(2), include/uapi/linux/sem.h.
const (
	semGetPID  = 11
	semGetVal  = 12
	semGetNCnt = 14
	semSetVal  = 16
)

// Flags of struct sembuf, include/uapi/linux/ipc.h and sem.h.
const (
	semNoWait = unix.IPC_NOWAIT
	semUndo   = 0x1000
)

// SemMax is the largest value of a semaphore and the largest step of one operation (SEMVMX, include/uapi/linux/sem.h).
const SemMax = 32767

type sembuf struct {
	num uint16
	op  int16
	flg int16
}

// Semget finds or makes the semaphore set of key with n semaphores.
func Semget(key int32, n, flags int) (int, error) {
	id, _, errno := syscall.RawSyscall(unix.SYS_SEMGET, uintptr(key), uintptr(n), uintptr(flags))
	if errno != 0 {
		return -1, os.NewSyscallError("semget", errno)
	}
	return int(id), nil
}

// SemTry adds n to semaphore 0 of set id if that can be done at once, and reports whether it was. A positive n always
// can. With undo the kernel takes the step back when the process ends (SEM_UNDO).
//
// The standard library's RawSyscall6 spares the change of calling convention that the one of x/sys costs, some 10 ns.
func SemTry(id int, n int16, undo bool) (bool, error) {
	op := sembuf{op: n, flg: semNoWait}
	if undo {
		op.flg |= semUndo
	}
	_, _, errno := syscall.RawSyscall6(trapSemtimedop, uintptr(id), uintptr(unsafe.Pointer(&op)), 1, 0, 0, 0)
	switch errno {
	case 0:
		return true, nil
	case unix.EAGAIN:
		return false, nil
	}
	return false, os.NewSyscallError("semop", errno)
}

// semop is the blocking form, with undo; any signal that the thread handles ends it with EINTR (signal(7)).
func semop(id int, n int16) unix.Errno {
	op := sembuf{op: n, flg: semUndo}
	_, _, errno := unix.Syscall6(trapSemtimedop, uintptr(id), uintptr(unsafe.Pointer(&op)), 1, 0, 0, 0)
	return errno
}

func semctl(id, cmd int, arg uintptr) (int, error) {
	r, _, errno := syscall.RawSyscall6(unix.SYS_SEMCTL, uintptr(id), 0, uintptr(cmd), arg, 0, 0)
	if errno != 0 {
		return -1, os.NewSyscallError("semctl", errno)
	}
	return int(r), nil
}

// SemValue returns the value of semaphore 0 of set id.
func SemValue(id int) (int, error) { return semctl(id, semGetVal, 0) }

// SemWaiting returns how many threads wait for semaphore 0 of set id to grow.
func SemWaiting(id int) (int, error) { return semctl(id, semGetNCnt, 0) }

// SemLastPID returns the process that operated on semaphore 0 of set id last: 0 on a set that was made and never
// initialised, or when that process is not of this pid namespace.
func SemLastPID(id int) (int, error) { return semctl(id, semGetPID, 0) }

// SemSetValue sets semaphore 0 of set id and clears what every process would undo.
func SemSetValue(id, value int) error {
	_, err := semctl(id, semSetVal, uintptr(value))
	return err
}

// SemOwner returns the user that owns set id, and its permission bits.
func SemOwner(id int) (uid, mode uint32, err error) {
	// struct semid64_ds begins with struct ipc64_perm and is at most 128 bytes long on every architecture.
	var ds [32]uint64
	if _, err := semctl(id, unix.IPC_STAT|ipc64, uintptr(unsafe.Pointer(&ds))); err != nil {
		return 0, 0, err
	}
	perm := (*unix.SysvIpcPerm)(unsafe.Pointer(&ds))
	return perm.Uid, uint32(perm.Mode) & 0o777, nil
}

// Semrm removes set id; everybody who waits on it is woken with EIDRM.
func Semrm(id int) error {
	_, err := semctl(id, unix.IPC_RMID, 0)
	return err
}
