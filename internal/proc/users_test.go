//go:build linux

package proc

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// How Users finds real objects of other processes is tested by packages posix and bridge, which make such.

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
	defer unix.Close(fd)
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil {
		t.Fatal(err)
	}
	object := File(info.Dev, info.Ino)
	line := func(dev, ino uint64, path string) string {
		return fmt.Sprintf("7f0000000000-7f0000001000 rw-s 00000000 %02x:%02x %d    %s\n", unix.Major(dev), unix.Minor(dev), ino, path)
	}
	ours := line(info.Dev, info.Ino, "/dev/shm/x (deleted)")
	others := line(info.Dev, info.Ino*10, "/dev/shm/y") + line(info.Dev+1, info.Ino, "") + line(0, 0, ours)
	for _, c := range []struct {
		what     string
		files    map[string]string
		users    []Process
		complete bool
	}{
		{"no /proc", nil, nil, false},
		{"no processes", map[string]string{"sys/maps": ours, "self/maps": ours}, nil, false},
		{"a mapping", map[string]string{"7/maps": others + ours, "7/comm": "a name\n"}, []Process{{7, "a name"}}, true},
		{"a descriptor", map[string]string{"8/maps": "", "8/fd/3": "link", "8/comm": "b\n"}, []Process{{8, "b"}}, true},
		{"another object", map[string]string{"9/maps": others, "9/fd/3": "", "9/comm": "c\n"}, nil, true},
		{"an ended process", map[string]string{"10/comm": "d\n"}, nil, true},
		{"a closed process", map[string]string{"11/maps": "directory", "12/maps": ours, "12/comm": "e\n"}, []Process{{12, "e"}}, false},
		{"closed descriptors", map[string]string{"13/maps": others, "13/fd": ""}, nil, false},
	} {
		dir := t.TempDir()
		for name, content := range c.files {
			writeProc(t, filepath.Join(dir, name), content, target)
		}
		if users, complete := usersIn(dir, []Object{object}); complete != c.complete || !slices.Equal(users[object], c.users) {
			t.Errorf("%s: %v, complete %v; want %v, %v", c.what, users, complete, c.users, c.complete)
		}
		if users, _ := usersIn(dir, []Object{File(info.Dev+2, info.Ino), Segment(int(info.Ino))}); len(users) != 0 {
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

// Ids of segments mean something else in another IPC namespace, and a file may be called like one.
func TestUsersOfSegments(t *testing.T) {
	ours, err := os.Readlink("/proc/self/ns/ipc")
	if err != nil {
		t.Fatal(err)
	}
	const segment = "7f0000000000-7f0000001000 rw-s 00000000 00:01 42    /SYSV5107a3f1 (deleted)\n"
	for _, c := range []struct {
		what, maps, namespace string
		users                 []Process
	}{
		{"ours", segment, ours, []Process{{7, "a"}}},
		{"of another namespace", segment, "ipc:[1]", nil},
		{"of none that can be read", segment, "", nil},
		{"another id", "7f0000000000-7f0000001000 rw-s 00000000 00:01 43    /SYSV5107a3f1 (deleted)\n", ours, nil},
		{"a file", "7f0000000000-7f0000001000 rw-s 00000000 00:01 42    /home/SYSV5107a3f1\n", ours, nil},
	} {
		dir := t.TempDir()
		writeProc(t, filepath.Join(dir, "7/maps"), c.maps, "")
		writeProc(t, filepath.Join(dir, "7/comm"), "a\n", "")
		if c.namespace != "" {
			writeProc(t, filepath.Join(dir, "7/ns/ipc"), "link", c.namespace)
		}
		if users, _ := usersIn(dir, []Object{Segment(42)}); !slices.Equal(users[Segment(42)], c.users) {
			t.Errorf("%s: %v, want %v", c.what, users, c.users)
		}
	}
}
