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
	if errors.Is(err, unix.ENOENT) {
		if err := rejectMusl(name); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, os.NewSyscallError("sem_open", err)
	}
	return mapSem(fd, path)
}

// SemUnlink removes the name; the semaphore lives on for those who have it open.
func SemUnlink(name string) error { return os.NewSyscallError("sem_unlink", unlink(semPrefix, name)) }

// Stat returns what the file system said when the semaphore was opened. Dev and Ino equal those of SemStat for as long as
// the name leads to this semaphore.
func (s *Sem) Stat() Info { return s.stat }

// Linked reports whether the name that the semaphore was opened or made by still leads to it. The number of links would
// not tell: the file may have been renamed, or have a second name, left by a process that was killed in glibc's sem_open.
func (s *Sem) Linked() (bool, error) {
	var st unix.Stat_t
	err := unix.Lstat(s.path, &st)
	if err == unix.ENOENT {
		return false, nil
	}
	there := info(&st)
	return err == nil && there.Dev == s.stat.Dev && there.Ino == s.stat.Ino, os.NewSyscallError("lstat", err)
}

// Alone reports whether nobody else has the semaphore open, as the function Alone does. It must not meet Close, nor follow it.
func (s *Sem) Alone() (bool, error) { return Alone(s.fd) }

// Abandoned reports whether the semaphore is 0 and at the same instant nobody else has it open: then whoever took the last
// one used s, or has died.
func (s *Sem) Abandoned() (bool, error) {
	value := 0
	alone, err := alone(s.fd, func() { value = s.Value() })
	return alone && value == 0, err
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
	m, err := mapImage(fd)
	if err != nil {
		return nil, err
	}
	if m.shared() {
		return &Sem{image: m, fd: fd, path: path, stat: stat}, nil
	}
	_ = unmap(m)
	return nil, fmt.Errorf("sem_open: %s: %w: no mark of a shared semaphore: made by musl, by glibc before 2.21, or for another purpose",
		path, ErrLayout)
}

func mapImage(fd int) (*image, error) {
	mem, err := unix.MmapPtr(fd, 0, nil, uintptr(imageSize), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	return (*image)(mem), os.NewSyscallError("mmap", err)
}

func unmap(m *image) error {
	return os.NewSyscallError("munmap", unix.MunmapPtr(unsafe.Pointer(m), uintptr(imageSize)))
}
