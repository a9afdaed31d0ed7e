//go:build linux

package posix

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// Flags of ShmOpen: one of the first two, with Create or Create|Exclusive or neither.
const (
	ReadOnly  = unix.O_RDONLY
	ReadWrite = unix.O_RDWR
	Create    = unix.O_CREAT
	Exclusive = unix.O_EXCL
)

// ShmOpen opens the shared memory object called name and returns its file descriptor, which Close gives back. mode, less
// the umask, is for an object that it makes; such an object has no bytes yet. As in glibc (sysdeps/posix/shm_open.c) the
// descriptor is closed on exec, a symbolic link is ELOOP, and a directory opened for writing is EINVAL. Unlike there, a
// named pipe in the object's place does not block: it is an object of size 0.
func ShmOpen(name string, flags int, mode uint32) (fd int, err error) {
	path, ok := file("", name)
	if !ok {
		return -1, os.NewSyscallError("shm_open", unix.EINVAL)
	}
	fd, err = open(path, flags, mode)
	if errors.Is(err, unix.EISDIR) {
		err = unix.EINVAL
	}
	return fd, os.NewSyscallError("shm_open", err)
}

// ShmUnlink removes the name; the memory goes with the last descriptor and the last mapping.
func ShmUnlink(name string) error { return os.NewSyscallError("shm_unlink", unlink("", name)) }

// Ftruncate sets the size in bytes of the object open for writing at fd; new bytes are zero.
func Ftruncate(fd int, size int64) error {
	return os.NewSyscallError("ftruncate", unix.Ftruncate(fd, size))
}

// Full reports whether Dir has no memory left. A page that has never been touched takes some, and faults if there is none.
func Full() bool {
	var st unix.Statfs_t
	return unix.Statfs(Dir, &st) == nil && st.Bavail == 0 && st.Blocks > 0 // no blocks: no limit
}

// Close closes a descriptor of ShmOpen; mappings stay.
func Close(fd int) error { return os.NewSyscallError("close", unix.Close(fd)) }

// Mmap maps the first size bytes of the object open at fd, shared with everybody else, until Munmap. A size that the
// address space cannot hold is ENOMEM, size 0 EINVAL. Writing to a read-only mapping faults, and so does touching a page
// beyond the end of the object.
func Mmap(fd int, size int64, readOnly bool) ([]byte, error) {
	if int64(int(size)) != size {
		return nil, os.NewSyscallError("mmap", unix.ENOMEM)
	}
	prot := unix.PROT_READ | unix.PROT_WRITE
	if readOnly {
		prot = unix.PROT_READ
	}
	mem, err := unix.Mmap(fd, 0, int(size), prot, unix.MAP_SHARED)
	return mem, os.NewSyscallError("mmap", err)
}

// Munmap unmaps what Mmap returned; touching mem afterwards faults.
func Munmap(mem []byte) error { return os.NewSyscallError("munmap", unix.Munmap(mem)) }

// unlink is shm_unlink and sem_unlink: where the sticky bit of Dir protects somebody else's object the kernel says EPERM
// and glibc EACCES (sysdeps/posix/shm_unlink.c, sysdeps/pthread/sem_unlink.c).
func unlink(prefix, name string) error {
	path, ok := file(prefix, name)
	if !ok {
		return unix.ENOENT
	}
	err := unix.Unlink(path)
	if err == unix.EPERM {
		return unix.EACCES
	}
	return err
}
