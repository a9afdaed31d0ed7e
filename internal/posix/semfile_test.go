//go:build linux

package posix

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// removeSems unlinks names that a test has made.
func removeSems(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := SemUnlink(name); err != nil {
			t.Error(err)
		}
	}
}

// objects lists Dir.
func objects(t *testing.T) (names []string) {
	t.Helper()
	files, err := os.ReadDir(Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		names = append(names, file.Name())
	}
	return names
}

// A new semaphore is, byte for byte and mode for mode, what glibc makes of the same arguments, under the same umask.
func TestSemCreateAsGlibc(t *testing.T) {
	defer unix.Umask(unix.Umask(0o026))
	glibc := startPeer(t)
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
	if after := objects(t); len(after) != len(before) {
		t.Errorf("%q before, %q after", before, after)
	}
	glibc := startPeer(t)
	if err := glibc.do("sem_create =%s 384 1", name); err != unix.EEXIST {
		t.Errorf("glibc: %v, want EEXIST", err)
	}
	if err := glibc.do("sem_create =%s 384 -1", newName()); err != unix.EINVAL {
		t.Errorf("glibc, value -1: %v, want EINVAL", err)
	}
}

// A semaphore that is open and closed leaves no mapping.
func TestSemCloseUnmaps(t *testing.T) {
	sem, name := newSem(t, 1)
	mappings := func() int {
		maps, err := os.ReadFile("/proc/self/maps")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(maps), fmt.Sprintf(" %d  ", sem.Stat().Ino))
	}
	other, err := SemOpen(name)
	if err != nil {
		t.Fatal(err)
	}
	if n := mappings(); n != 2 {
		t.Errorf("%d mappings of a semaphore that is open twice", n)
	}
	if err := errors.Join(other.Close(), sem.Close()); err != nil || mappings() != 0 {
		t.Errorf("%v, %d mappings after both are closed", err, mappings())
	}
}

func TestSemSurvivesItsName(t *testing.T) {
	name := newName()
	sem, err := SemCreate(name, 0o600, 1)
	if err != nil {
		t.Fatal(err)
	}
	other, err := SemOpen(name)
	if err != nil {
		t.Fatal(err)
	}
	removeSems(t, name)
	if _, err := SemOpen(name); errnoOf(err) != unix.ENOENT || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("unlinked: %v, want ENOENT", err)
	}
	if !sem.TryWait() || other.TryWait() {
		t.Error("the two are not one semaphore")
	}
	if err := errors.Join(sem.Close(), other.Close()); err != nil {
		t.Error(err)
	}
	if err := sem.Close(); err != nil || sem.image != nil {
		t.Errorf("closed twice: %v, and %p may be another's by now", err, sem.image)
	}
}

// What is no semaphore of this architecture's glibc is refused, and left as it is.
func TestSemOpenRefusesOtherLayouts(t *testing.T) {
	name := newName()
	path, _ := file(semPrefix, name)
	image := func(l layout) []byte {
		l.init(1)
		return bytes.Clone(bytesOf(l))
	}
	unmarked := image(new(image64))
	if imageSize == 16 {
		unmarked = image(new(image32))
	}
	clear(unmarked[4:]) // glibc before 2.21 and musl: a count, then zeros
	for what, content := range map[string][]byte{
		"empty":               {},
		"other word size":     image(map[int64]layout{16: new(image64), 32: new(image32)}[imageSize]),
		"no mark":             unmarked,
		"longer than a sem_t": make([]byte, 4096),
	} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := SemOpen(name)
		if !errors.Is(err, ErrLayout) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want ErrLayout and the path", what, err)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, content) {
			t.Errorf("%s: now %x, %v", what, after, err)
		}
		removeSems(t, name)
	}
}

func TestSemOpenRefusesWhatIsNoFile(t *testing.T) {
	target, name := newSem(t, 1)
	path, _ := file(semPrefix, name)
	link, pipe, dir := newName(), newName(), newName()
	of := func(name string) string { p, _ := file(semPrefix, name); return p }
	err := errors.Join(os.Symlink(path, of(link)), unix.Mkfifo(of(pipe), 0o600), os.Mkdir(of(dir), 0o700))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := SemOpen(link); errnoOf(err) != unix.ELOOP {
		t.Errorf("link: %v, want ELOOP", err)
	}
	if _, err := SemOpen(pipe); !errors.Is(err, ErrLayout) {
		t.Errorf("pipe: %v, want ErrLayout", err)
	}
	if _, err := SemOpen(dir); errnoOf(err) != unix.EISDIR {
		t.Errorf("directory: %v, want EISDIR", err)
	}
	for _, name := range []string{link, pipe, dir} {
		if _, err := SemCreate(name, 0o600, 1); errnoOf(err) != unix.EEXIST {
			t.Errorf("create: %v, want EEXIST", err)
		}
		if err := os.Remove(of(name)); err != nil {
			t.Error(err)
		}
	}
	wantState(t, target.image, 1, 0)
}
