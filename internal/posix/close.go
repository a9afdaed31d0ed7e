//go:build linux

package posix

import (
	"errors"
	"os"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Close ends the use of the semaphore; its name and its value stay. Other goroutines may be using it: those in Wait get
// os.ErrClosed, and from then on TryWait finds 0 and Post is lost. Closing it again does nothing.
func (s *Sem) Close() error {
	if s.exit.closed.Swap(true) {
		return nil
	}
	s.Expel(&s.exit)
	return errors.Join(s.replacePage(), Close(s.fd))
}

// PostAndClose does what Post and then Close do, but so that no other goroutine that uses s can take what it posts.
func (s *Sem) PostAndClose() error {
	if s.exit.closed.Swap(true) {
		return nil
	}
	s.Expel(&s.exit)
	pageErr := s.replacePage()
	again, err := mapImage(s.fd)
	if err == nil {
		if !add(again, 1) {
			err = os.NewSyscallError("sem_post", unix.EOVERFLOW)
		}
		err = errors.Join(err, unmap(again))
	}
	return errors.Join(pageErr, err, Close(s.fd))
}

// replacePage puts an empty page in the place of the semaphore's: goroutines that are just about to touch the semaphore
// find that, until none of them has s any more.
func (s *Sem) replacePage() error {
	_, err := unix.MmapPtr(-1, 0, unsafe.Pointer(s.image), uintptr(imageSize),
		unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON|unix.MAP_FIXED)
	if err == nil {
		runtime.AddCleanup(s, func(page unsafe.Pointer) { _ = unmap((*image)(page)) }, unsafe.Pointer(s.image))
	}
	return os.NewSyscallError("sem_close", err)
}
