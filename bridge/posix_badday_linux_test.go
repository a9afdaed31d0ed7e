package bridge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func posixKey(native string) ipckey.Key {
	return ipckey.Key{Type: ipckey.PosixRealtime, Native: native}
}

// everything tries all that takes a key of a segment; nothing of it may take longer than a moment.
func everything(t *testing.T, key ipckey.Key, try func(op string, err error)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := Create(ctx, key, 8)
	try("create", err)
	for _, access := range []Access{ReadOnly, ReadWrite} {
		_, err := Attach(ctx, key, access)
		try("attach "+access.String(), err)
	}
	_, err = Inspect(key)
	try("inspect", err)
	try("remove", Remove(ctx, key))
}

func wantEmptyShm(t *testing.T, when string) {
	t.Helper()
	if left, err := os.ReadDir(posix.Dir); err != nil || len(left) > 0 {
		t.Errorf("%s: left behind: %v, %v", when, left, err)
	}
}

func TestPosixNamesThatCannotBe(t *testing.T) {
	const form, limits = "one slash and then", "251 255"
	long := "/" + strings.Repeat("x", 251)
	for native, advice := range map[string]string{
		"": "empty", "/": form, "/a/b": form, "a/b": form, "/a/": form, "/../shm/a": form, "/a\x00b": form,
		long + "x": limits, long + "xxxx": limits, long + "xxxxx": limits, "/a\xffb": "UTF-8",
	} {
		try := func(op string, err error) {
			text := strings.ReplaceAll(fmt.Sprint(err), long, "/xxx")
			advised := advice == limits && slices.ContainsFunc(strings.Fields(limits), func(limit string) bool {
				return strings.Contains(text, limit)
			})
			if CodeOf(err) != CodeKeyError || !advised && !strings.Contains(text, advice) {
				t.Errorf("%s %.10q (%d bytes): %s (code %d), want code %d and %q", op, native, len(native), text, CodeOf(err), CodeKeyError, advice)
			}
		}
		everything(t, posixKey(native), func(op string, err error) {
			if !strings.HasPrefix(op, "attach") || len(native) <= len(long) || !errors.Is(err, fs.ErrNotExist) {
				try(op, err) // the name of the lock alone may be too long, and attach looks for the segment first
			}
		})
		if advice != "UTF-8" {
			_, err := OpenSemaphore(t.Context(), posixKey(native), 1, OpenExisting)
			try("semaphore", err)
		}
		wantEmptyShm(t, native)
	}
}

// glibc adds a missing slash.
func TestPosixNamesThatCanBe(t *testing.T) {
	for _, native := range []string{"/" + strings.Repeat("x", 251), "/a b?%#", "/日本語", "a", "//a"} {
		s := create(t, posixKey(native), 8, RemoveLast())
		for _, file := range []string{"/", "/sem."} {
			if _, err := os.Lstat(posix.Dir + file + strings.TrimLeft(native, "/")); err != nil {
				t.Error(err)
			}
		}
		detach(t, attach(t, posixKey(native), ReadOnly))
		detach(t, s)
		wantEmptyShm(t, native)
	}
}

func plantDir(path string) error  { return os.Mkdir(path, 0o700) }
func plantFIFO(path string) error { return syscall.Mkfifo(path, 0o600) }
func plantLink(path string) error { return os.Symlink("/etc/passwd", path) }

func plantFile(size int) func(string) error {
	return func(path string) error { return os.WriteFile(path, make([]byte, size), 0o600) }
}

