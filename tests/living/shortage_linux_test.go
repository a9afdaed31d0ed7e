package living

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// setLimit sets a limit of this IPC namespace for as long as the test runs.
func setLimit(t *testing.T, name, value string) {
	t.Helper()
	path := filepath.Join("/proc/sys/kernel", name)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	set := func(value []byte) {
		if err := os.WriteFile(path, value, 0); err != nil {
			t.Fatal(err)
		}
	}
	set([]byte(value))
	t.Cleanup(func() { set(before) })
}

// TestNoMoreObjects has no room for another segment, or another semaphore, until clean removes one that was left behind.
func TestNoMoreObjects(t *testing.T) {
	needRoot(t)
	for _, c := range []struct{ limit, value, word string }{
		{"shmmni", "1", "kernel.shmmni"},
		{"sem", "250 32000 100 1", "kernel.sem"},
	} {
		t.Run(c.limit, func(t *testing.T) {
			dir := t.TempDir()
			calm := look(t, dir)
			leave(t, systemV, "left", dir)
			setLimit(t, c.limit, c.value)
			full := look(t, dir)
			for _, args := range [][]string{
				{"create", "next", "--size", "8"}, {"guard", "next", "--", "true"},
			} {
				r := run(t, dir, args...)
				if r.status == 0 || !strings.Contains(r.err, c.word) || !strings.Contains(r.err, "qtpeer clean") {
					t.Errorf("%v: %v", args, r)
				}
				wantAsBefore(t, full, dir)
			}
			for _, args := range [][]string{{"ls"}, {"doctor"}} {
				if r := run(t, dir, args...); !strings.Contains(r.out, map[string]string{"ls": "left", "doctor": c.limit}[args[0]]) {
					t.Errorf("%v: %v", args, r)
				}
			}
			runs(t, dir, "clean", "--yes")
			wantAsBefore(t, calm, dir)
			for _, kind := range append(qts(t, systemV), "go") {
				start(t, kind, dir).does("segment a next", "create a 8", "exit")
			}
		})
	}
}

// TestFullShm has no memory for another POSIX segment until clean removes one that was left behind.
func TestFullShm(t *testing.T) {
	if err := syscall.Mount("shmbridge-test", shmDir, "tmpfs", 0, "size=64k,mode=1777"); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Unmount(shmDir, 0); err != nil {
			t.Error(err)
		}
	}()
	dir, none := t.TempDir(), look(t)
	p := start(t, append(qts(t, posix), "go")[0], dir)
	p.does("keys legacy posix", "segment a left", "create a 49152")
	p.tell("write a 0 " + strings.Repeat("ff", 49152))
	p.answer()
	p.kill()
	filler := filepath.Join(shmDir, "filler")
	if err := os.WriteFile(filler, make([]byte, 12288), 0o600); err != nil {
		t.Fatal(err)
	}
	full := look(t, dir)
	for _, args := range [][]string{
		{"create", "--type", "posix", "next", "--size", "8"}, {"guard", "--type", "posix", "next", "--", "true"},
	} {
		r := run(t, dir, args...)
		if r.status == 0 || !strings.Contains(r.err, "no space left") || !strings.Contains(r.err, shmDir) {
			t.Errorf("%v: %v", args, r)
		}
		wantAsBefore(t, full, dir)
	}
	if r := runs(t, dir, "ls"); !strings.Contains(r.out, "left") {
		t.Errorf("ls: %v", r)
	}
	runs(t, dir, "clean", "--yes")
	for _, kind := range append(qts(t, posix), "go") {
		text := strings.Repeat("ff", 8192)
		start(t, kind, dir).does("keys legacy posix", "segment a next", "create a 8192", "write a 0 "+text, "exit")
		start(t, "go", dir).does("keys legacy posix", "remove next", "exit")
	}
	if err := os.Remove(filler); err != nil {
		t.Error(err)
	}
	wantAsBefore(t, none, dir)
}
