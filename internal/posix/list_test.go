//go:build linux

package posix

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestListAndSemRead(t *testing.T) {
	_, shm := newShm(t, 1)
	name := newName()
	sem, err := SemCreate(name, 0o600, 5)
	if err != nil {
		t.Fatal(err)
	}
	base := func(name string) string { return "/" + strings.TrimLeft(name, "/") }
	segments, semaphores, err := List()
	if err != nil || !slices.Contains(segments, base(shm)) || !slices.Contains(semaphores, base(name)) ||
		slices.Contains(segments, base(name)) || slices.Contains(semaphores, base(shm)) {
		t.Errorf("%q, %q, %v; want %q and %q", segments, semaphores, err, shm, name)
	}
	if value, waiters, err := SemRead(name); value != 5 || waiters != 0 || err != nil {
		t.Errorf("%d, %d, %v", value, waiters, err)
	}
	if err := errors.Join(sem.Close(), SemUnlink(name)); err != nil {
		t.Error(err)
	}
	if _, _, err := SemRead(name); !errors.Is(err, unix.ENOENT) {
		t.Errorf("removed: %v", err)
	}
	if _, _, err := SemRead("/"); !errors.Is(err, unix.EINVAL) {
		t.Errorf("no name: %v", err)
	}
}

// Images of both word sizes are read on every machine, in the byte order of this one, which is little-endian in tests.
func TestSemReadOfOtherPrograms(t *testing.T) {
	zeros := func(n int) string { return strings.Repeat("\x00", n) }
	for image, want := range map[string][2]int{
		"\x0b\x00\x00\x00\x80" + zeros(7) + "\x02\x00\x00\x00": {5, 2},
		"\x05\x00\x00\x00\x02\x00\x00\x00\x80" + zeros(23):     {5, 2},
		"\x05" + zeros(31): {-1},
		zeros(16):          {-1},
		zeros(33):          {-1},
		"":                 {-1},
	} {
		name := newName()
		path := Dir + "/sem." + strings.TrimLeft(name, "/")
		if err := os.WriteFile(path, []byte(image), 0o600); err != nil {
			t.Fatal(err)
		}
		value, waiters, err := SemRead(name)
		if refused := errors.Is(err, ErrLayout); refused != (want[0] < 0) || !refused && (value != want[0] || waiters != want[1] || err != nil) {
			t.Errorf("%x: %d, %d, %v; want %v", image, value, waiters, err, want)
		}
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}
