//go:build linux

package posix

import (
	"crypto/rand"
	"strconv"

	"golang.org/x/sys/unix"
)

// source is a file that a semaphore is made in before it has its name.
type source struct {
	path string
	temp bool // path is a name in Dir, to be removed
}

// createSource makes a file without a name, of which a process that is killed leaves nothing. Where /proc is missing or
// the file system knows no such files, it has a name like those of glibc's sem_open.
func createSource(mode uint32) (fd int, src source, err error) {
	if unix.Access("/proc/self/fd", unix.X_OK) == nil {
		fd, err = unix.Open(Dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, mode)
		if err == nil {
			return fd, source{path: "/proc/self/fd/" + strconv.Itoa(fd)}, nil
		}
	}
	src.temp = true
	for err = unix.EEXIST; err == unix.EEXIST; {
		src.path, _ = file(semPrefix, rand.Text()[:6])
		fd, err = unix.Open(src.path, unix.O_RDWR|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, mode)
	}
	return fd, src, err
}

// link gives the file its name.
func (s source) link(path string) error {
	return unix.Linkat(unix.AT_FDCWD, s.path, unix.AT_FDCWD, path, unix.AT_SYMLINK_FOLLOW)
}

// remove takes the first name away.
func (s source) remove() {
	if s.temp {
		_ = unix.Unlink(s.path)
	}
}
