//go:build linux

package posix

import (
	"errors"
	"os"
	"os/signal"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// lease takes a write lease on the file at fd and returns a channel that says when somebody has met it.
func lease(t *testing.T, fd int) (met chan os.Signal) {
	t.Helper()
	met = make(chan os.Signal, 1)
	signal.Notify(met, unix.SIGUSR1)
	t.Cleanup(func() { signal.Stop(met) })
	_, err := unix.FcntlInt(uintptr(fd), unix.F_SETSIG, int(unix.SIGUSR1))
	_, err2 := unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_WRLCK)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	return met
}

func endLease(t *testing.T, fd int) {
	t.Helper()
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_UNLCK); err != nil {
		t.Error(err)
	}
}

// Every way to open an object waits until a lease on it ends.
func TestOpenWaitsForTheEndOfALease(t *testing.T) {
	fd, shm := newShm(t, 1)
	sem, semName := newSem(t, 1)
	glibc := startPeer(t)
	for what, c := range map[string]struct {
		fd   int
		open func() error
	}{
		"ShmOpen":          {fd, func() error { return shmOpen(ReadWrite)(shm) }},
		"ShmOpen, create":  {fd, func() error { return shmOpen(ReadWrite | Create)(shm) }},
		"SemOpen":          {sem.fd, func() error { return semOpen(semName) }},
		"glibc's sem_open": {sem.fd, func() error { return errors.Join(glibc.do("sem_open =%s", semName), glibc.do("sem_close")) }},
	} {
		met, opened := lease(t, c.fd), make(chan error)
		go func() { opened <- c.open() }()
		<-met
		endLease(t, c.fd)
		if err := <-opened; err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A lease that does not end, as of a stopped process, is an error at last.
func TestOpenEndsOnALease(t *testing.T) {
	defer func(patience time.Duration) { openPatience = patience }(openPatience)
	openPatience = time.Millisecond
	fd, name := newShm(t, 1)
	lease(t, fd)
	if err := shmOpen(ReadOnly)(name); callOf(err) != "shm_open" || errnoOf(err) != unix.EWOULDBLOCK {
		t.Errorf("%v, want shm_open: EWOULDBLOCK", err)
	}
	endLease(t, fd)
}
