//go:build linux

package posix

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// usersOf returns the users of an object and whether one of them is this process, which does not remain among them.
func usersOf(info Info) (others []User, us bool) {
	users, _ := Users(info.Dev, info.Ino)
	others = slices.DeleteFunc(users, func(u User) bool { return u.PID == os.Getpid() })
	return others, len(others) < len(users)
}

func TestUsers(t *testing.T) {
	fd, name := newShm(t, 1)
	info, err := Fstat(fd)
	if err != nil {
		t.Fatal(err)
	}
	glibc := startPeer(t)
	peer := []User{{glibc.cmd.Process.Pid, "peer"}}
	steps := []struct {
		what   string
		do     func()
		us     bool
		others []User
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

// What the lines of a /proc say, and what is missing there.
func TestUsersByProc(t *testing.T) {
	target := filepath.Join(t.TempDir(), "object")
	if err := os.WriteFile(target, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	fd, err := unix.Open(target, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer closeFD(t, fd)
	info, err := Fstat(fd)
	if err != nil {
		t.Fatal(err)
	}
	line := func(dev, ino uint64, path string) string {
		return fmt.Sprintf("7f0000000000-7f0000001000 rw-s 00000000 %02x:%02x %d    %s\n", unix.Major(dev), unix.Minor(dev), ino, path)
	}
	ours := line(info.Dev, info.Ino, "/dev/shm/x (deleted)")
	others := line(info.Dev, info.Ino*10, "/dev/shm/y") + line(info.Dev+1, info.Ino, "") + line(0, 0, ours)
	for _, c := range []struct {
		what     string
		files    map[string]string
		users    []User
		complete bool
	}{
		{"no /proc", nil, nil, false},
		{"no processes", map[string]string{"sys/maps": ours, "self/maps": ours}, nil, false},
		{"a mapping", map[string]string{"7/maps": others + ours, "7/comm": "a name\n"}, []User{{7, "a name"}}, true},
		{"a descriptor", map[string]string{"8/maps": "", "8/fd/3": "link", "8/comm": "b\n"}, []User{{8, "b"}}, true},
		{"another object", map[string]string{"9/maps": others, "9/fd/3": "", "9/comm": "c\n"}, nil, true},
		{"an ended process", map[string]string{"10/comm": "d\n"}, nil, true},
		{"a closed process", map[string]string{"11/maps": "directory", "12/maps": ours, "12/comm": "e\n"}, []User{{12, "e"}}, false},
		{"closed descriptors", map[string]string{"13/maps": others, "13/fd": ""}, nil, false},
	} {
		dir := t.TempDir()
		for name, content := range c.files {
			writeProc(t, filepath.Join(dir, name), content, target)
		}
		if users, complete := usersIn(dir, info.Dev, info.Ino); complete != c.complete || !slices.Equal(users, c.users) {
			t.Errorf("%s: %v, complete %v; want %v, %v", c.what, users, complete, c.users, c.complete)
		}
		if users, _ := usersIn(dir, info.Dev+2, info.Ino); len(users) != 0 {
			t.Errorf("%s: %v use an object of the same inode elsewhere", c.what, users)
		}
	}
}

// writeProc makes a file with this content, or what the content names: a directory, or a link to target.
func writeProc(t *testing.T, path, content, target string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	switch content {
	case "directory":
		err = errors.Join(err, os.Mkdir(path, 0o700))
	case "link":
		err = errors.Join(err, os.Symlink(target, path))
	default:
		err = errors.Join(err, os.WriteFile(path, []byte(content), 0o600))
	}
	if err != nil {
		t.Fatal(err)
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
		if users, complete := Users(info.Dev, info.Ino); complete {
			t.Errorf("%v, complete, without the right to look into root's processes", users)
		}
	})
}
