//go:build linux

package posix

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ways are the two in which SemCreate makes its file.
var ways = map[string]func(t *testing.T){
	"without a name":   func(*testing.T) {},
	"by a second name": func(t *testing.T) { t.Cleanup(mount(t, "/proc", 0, "")) },
}

// A new semaphore is, byte for byte and mode for mode, what glibc makes of the same arguments, under the same umask.
func TestSemCreateAsGlibc(t *testing.T) {
	defer unix.Umask(unix.Umask(0o026))
	glibc := startPeer(t)
	for way, prepare := range ways {
		t.Run(way, func(t *testing.T) {
			prepare(t)
			for _, c := range []struct {
				mode  uint32
				value int
			}{{0o600, 0}, {0o600, 1}, {0o666, 5}, {0o640, SemValueMax}, {0o4777, 0x1234567}, {0o400, 2}} {
				ours, theirs := newName(), newName()
				sem, err := SemCreate(ours, c.mode, c.value)
				if err != nil {
					t.Fatal(err)
				}
				glibc.ok("sem_create =%s %d %d", theirs, c.mode, c.value)
				wantState(t, sem.image, uint32(c.value), 0)
				compareFiles(t, ours, theirs)
				if err := sem.Close(); err != nil {
					t.Error(err)
				}
				removeSems(t, ours, theirs)
			}
			if left := objects(t); len(left) != 0 {
				t.Errorf("left in %s: %q", Dir, left)
			}
		})
	}
}

// There is one name only, so that a process that is killed at any moment leaves nothing unusable. The other way has two
// for a moment.
func TestNamesWhileASemaphoreIsMade(t *testing.T) {
	for way, want := range map[string]int{"without a name": 1, "by a second name": 3} {
		t.Run(way, func(t *testing.T) {
			ways[way](t)
			fd, err := unix.InotifyInit1(unix.IN_CLOEXEC)
			if err != nil {
				t.Fatal(err)
			}
			defer closeFD(t, fd)
			if _, err := unix.InotifyAddWatch(fd, Dir, unix.IN_CREATE|unix.IN_DELETE|unix.IN_MOVE); err != nil {
				t.Fatal(err)
			}
			name := newName()
			if err := semCreate(name); err != nil {
				t.Fatal(err)
			}
			names := eventNames(t, fd)
			if base := semPrefix + name[1:]; len(names) != want || !slices.Contains(names, base) {
				t.Errorf("names made or removed: %q; want %d, among them %s", names, want, base)
			}
			removeSems(t, name)
		})
	}
}

// eventNames returns the names in the events of inotify(7) that are there.
func eventNames(t *testing.T, fd int) (names []string) {
	t.Helper()
	buf := make([]byte, 4096)
	n, err := unix.Read(fd, buf)
	if err != nil {
		t.Fatal(err)
	}
	for buf = buf[:n]; len(buf) >= unix.SizeofInotifyEvent; {
		event := (*unix.InotifyEvent)(unsafe.Pointer(&buf[0]))
		end := unix.SizeofInotifyEvent + int(event.Len)
		names = append(names, unix.ByteSliceToString(buf[unix.SizeofInotifyEvent:end]))
		buf = buf[end:]
	}
	return names
}

func compareFiles(t *testing.T, ours, theirs string) {
	t.Helper()
	a, err := SemStat(ours)
	b, err2 := SemStat(theirs)
	if err != nil || err2 != nil || a.Mode != b.Mode || a.UID != b.UID || a.Links != b.Links || a.Size != b.Size {
		t.Errorf("%+v, %v, but glibc's %+v, %v", a, err, b, err2)
	}
	path, _ := file(semPrefix, ours)
	other, _ := file(semPrefix, theirs)
	mine, err := os.ReadFile(path)
	yours, err2 := os.ReadFile(other)
	if err != nil || err2 != nil || !bytes.Equal(mine, yours) {
		t.Errorf("%x, %v, but glibc's\n%x, %v", mine, err, yours, err2)
	}
}

func TestSemCreateRefuses(t *testing.T) {
	sem, name := newSem(t, 3)
	before := objects(t)
	tooLarge := SemValueMax
	tooLarge++ // negative where int has 32 bits
	for _, c := range []struct {
		name  string
		value int
		errno error
	}{
		{name, 1, unix.EEXIST},
		{newName(), -1, unix.EINVAL},
		{newName(), tooLarge, unix.EINVAL},
		{newName() + strings.Repeat("x", 300), 1, unix.ENAMETOOLONG},
	} {
		if _, err := SemCreate(c.name, 0o600, c.value); errnoOf(err) != c.errno || callOf(err) != "sem_open" {
			t.Errorf("%.40q, %d: %v, want sem_open: %v", c.name, c.value, err, c.errno)
		}
	}
	wantState(t, sem.image, 3, 0)
	if after := objects(t); len(after) != len(before) || descriptors(t) != 1 {
		t.Errorf("%q before, %q after, %d descriptors", before, after, descriptors(t))
	}
	glibc := startPeer(t)
	if err := glibc.do("sem_create =%s 384 1", name); err != unix.EEXIST {
		t.Errorf("glibc: %v, want EEXIST", err)
	}
	if err := glibc.do("sem_create =%s 384 -1", newName()); err != unix.EINVAL {
		t.Errorf("glibc, value -1: %v, want EINVAL", err)
	}
}
