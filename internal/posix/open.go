//go:build linux

package posix

import (
	"time"

	"golang.org/x/sys/unix"
)

// openPatience ends the attempts of open, which last twice as long in all.
const openPatience = time.Second

// open opens what is at path, itself and not what it links to, without waiting for the other end of a pipe. EWOULDBLOCK
// is the answer while somebody is in Alone: it tries again, longer than that lasts.
func open(path string, flags int, mode uint32) (fd int, err error) {
	for pause := time.Microsecond; ; pause *= 2 {
		fd, err = unix.Open(path, flags|unix.O_NOFOLLOW|unix.O_CLOEXEC|unix.O_NONBLOCK, mode)
		if err != unix.EWOULDBLOCK || pause > openPatience {
			return fd, err
		}
		time.Sleep(pause)
	}
}
