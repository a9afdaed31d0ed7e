//go:build linux

package posix

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ErrLayout means that the object in a semaphore's place is none that a glibc of this architecture could use.
var ErrLayout = errors.New("not a semaphore of glibc for this architecture")

// imageSize is sizeof(sem_t), in glibc as in musl.
const imageSize = int64(unsafe.Sizeof(image{}))

// SemOpen opens the semaphore called name. If there is none the error wraps ENOENT; if a symbolic link is in its place,
// ELOOP; if something else is, ErrLayout.
func SemOpen(name string) (*Sem, error) {
	path, ok := file(semPrefix, name)
	if !ok {
		return nil, os.NewSyscallError("sem_open", unix.EINVAL)
	}
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_NOFOLLOW|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err == unix.ENOENT {
		if err := rejectMusl(name); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, os.NewSyscallError("sem_open", err)
	}
	defer unix.Close(fd)
	return mapSem(fd, path)
}

// SemCreate makes the semaphore called name with this value and, less the umask, this mode. The error wraps EEXIST if
// something of that name is there, and EINVAL if the value is not in 0...SemValueMax.
//
// As in glibc (sysdeps/pthread/sem_open.c) it is complete before it has its name: it is made under a name of its own and
// then linked.
func SemCreate(name string, mode uint32, value int) (*Sem, error) {
	path, ok := file(semPrefix, name)
	if !ok || value < 0 || value > SemValueMax {
		return nil, os.NewSyscallError("sem_open", unix.EINVAL)
	}
	if err := rejectMusl(name); err != nil {
		return nil, err
	}
	fd, temp, err := createTemp(mode)
	if err != nil {
		return nil, os.NewSyscallError("sem_open", err)
	}
	defer unix.Close(fd)
	defer func() { _ = unix.Unlink(temp) }()
	var start image
	start.init(uint32(value))
	if _, err := unix.Write(fd, unsafe.Slice((*byte)(unsafe.Pointer(&start)), imageSize)); err != nil {
		return nil, os.NewSyscallError("sem_open", err)
	}
	sem, err := mapSem(fd, temp)
	if err != nil {
		return nil, err
	}
	if err := unix.Link(temp, path); err != nil {
		_ = sem.Close()
		return nil, os.NewSyscallError("sem_open", err)
	}
	return sem, nil
}

// SemUnlink removes the name; the semaphore lives on for those who have it open.
func SemUnlink(name string) error { return os.NewSyscallError("sem_unlink", unlink(semPrefix, name)) }

// Stat returns what the file system said when the semaphore was opened. Dev and Ino equal those of SemStat for as long as
// the name leads to this semaphore.
func (s *Sem) Stat() Info { return s.stat }

// Close unmaps the semaphore; its name and its value stay. Closing it again does nothing.
func (s *Sem) Close() error {
	mem := unsafe.Pointer(s.image)
	s.image = nil
	return os.NewSyscallError("sem_close", unix.MunmapPtr(mem, uintptr(imageSize))) // at nil nothing is mapped: no error
}

// createTemp makes a file under a name like those of glibc's sem_open.
func createTemp(mode uint32) (fd int, path string, err error) {
	for err = unix.EEXIST; err == unix.EEXIST; {
		path, _ = file(semPrefix, rand.Text()[:6])
		fd, err = unix.Open(path, unix.O_RDWR|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, mode)
	}
	return fd, path, err
}

// mapSem maps the semaphore open at fd after a look at its form.
func mapSem(fd int, path string) (*Sem, error) {
	stat, err := Fstat(fd)
	if err != nil {
		return nil, err
	}
	if stat.Size != imageSize { // as that of a pipe and of a device
		return nil, fmt.Errorf("sem_open: %s: %w: %d bytes instead of %d: made by a program of another word size, or for another purpose",
			path, ErrLayout, stat.Size, imageSize)
	}
	mem, err := unix.MmapPtr(fd, 0, nil, uintptr(imageSize), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, os.NewSyscallError("mmap", err)
	}
	sem := &Sem{image: (*image)(mem), stat: stat}
	if !sem.image.shared() {
		_ = sem.Close()
		return nil, fmt.Errorf("sem_open: %s: %w: no mark of a shared semaphore: made by musl, by glibc before 2.21, or for another purpose",
			path, ErrLayout)
	}
	return sem, nil
}
