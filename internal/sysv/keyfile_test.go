//go:build linux

package sysv

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func TestKeyTakesTheBitsThatFtokTakes(t *testing.T) {
	for _, c := range []struct {
		file KeyFile
		id   uint8
		want int32
	}{
		{KeyFile{Dev: 0xfe01, Ino: 0x123456}, 'Q', 0x51013456},
		{KeyFile{Dev: 0x1ff, Ino: 0xffff_ffff_0000}, 'Q', 0x51ff0000},
		{KeyFile{Dev: 0, Ino: 1}, 0xff, -0x00ffffff},
		{KeyFile{Dev: 0x10300, Ino: 0xabcd}, 1, 0x0100abcd},
	} {
		if got := c.file.Key(c.id); got != c.want {
			t.Errorf("%+v, id %#x: %#x, want %#x", c.file, c.id, got, c.want)
		}
	}
}

func TestCreateKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	for i, want := range []bool{true, false} {
		file, made, err := CreateKeyFile(path)
		if err != nil || made != want {
			t.Fatalf("call %d: %v, %v; want %v", i+1, made, err, want)
		}
		if looked, err := StatKeyFile(path); err != nil || made && file != looked {
			t.Errorf("made %+v, found %+v, %v", file, looked, err)
		}
	}
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	umask := os.FileMode(unix.Umask(0))
	unix.Umask(int(umask))
	if st.Mode() != 0o640&^umask || st.Size() != 0 {
		t.Errorf("mode %v, %d bytes; want %v and none", st.Mode(), st.Size(), 0o640&^umask)
	}
	if _, _, err := CreateKeyFile(filepath.Join(path, "below")); !errors.Is(err, unix.ENOTDIR) {
		t.Errorf("below a file: %v, want ENOTDIR", err)
	}
}

func TestStatKeyFileDoesNotFollow(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if _, _, err := CreateKeyFile(target); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	of := func(path string) KeyFile {
		f, err := StatKeyFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	if l, f := of(link), of(target); !l.IsSymlink() || f.IsSymlink() || l.Ino == f.Ino || int(f.UID) != os.Getuid() {
		t.Errorf("link %+v, target %+v", l, f)
	}
	if _, made, err := CreateKeyFile(link); made || err != nil {
		t.Errorf("create over a link: %v, %v; want false", made, err)
	}
}

func TestUnlink(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if _, _, err := CreateKeyFile(path); err != nil {
		t.Fatal(err)
	}
	if err := Unlink(path); err != nil {
		t.Fatal(err)
	}
	err := Unlink(path)
	var sys *os.SyscallError
	if !errors.As(err, &sys) || sys.Syscall != "unlink" || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("second unlink: %v", err)
	}
}
