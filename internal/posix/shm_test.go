//go:build linux

package posix

import (
	"errors"
	"math"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// newShm makes an object that goes with the test.
func newShm(t *testing.T, size int64) (fd int, name string) {
	t.Helper()
	name = newName()
	fd, err := ShmOpen(name, ReadWrite|Create|Exclusive, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(Close(fd), ShmUnlink(name)); err != nil {
			t.Error(err)
		}
	})
	if err := Ftruncate(fd, size); err != nil {
		t.Fatal(err)
	}
	return fd, name
}

func newMapping(t *testing.T, fd int, size int64, readOnly bool) []byte {
	t.Helper()
	mem, err := Mmap(fd, size, readOnly)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := Munmap(mem); err != nil {
			t.Error(err)
		}
	})
	return mem
}

func TestMemoryIsSharedWithGlibc(t *testing.T) {
	fd, name := newShm(t, 5000)
	ours := newMapping(t, fd, 5000, false)
	readOnly, err := ShmOpen(name, ReadOnly, 0)
	if err != nil {
		t.Fatal(err)
	}
	view := newMapping(t, readOnly, 5000, true)
	if err := Close(readOnly); err != nil {
		t.Fatal(err)
	}
	glibc := startPeer(t)
	glibc.ok("shm_open =%s %d 0", name, ReadWrite)
	glibc.ok("mmap 5000")
	glibc.ok("put 4999 7")
	ours[0] = 9
	if got := glibc.ok("get 0"); got != 9 || ours[4999] != 7 || view[4999] != 7 || view[0] != 9 || len(view) != 5000 {
		t.Errorf("glibc reads %d, we %d, read-only %d and %d", got, ours[4999], view[4999], view[0])
	}
}

func TestMemoryOfGlibc(t *testing.T) {
	name := newName()
	glibc := startPeer(t)
	glibc.ok("shm_open =%s %d %d", name, made, 0o640)
	glibc.ok("ftruncate 123")
	info, err := ShmStat(name)
	if err != nil || info.Size != 123 || info.Mode&^0o777 != unix.S_IFREG {
		t.Errorf("%+v, %v", info, err)
	}
	if err := ShmUnlink(name); err != nil {
		t.Error(err)
	}
	if err := glibc.do("shm_unlink =%s", name); err != unix.ENOENT {
		t.Errorf("unlinked by us, then by glibc: %v", err)
	}
}

func TestShmOpenFlagsAndMode(t *testing.T) {
	umask := uint32(unix.Umask(0o027))
	defer unix.Umask(int(umask))
	name := newName()
	fd, err := ShmOpen(name, made, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := errors.Join(Close(fd), ShmUnlink(name)); err != nil {
			t.Error(err)
		}
	}()
	if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil || flags != unix.FD_CLOEXEC {
		t.Errorf("descriptor flags %#x, %v; want close-on-exec", flags, err)
	}
	if info, err := Fstat(fd); err != nil || info.Mode != unix.S_IFREG|0o640 || info.Size != 0 {
		t.Errorf("%+v, %v; want mode 0640, no bytes", info, err)
	}
}

// What somebody may have planted in the object's place is not followed and does not block.
func TestShmOpenOfSomethingElse(t *testing.T) {
	link, pipe, dir := newName(), newName(), newName()
	err := errors.Join(os.Symlink(t.TempDir(), Dir+link), unix.Mkfifo(Dir+pipe, 0o600), os.Mkdir(Dir+dir, 0o700))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := errors.Join(os.Remove(Dir+link), os.Remove(Dir+pipe), os.Remove(Dir+dir)); err != nil {
			t.Error(err)
		}
	}()
	for _, flags := range []int{ReadOnly, ReadWrite, ReadWrite | Create} {
		if _, err := ShmOpen(link, flags, 0o600); errnoOf(err) != unix.ELOOP {
			t.Errorf("symbolic link, flags %#x: %v, want ELOOP", flags, err)
		}
		fd, err := ShmOpen(pipe, flags, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := Fstat(fd); err != nil || info.Size != 0 || info.Mode&unix.S_IFMT != unix.S_IFIFO {
			t.Errorf("pipe: %+v, %v", info, err)
		}
		if err := Close(fd); err != nil {
			t.Error(err)
		}
	}
	if _, err := ShmOpen(dir, ReadWrite, 0); errnoOf(err) != unix.EINVAL {
		t.Errorf("directory: %v, want EINVAL as from glibc", err)
	}
	if info, err := ShmStat(link); err != nil || info.Mode&unix.S_IFMT != unix.S_IFLNK {
		t.Errorf("%+v, %v; want the link itself", info, err)
	}
}

func TestFtruncateGrowsWithZeros(t *testing.T) {
	fd, _ := newShm(t, 10)
	copy(newMapping(t, fd, 10, false), "0123456789")
	for _, size := range []int64{4, 8192} {
		if err := Ftruncate(fd, size); err != nil {
			t.Fatal(err)
		}
	}
	mem := newMapping(t, fd, 8192, false)
	if string(mem[:6]) != "0123\x00\x00" || mem[8191] != 0 {
		t.Errorf("%q", mem[:6])
	}
}

func TestShmErrorsNameTheCall(t *testing.T) {
	fd, _ := newShm(t, 1)
	mapped := func(fd int, size int64) error {
		_, err := Mmap(fd, size, true)
		return err
	}
	_, stat := Fstat(-1)
	_, missing := ShmStat(newName())
	_, noName := SemStat("/a/b")
	for _, c := range []struct {
		err   error
		call  string
		errno error
	}{
		{Ftruncate(-1, 0), "ftruncate", unix.EBADF},
		{Ftruncate(fd, -1), "ftruncate", unix.EINVAL},
		{Close(-1), "close", unix.EBADF},
		{mapped(fd, 0), "mmap", unix.EINVAL},
		{mapped(fd, math.MaxInt64), "mmap", unix.ENOMEM},
		{mapped(-1, 1), "mmap", unix.EBADF},
		{Munmap(nil), "munmap", unix.EINVAL},
		{stat, "fstat", unix.EBADF},
		{missing, "lstat", unix.ENOENT},
		{noName, "lstat", unix.ENOENT},
	} {
		if callOf(c.err) != c.call || errnoOf(c.err) != c.errno {
			t.Errorf("%v, want %s: %v", c.err, c.call, c.errno)
		}
	}
}