func TestPosixSegmentThatIsNone(t *testing.T) {
	for what, c := range map[string]struct {
		plant func(path string) error
		code  Code
	}{"directory": {plantDir, CodeKeyError}, "FIFO": {plantFIFO, CodeKeyError}, "symbolic link": {plantLink, CodePermissionDenied}} {
		key := newPosixKey(t)
		path := posix.Dir + key.Native
		if err := c.plant(path); err != nil {
			t.Fatal(err)
		}
		everything(t, key, func(op string, err error) {
			want := c.code
			if op == "create" {
				want = CodeAlreadyExists
			}
			if CodeOf(err) != want || errors.Is(err, ErrSymlink) != (c.code == CodePermissionDenied && op != "create") {
				t.Errorf("%s, %s: %v (code %d), want code %d", what, op, err, CodeOf(err), want)
			}
			for _, bad := range []string{"attach to it", "lease", "one slash"} {
				if strings.Contains(fmt.Sprint(err), bad) {
					t.Errorf("%s, %s: bad advice: %v", what, op, err)
				}
			}
		})
		wantObjects(t, what, key, true, false)
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

func TestPosixLockThatIsNone(t *testing.T) {
	size := 32 * strconv.IntSize / 64 // of glibc's sem_t
	for what, c := range map[string]struct {
		plant func(path string) error
		want  error
	}{
		"empty": {plantFile(0), posix.ErrLayout}, "too long": {plantFile(size + 1), posix.ErrLayout},
		"of the other word size": {plantFile(48 - size), posix.ErrLayout}, "all zero": {plantFile(size), posix.ErrLayout},
		"FIFO": {plantFIFO, posix.ErrLayout}, "directory": {plantDir, syscall.EISDIR}, "symbolic link": {plantLink, ErrSymlink},
	} {
		key := newPosixKey(t)
		path := posix.Dir + "/sem." + lockKey(t, key).Native[1:]
		wantAll := func(op string, err error) {
			if !errors.Is(err, c.want) {
				t.Errorf("%s, %s: %v; want %v", what, op, err, c.want)
			}
			wantText(t, err, lockKey(t, key).Native)
		}
		if err := c.plant(path); err != nil {
			t.Fatal(err)
		}
		everything(t, key, func(op string, err error) {
			if !strings.HasPrefix(op, "attach") {
				wantAll(op, err)
			} else if !errors.Is(err, fs.ErrNotExist) { // it looks for the segment first
				t.Errorf("%s, %s: %v", what, op, err)
			}
		})
		wantObjects(t, what, key, false, true)
		_, die := beginMemory(t, key)
		resize(t, key, 8)
		die()
		everything(t, key, func(op string, err error) {
			if op != "create" {
				wantAll(op, err)
			} else if !errors.Is(err, fs.ErrExist) {
				t.Errorf("%s, %s: %v", what, op, err)
			}
		})
		_, err := OpenSemaphore(t.Context(), lockKey(t, key), 1, CreateNew)
		wantAll("open the semaphore", err)
		wantObjects(t, what, key, true, true)
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

func TestPosixWithoutShm(t *testing.T) {
	if err := syscall.Mount("shmbridge-test", "/dev", "tmpfs", 0, ""); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Unmount("/dev", 0); err != nil {
			t.Fatal(err)
		}
	}()
	key := posixKey("/a")
	_, createErr := Create(t.Context(), key, 8)
	_, semErr := OpenSemaphore(t.Context(), key, 1, OpenExisting)
	_, attachErr := Attach(t.Context(), key, ReadOnly)
	for _, err := range []error{createErr, semErr, attachErr} {
		wantText(t, err, "mount a tmpfs on "+posix.Dir)
	}
	wantError(t, createErr, errors.ErrUnsupported, CodeUnsupported)
	wantError(t, semErr, errors.ErrUnsupported, CodeUnsupported)
}

func TestPosixReadOnlyShm(t *testing.T) {
	mountShm(t, "")
	key, other := newPosixKey(t), newPosixKey(t)
	detach(t, create(t, key, 8))
	remount := func(flags uintptr) {
		if err := syscall.Mount("", posix.Dir, "", syscall.MS_REMOUNT|flags, ""); err != nil {
			t.Fatal(err)
		}
	}
	remount(syscall.MS_RDONLY)
	defer remount(0)
	everything(t, key, func(op string, err error) {
		switch {
		case op == "create" && errors.Is(err, fs.ErrExist):
		case op == "inspect" && err == nil:
		case !errors.Is(err, syscall.EROFS):
			t.Errorf("%s: %v, want %v", op, err, syscall.EROFS)
		}
	})
	_, err := Create(t.Context(), other, 8)
	wantError(t, err, syscall.EROFS, CodeUnknownError)
}
