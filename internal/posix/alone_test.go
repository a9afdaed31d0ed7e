//go:build linux

package posix

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

func wantAlone(t *testing.T, what string, fd int, want bool) {
	t.Helper()
	if alone, err := Alone(fd); err != nil || alone != want {
		t.Errorf("%s: alone %v, %v; want %v", what, alone, err, want)
	}
}

// reopen makes another description of the object at fd, even if that has no name any more.
func reopen(t *testing.T, fd, flags int) int {
	t.Helper()
	again, err := unix.Open(fmt.Sprint(fdDir, fd), flags|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func closeFD(t *testing.T, fd int) {
	t.Helper()
	if err := Close(fd); err != nil {
		t.Error(err)
	}
}

// mapping maps the object at fd and returns what ends that.
func mapping(t *testing.T, fd int, readOnly bool) (end func()) {
	t.Helper()
	mem, err := Mmap(fd, 1, readOnly)
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := Munmap(mem); err != nil {
			t.Error(err)
		}
	}
}

// Whoever uses the object in any way is seen for as long as that lasts. A second use of the same description is not.
func TestAlone(t *testing.T) {
	cases := []struct {
		use   string
		begin func(t *testing.T, fd int) (end func())
		alone bool
	}{
		{"none", func(*testing.T, int) func() { return func() {} }, true},
		{"dup", func(t *testing.T, fd int) func() {
			other, err := unix.Dup(fd)
			if err != nil {
				t.Fatal(err)
			}
			return func() { closeFD(t, other) }
		}, true},
		{"own mapping", func(t *testing.T, fd int) func() { return mapping(t, fd, true) }, true},
		{"open to read", func(t *testing.T, fd int) func() {
			other := reopen(t, fd, ReadOnly)
			return func() { closeFD(t, other) }
		}, false},
		{"open to write", func(t *testing.T, fd int) func() {
			other := reopen(t, fd, ReadWrite)
			return func() { closeFD(t, other) }
		}, false},
		{"mapped to read, then closed", func(t *testing.T, fd int) func() {
			other := reopen(t, fd, ReadOnly)
			defer closeFD(t, other)
			return mapping(t, other, true)
		}, false},
		{"mapped to write, then closed", func(t *testing.T, fd int) func() {
			other := reopen(t, fd, ReadWrite)
			defer closeFD(t, other)
			return mapping(t, other, false)
		}, false},
	}
	for _, flags := range []int{ReadWrite, ReadOnly} {
		for _, unlinked := range []bool{false, true} {
			fd := newUnlinked(t, flags, unlinked)
			for _, c := range cases {
				what := fmt.Sprintf("flags %d, unlinked %v, %s", flags, unlinked, c.use)
				end := c.begin(t, fd)
				wantAlone(t, what, fd, c.alone)
				end()
				wantAlone(t, what+", ended", fd, true)
			}
		}
	}
}

// newUnlinked makes an object of one byte and opens it with these flags.
func newUnlinked(t *testing.T, flags int, unlinked bool) int {
	t.Helper()
	name := newName()
	made, err := ShmOpen(name, made, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	fd, err := ShmOpen(name, flags, 0)
	if err := errors.Join(err, Ftruncate(made, 1), Close(made)); err != nil {
		t.Fatal(err)
	}
	unlink := func() {
		if err := ShmUnlink(name); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(func() { closeFD(t, fd) })
	if unlinked {
		unlink()
	} else {
		t.Cleanup(unlink)
	}
	return fd
}

func TestAloneSeesOtherProcesses(t *testing.T) {
	fd, name := newShm(t, 1)
	sem, semName := newSem(t, 1)
	for what, attr := range map[string]*syscall.SysProcAttr{
		"process": nil, "process of another PID namespace": {Cloneflags: syscall.CLONE_NEWPID},
	} {
		glibc := startPeerWith(t, attr)
		wantAlone(t, "no user", fd, true)
		glibc.ok("shm_open =%s %d 0", name, ReadOnly)
		wantAlone(t, what+" that has it open", fd, false)
		glibc.ok("shm_close")
		wantAlone(t, what+" that has closed it", fd, true)
		glibc.ok("shm_open =%s %d 0", name, ReadWrite)
		glibc.ok("mmap 1")
		glibc.ok("shm_close")
		wantAlone(t, what+" that has it mapped", fd, false)
		glibc.ok("sem_open =%s", semName)
		if alone, err := sem.Alone(); err != nil || alone {
			t.Errorf("semaphore of another %s: alone %v, %v", what, alone, err)
		}
		glibc.kill()
		wantAlone(t, what+" that was killed", fd, true)
		if alone, err := sem.Alone(); err != nil || !alone {
			t.Errorf("semaphore that another %s had: alone %v, %v", what, alone, err)
		}
	}
}

func TestAloneOfASemaphore(t *testing.T) {
	sem, name := newSem(t, 1)
	for range 2 {
		if alone, err := sem.Alone(); err != nil || !alone {
			t.Errorf("%v, %v", alone, err)
		}
		other, err := SemOpen(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []*Sem{sem, other} {
			if alone, err := s.Alone(); err != nil || alone {
				t.Errorf("one of two: %v, %v", alone, err)
			}
		}
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}
	wantState(t, sem.image, 1, 0)
}

// keepAsking calls each of these, over and over, until the function that it returns is called.
func keepAsking(t *testing.T, asks ...func() (bool, error)) (stop func()) {
	var stopped atomic.Bool
	var asking sync.WaitGroup
	for _, ask := range asks {
		asking.Go(func() {
			for !stopped.Load() {
				if _, err := ask(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	return func() {
		stopped.Store(true)
		asking.Wait()
	}
}

// Those who meet the leases of Alone all get in, and the process gets no signal for it that would end a C program.
func TestAloneDisturbsNobody(t *testing.T) {
	fd, name := newShm(t, 1)
	sem, semName := newSem(t, 1)
	glibc := startPeer(t)
	fatal := make(chan os.Signal, 1)
	signal.Notify(fatal, unix.SIGIO)
	defer signal.Stop(fatal)
	ask := func() (bool, error) { return Alone(fd) }
	stop := keepAsking(t, ask, ask, ask, sem.Alone)
	defer stop()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8)) // the more threads, the more often they meet
	met := 0
	for i := 0; i < 5000 || met == 0; i++ {
		if other, err := unix.Open(Dir+name, unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC, 0); err == nil {
			closeFD(t, other)
		} else if err == unix.EWOULDBLOCK {
			met++
		}
	}
	for range 100 {
		if err := errors.Join(shmOpen(ReadOnly)(name), shmOpen(ReadWrite)(name), semOpen(semName)); err != nil {
			t.Error(err)
		}
		glibc.ok("sem_open =%s", semName)
		glibc.ok("sem_close")
	}
	select {
	case <-fatal:
		t.Error("SIGIO, which ends a program without a handler")
	default:
	}
}

func TestAloneErrors(t *testing.T) {
	var pipe [2]int
	if err := unix.Pipe2(pipe[:], unix.O_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	defer closeFD(t, pipe[0])
	defer closeFD(t, pipe[1])
	for fd, errno := range map[int]error{-1: unix.EBADF, pipe[0]: unix.EINVAL} {
		if alone, err := Alone(fd); alone || callOf(err) != "fcntl" || errnoOf(err) != errno {
			t.Errorf("%v, %v; want fcntl: %v", alone, err, errno)
		}
	}
}

func TestAloneOnSomebodyElsesObject(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("two users need root: run the tests with sudo")
	}
	fd, _ := newShm(t, 1)
	wantAlone(t, "owner", fd, true)
	asOther(func() {
		wantAlone(t, "with CAP_LEASE", fd, true)
		dropCapabilities(t)
		if alone, err := Alone(fd); alone || errnoOf(err) != unix.EACCES || !errors.Is(err, os.ErrPermission) {
			t.Errorf("%v, %v; want EACCES", alone, err)
		}
	})
}
