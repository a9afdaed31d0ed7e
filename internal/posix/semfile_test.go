//go:build linux

package posix

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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

// A semaphore that is open has a mapping and a descriptor, one that is closed neither.
func TestSemCloseGivesAllBack(t *testing.T) {
	sem, name := newSem(t, 1)
	want := func(n int) {
		t.Helper()
		maps, err := os.ReadFile("/proc/self/maps")
		mappings := strings.Count(string(maps), fmt.Sprintf(" %d  ", sem.Stat().Ino))
		if fds := descriptors(t); err != nil || mappings != n || fds != n {
			t.Errorf("%d mappings, %v, %d descriptors; want %d of each", mappings, err, fds, n)
		}
	}
	other, err := SemOpen(name)
	if err != nil {
		t.Fatal(err)
	}
	want(2)
	if err := errors.Join(other.Close(), sem.Close(), other.Close()); err != nil {
		t.Error(err)
	}
	want(0)
}

// descriptors counts those of this process that lead to a file of the file system on Dir.
func descriptors(t *testing.T) (n int) {
	t.Helper()
	dir, err := os.Stat(Dir)
	links, err2 := filepath.Glob(fdDir + "*")
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if target, err := os.Stat(link); err == nil && target.Sys().(*syscall.Stat_t).Dev == dir.Sys().(*syscall.Stat_t).Dev {
			n++
		}
	}
	return n
}

// What leads to the name counts, not how many names there are.
func TestSemLinked(t *testing.T) {
	sem, name := newSem(t, 1)
	path, _ := file(semPrefix, name)
	other, _ := file(semPrefix, newName())
	opened, err := SemOpen(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		what   string
		do     func() error
		linked bool
	}{
		{"as it was made", func() error { return nil }, true},
		{"renamed", func() error { return os.Rename(path, other) }, false},
		{"replaced", func() error { return semCreate(name) }, false},
		{"renamed back", func() error { return os.Rename(other, path) }, true},
		{"two names", func() error { return os.Link(path, other) }, true},
		{"only the other name", func() error { return SemUnlink(name) }, false},
		{"a symbolic link to it", func() error { return os.Symlink(other, path) }, false},
		{"both names again", func() error { return errors.Join(os.Remove(path), os.Link(other, path)) }, true},
		{"the first name again", func() error { return os.Remove(other) }, true},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		for _, s := range []*Sem{sem, opened} {
			if linked, err := s.Linked(); err != nil || linked != step.linked {
				t.Errorf("%s: %v, %v; want %v", step.what, linked, err, step.linked)
			}
		}
	}
	if err := opened.Close(); err != nil {
		t.Error(err)
	}
}

// glibc's sem_open links a complete file from a temporary name. A process that is killed just then leaves both names.
func TestSemOpenBesideATemporaryName(t *testing.T) {
	_, name := newSem(t, 1)
	path, _ := file(semPrefix, name)
	temp := Dir + "/sem.aBcDeF"
	if err := os.Link(path, temp); err != nil {
		t.Fatal(err)
	}
	sem, err := SemOpen(name)
	if err != nil || sem.Stat().Links != 2 || !sem.TryWait() {
		t.Fatalf("%+v, %v", sem, err)
	}
	startPeers(t, 1, name)[0].ok("sem_post")
	wantState(t, sem.image, 1, 0)
	if err := errors.Join(sem.Close(), os.Remove(temp)); err != nil {
		t.Error(err)
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
	if err := errors.Join(sem.Close(), sem.PostAndClose()); err != nil {
		t.Errorf("closed twice: %v", err)
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
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, content) || descriptors(t) != 0 {
			t.Errorf("%s: now %x, %v, %d descriptors", what, after, err, descriptors(t))
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
