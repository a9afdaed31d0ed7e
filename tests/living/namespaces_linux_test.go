package living

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// apart makes a program run in an IPC namespace of its own, as in a container that shares /tmp with the host.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWIPC }

// TestKeyFileOfAnotherNamespace has the key file of a segment here, and the segment elsewhere.
func TestKeyFileOfAnotherNamespace(t *testing.T) {
	for _, kind := range append(qts(t, systemV), "go") {
		t.Run(kind, func(t *testing.T) {
			dir := t.TempDir()
			calm := look(t, dir)
			p := start(t, kind, dir, apart)
			p.does("segment a test", "create a 64", "lock a")
			there := look(t, dir)
			if new := there.since(calm); len(new) != 2 {
				t.Fatalf("%q; want two key files and no segment", new)
			}
			ls := runs(t, dir, "ls", "--json")
			if !strings.Contains(ls.out, nativeKey(p, "test")) || strings.Contains(ls.out, `"exists":true,"size"`) {
				t.Errorf("ls: %v", ls)
			}
			runs(t, dir, "clean", "--yes")
			wantAsBefore(t, there, dir)
			p.does("unlock a", "segment b test", "attach b", "exit")
			wantAsBefore(t, calm, dir)
		})
	}
}

// Once nobody is there any more who could have a segment of it, a key file is left behind.
func TestKeyFileOfAnEndedNamespace(t *testing.T) {
	dir := t.TempDir()
	calm := look(t, dir)
	leave(t, systemV, "test", dir, apart) // the segment goes with the namespace
	if files := look(t, dir).since(calm); len(files) != 2 {
		t.Fatalf("%q; want two key files", files)
	}
	runs(t, dir, "clean", "--yes")
	wantAsBefore(t, calm, dir)
}
