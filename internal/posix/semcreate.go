//go:build linux

package posix

import (
	"crypto/rand"
	"os"
	"strconv"
	"unsafe"

	"golang.org/x/sys/unix"
)

// fdDir has a link to each open file, from which even one without a name can get one (open(2), O_TMPFILE).
const fdDir = "/proc/self/fd/"

// SemCreate makes the semaphore called name with this value and, less the umask, this mode. The error wraps EEXIST if
// something of that name is there, and EINVAL if the value is not in 0...SemValueMax.
//
// As in glibc (sysdeps/pthread/sem_open.c) it is complete before it has its name; unlike there, a process that is killed
// on the way leaves nothing. (A kernel before 6.0 forgets the umask unless it has a fix that all stable series got.)
func SemCreate(name string, mode uint32, value int) (*Sem, error) {
	path, ok := file(semPrefix, name)
	if !ok || value < 0 || value > SemValueMax {
		return nil, os.NewSyscallError("sem_open", unix.EINVAL)
	}
	if err := rejectMusl(name); err != nil {
		return nil, err
	}
	fd, temp, err := createFile(mode)
	if err != nil {
		return nil, os.NewSyscallError("sem_open", err)
	}
	if temp != "" {
		defer func() { _ = unix.Unlink(temp) }()
	}
	var start image
	start.init(uint32(value))
	if _, err := unix.Write(fd, unsafe.Slice((*byte)(unsafe.Pointer(&start)), imageSize)); err != nil {
		_ = unix.Close(fd)
		return nil, os.NewSyscallError("sem_open", err)
	}
	sem, err := mapSem(fd, path)
	if err != nil {
		return nil, err
	}
	if err := linkFile(fd, temp, path); err != nil {
		_ = sem.Close()
		return nil, os.NewSyscallError("sem_open", err)
	}
	return sem, nil
}

// createFile makes a file without a name. Where the file system cannot, or /proc is missing, it gets a temporary name, like
// those of glibc's sem_open.
func createFile(mode uint32) (fd int, temp string, err error) {
	if unix.Access(fdDir, unix.F_OK) == nil {
		fd, err = unix.Open(Dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, mode)
		if err == nil {
			return fd, "", nil
		}
	}
	for err = unix.EEXIST; err == unix.EEXIST; {
		temp, _ = file(semPrefix, rand.Text()[:6])
		fd, err = unix.Open(temp, unix.O_RDWR|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, mode)
	}
	return fd, temp, err
}

// linkFile gives the file of createFile the name that it is for.
func linkFile(fd int, temp, path string) error {
	if temp == "" {
		temp = fdDir + strconv.Itoa(fd)
	}
	return unix.Linkat(unix.AT_FDCWD, temp, unix.AT_FDCWD, path, unix.AT_SYMLINK_FOLLOW)
}
