//go:build linux

package sysv

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// Flags of Shmget and Semget, to be combined with permission bits.
const (
	Create    = unix.IPC_CREAT
	Exclusive = unix.IPC_EXCL
)

// ShmInfo is the part of struct shmid_ds that does not depend on the architecture.
type ShmInfo struct {
	Size                   uint64 // bytes, as asked for at creation
	Attached               uint64 // attachments in all processes
	UID                    uint32 // owner
	Mode                   uint32 // permission bits
	CreatorPID, LastPID    int    // LastPID: of the last shmat or shmdt, 0 before the first
	AtTime, DtTime, CtTime int64  // last attach, last detach, creation or change; seconds since 1970, 0 = never
}

// Shmget finds or makes the segment of key; size is in bytes and may be 0 when finding.
func Shmget(key int32, size, flags int) (int, error) {
	id, _, errno := syscall.RawSyscall(unix.SYS_SHMGET, uintptr(key), uintptr(size), uintptr(flags))
	if errno != 0 {
		return -1, os.NewSyscallError("shmget", errno)
	}
	return int(id), nil
}

// Shmat maps the segment id and returns the mapping, as long as the segment, until Shmdt. Writing to a read-only
// mapping faults.
func Shmat(id int, readOnly bool) ([]byte, error) {
	flags := 0
	if readOnly {
		flags = unix.SHM_RDONLY
	}
	mem, err := unix.SysvShmAttach(id, 0, flags)
	return mem, os.NewSyscallError("shmat", err)
}

// Shmdt unmaps what Shmat returned; touching mem afterwards faults.
func Shmdt(mem []byte) error { return os.NewSyscallError("shmdt", unix.SysvShmDetach(mem)) }

// Shmstat looks at the segment id.
func Shmstat(id int) (ShmInfo, error) {
	var d unix.SysvShmDesc
	if _, err := unix.SysvShmCtl(id, unix.IPC_STAT, &d); err != nil {
		return ShmInfo{}, os.NewSyscallError("shmctl", err)
	}
	return ShmInfo{
		Size: uint64(d.Segsz), Attached: uint64(d.Nattch),
		UID: d.Perm.Uid, Mode: uint32(d.Perm.Mode) & 0o777,
		CreatorPID: int(d.Cpid), LastPID: int(d.Lpid),
		AtTime: int64(d.Atime), DtTime: int64(d.Dtime), CtTime: int64(d.Ctime),
	}, nil
}

// Shmrm marks the segment id for destruction: the key is free at once, the memory when the last one detaches.
func Shmrm(id int) error {
	_, err := unix.SysvShmCtl(id, unix.IPC_RMID, nil)
	return os.NewSyscallError("shmctl", err)
}
