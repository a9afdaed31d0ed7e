package living

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCollision has two key files of which ftok(3) makes the same key, because it takes 16 bits of an inode's number.
func TestCollision(t *testing.T) {
	calm := look(t)
	dir, err := os.MkdirTemp(shmDir, "collision") // a tmpfs, whose inodes are numbered one after the other
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	p := start(t, qts(t, systemV)[0], dir)
	p.does("segment a one", "create a 64", "write a 0 c0ffee")
	one, two := nativeKey(p, "one"), nativeKey(p, "two")
	collide(t, one, two)
	if shmid(t, one) != shmid(t, two) {
		t.Fatal("they do not collide")
	}
	before := look(t, dir)
	ls := runs(t, dir, "ls", "--json")
	if !strings.Contains(ls.out, "collides") {
		t.Errorf("ls does not tell: %v", ls)
	}
	for _, args := range [][]string{{"clean", "two", "--yes"}, {"guard", "two", "--", "true"}, {"create", "two", "--size", "8"}} {
		if r := run(t, dir, args...); r.status == 0 {
			t.Errorf("%v: %v", args, r)
		}
		wantAsBefore(t, before, dir)
	}
	runs(t, dir, "clean", "--yes")
	p.does("segment b one", "attach b", "close b", "detach a", "exit")
	runs(t, dir, "clean", "--yes")
	if err := os.Remove(dir); err != nil {
		t.Error(err)
	}
	wantAsBefore(t, calm)
}

// collide makes a file whose inode's number ends as that of another.
func collide(t *testing.T, with, path string) {
	t.Helper()
	want := uint16(inode(t, with))
	for range 1 << 20 {
		if err := os.WriteFile(path, nil, 0o640); err != nil {
			t.Fatal(err)
		}
		if uint16(inode(t, path)) == want {
			return
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("no inode of %s ends as %d", filepath.Dir(path), want)
}
