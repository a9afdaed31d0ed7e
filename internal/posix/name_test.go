//go:build linux

package posix

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// step is a call of ours and the same call of glibc's.
type step struct {
	call   string
	ours   func(name string) error
	theirs string // for the peer; the name goes in
}

const made = ReadWrite | Create | Exclusive

var shmSteps = []step{
	{"shm_unlink", ShmUnlink, "shm_unlink =%s"},
	{"shm_open", shmOpen(ReadWrite), fmt.Sprintf("shm_open =%%s %d 0", ReadWrite)},
	{"shm_open", shmOpen(made), fmt.Sprintf("shm_open =%%s %d 384", made)},
	{"shm_open", shmOpen(made), fmt.Sprintf("shm_open =%%s %d 384", made)},
	{"shm_open", shmOpen(ReadOnly), fmt.Sprintf("shm_open =%%s %d 0", ReadOnly)},
	{"shm_unlink", ShmUnlink, "shm_unlink =%s"},
}

var semSteps = []step{
	{"sem_unlink", SemUnlink, "sem_unlink =%s"},
	{"sem_open", semOpen, "sem_open =%s"},
	{"sem_open", semCreate, "sem_create =%s 384 1"},
	{"sem_open", semCreate, "sem_create =%s 384 1"},
	{"sem_open", semOpen, "sem_open =%s"},
	{"sem_unlink", SemUnlink, "sem_unlink =%s"},
}

func shmOpen(flags int) func(name string) error {
	return func(name string) error {
		fd, err := ShmOpen(name, flags, 0o600)
		if err != nil {
			return err
		}
		return Close(fd)
	}
}

func semOpen(name string) error   { return closed(SemOpen(name)) }
func semCreate(name string) error { return closed(SemCreate(name, 0o600, 1)) }

func closed(sem *Sem, err error) error {
	if err != nil {
		return err
	}
	return sem.Close()
}

// Every call must end as glibc's, with the same errno, whatever the name and whether there is an object or not.
func TestNamesAsInGlibc(t *testing.T) {
	long := strings.Repeat("x", 253) // for longer ones glibc's versions differ
	names := []string{"", "/", "//", "a", "/a", "///a", "a/", "/a/b", "a//b", ".", "/..", "/.a", "sem.a", "\u00e9", "\xff\x80", "a\x01\x7f",
		long, "/" + long[:252], long[:251], "/" + long[:251]}
	compareSteps(t, shmSteps, names)
	compareSteps(t, semSteps, names)
}

func compareSteps(t *testing.T, steps []step, names []string) {
	glibc := startPeer(t)
	defer glibc.kill()
	for _, name := range names {
		ours := make([]error, len(steps))
		for i, step := range steps {
			ours[i] = step.ours(name)
		}
		for i, step := range steps {
			theirs := glibc.do(step.theirs, name)
			if errnoOf(ours[i]) != theirs {
				t.Errorf("%.20q of %d bytes, call %d, %s: %v, but glibc %v", name, len(name), i, step.call, ours[i], theirs)
			}
			if theirs != nil && callOf(ours[i]) != step.call {
				t.Errorf("%.20q, call %d: %v does not name %s", name, i, ours[i], step.call)
			}
		}
	}
}

// A NUL byte, which glibc cannot see, does not end a name: there is no object of such a name.
func TestNamesWithNUL(t *testing.T) {
	for _, name := range []string{"a\x00b", "/a\x00", "\x00", "/\x00a"} {
		for call, err := range map[string]error{
			"shm_open": shmOpen(ReadWrite | Create)(name), "shm_unlink": ShmUnlink(name),
			"sem_open": semCreate(name), "sem_unlink": SemUnlink(name),
		} {
			if callOf(err) != call || errnoOf(err) != unix.EINVAL {
				t.Errorf("%q: %v, want %s: EINVAL", name, err, call)
			}
		}
		_, shm := ShmStat(name)
		_, sem := SemStat(name)
		if err := semOpen(name); errnoOf(err) != unix.EINVAL || errnoOf(shm) != unix.EINVAL || errnoOf(sem) != unix.EINVAL {
			t.Errorf("%q: %v, %v, %v; want EINVAL", name, err, shm, sem)
		}
	}
	if left := objects(t); len(left) != 0 {
		t.Errorf("made: %q", left)
	}
}

func TestLongNames(t *testing.T) {
	for length, errno := range map[int]error{255: nil, 256: unix.ENAMETOOLONG, 5000: unix.ENAMETOOLONG} {
		shm, sem := strings.Repeat("x", length), strings.Repeat("x", length-len(semPrefix))
		for i, err := range []error{shmOpen(made)(shm), ShmUnlink(shm), semCreate(sem), semOpen(sem), SemUnlink(sem)} {
			if errnoOf(err) != errno {
				t.Errorf("%d bytes, call %d: %v, want %v", length, i, err, errno)
			}
		}
	}
}
