//go:build linux

package posix

import (
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/shmbridge/shmbridge/internal/proc"
)

// usersOf returns the users of an object and whether one of them is this process, which does not remain among them.
func usersOf(info Info) (others []proc.Process, us bool) {
	object := proc.File(info.Dev, info.Ino)
	users, _ := proc.Users(object)
	all := users[object]
	others = slices.DeleteFunc(slices.Clone(all), func(u proc.Process) bool { return u.PID == os.Getpid() })
	return others, len(others) < len(all)
}

func TestUsers(t *testing.T) {
	fd, name := newShm(t, 1)
	info, err := Fstat(fd)
	if err != nil {
		t.Fatal(err)
	}
	glibc := startPeer(t)
	peer := []proc.Process{{PID: glibc.cmd.Process.Pid, Command: "peer"}}
	steps := []struct {
		what   string
		do     func()
		us     bool
		others []proc.Process
	}{
		{"open here", func() {}, true, nil},
		{"open there", func() { glibc.ok("shm_open =%s %d 0", name, ReadWrite) }, true, peer},
		{"mapped there", func() { glibc.ok("mmap 1") }, true, peer},
		{"closed there", func() { glibc.ok("shm_close") }, true, peer},
		{"killed", glibc.kill, true, nil},
	}
	for _, step := range steps {
		step.do()
		if others, us := usersOf(info); us != step.us || !slices.Equal(others, step.others) {
			t.Errorf("%s: %v, us %v; want %v, %v", step.what, others, us, step.others, step.us)
		}
	}
}

func TestUsersOfAMappingThatHasNoName(t *testing.T) {
	name := newName()
	fd, err := ShmOpen(name, made, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	info, err := Fstat(fd)
	if err := errors.Join(err, Ftruncate(fd, 1)); err != nil {
		t.Fatal(err)
	}
	end := mapping(t, fd, true)
	if err := errors.Join(Close(fd), ShmUnlink(name)); err != nil {
		t.Error(err)
	}
	if others, us := usersOf(info); !us || len(others) != 0 {
		t.Errorf("mapped: %v, us %v", others, us)
	}
	end()
	if others, us := usersOf(info); us || len(others) != 0 {
		t.Errorf("unmapped: %v, us %v", others, us)
	}
}

func TestUsersOfSomebodyElse(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("two users need root: run the tests with sudo")
	}
	fd, _ := newShm(t, 1)
	info, err := Fstat(fd)
	if err != nil {
		t.Fatal(err)
	}
	asOther(func() {
		dropCapabilities(t)
		if users, complete := proc.Users(proc.File(info.Dev, info.Ino)); complete {
			t.Errorf("%v, complete, without the right to look into root's processes", users)
		}
	})
}
