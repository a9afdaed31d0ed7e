//go:build linux

package posix

import (
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
	fd, err := open(path, unix.O_RDWR, 0)
	if err == unix.ENOENT {
		if err := rejectMusl(name); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, os.NewSyscallError("sem_open", err)
	}
	return mapSem(fd, path)
}

// SemCreate makes the semaphore called name with this value and, less the umask, this mode. The error wraps EEXIST if
// something of that name is there, and EINVAL if the value is not in 0...SemValueMax.
//
// As in glibc (sysdeps/pthread/sem_open.c) it is complete before it has its name.
func SemCreate(name string, mode uint32, value int) (*Sem, error) {
	path, ok := file(semPrefix, name)
	if !ok || value < 0 || value > SemValueMax {
		return nil, os.NewSyscallError("sem_open", unix.EINVAL)
	}
	if err := rejectMusl(name); err != nil {
		return nil, err
	}
	fd, source, err := createSource(mode)
	if err != nil {
		return nil, os.NewSyscallError("sem_open", err)
	}
	defer source.remove()
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
	if err := source.link(path); err != nil {
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

// Linked reports whether the name that the semaphore was opened or made by still leads to it. Its number of links does
// not tell: it may have been renamed, or have another name beside (see createTemp).
func (s *Sem) Linked() (bool, error) {
	var st unix.Stat_t
	err := unix.Lstat(s.path, &st)
	if err == unix.ENOENT {
		return false, nil
	}
	return info(&st).Same(s.stat), os.NewSyscallError("lstat", err)
}

// Alone is Alone of the semaphore: whether nobody else has it open.
func (s *Sem) Alone() (bool, error) { return Alone(s.fd) }

// Close unmaps the semaphore; its name and its value stay. Closing it again does nothing.
func (s *Sem) Close() error {
	if s.image == nil {
		return nil
	}
	mem := unsafe.Pointer(s.image)
	s.image = nil
	return errors.Join(os.NewSyscallError("sem_close", unix.MunmapPtr(mem, uintptr(imageSize))), Close(s.fd))
}

// mapSem maps the semaphore open at fd after a look at its form. fd is the Sem's from here on, or closed.
func mapSem(fd int, path string) (sem *Sem, err error) {
	defer func() {
		if err != nil {
			_ = unix.Close(fd)
		}
	}()
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
	if m := (*image)(mem); m.shared() {
		return &Sem{image: m, fd: fd, path: path, stat: stat}, nil
	}
	_ = unix.MunmapPtr(mem, uintptr(imageSize))
	return nil, fmt.Errorf("sem_open: %s: %w: no mark of a shared semaphore: made by musl, by glibc before 2.21, or for another purpose",
		path, ErrLayout)
}
