//go:build linux

package posix

import (
	"time"

	"golang.org/x/sys/unix"
)

// openPatience is the longest pause of open between two attempts, and half of what all take together.
var openPatience = time.Second

// open opens what is at path itself, not what it links to, and does not wait for the other end of a pipe. While somebody
// holds a lease on the file, as Alone does for a moment, the kernel says EWOULDBLOCK; then it tries again.
func open(path string, flags int, mode uint32) (fd int, err error) {
	for pause := time.Microsecond; ; pause *= 2 {
		fd, err = unix.Open(path, flags|unix.O_NOFOLLOW|unix.O_CLOEXEC|unix.O_NONBLOCK, mode)
		if err != unix.EWOULDBLOCK || pause > openPatience {
			return fd, err
		}
		time.Sleep(pause)
	}
}
