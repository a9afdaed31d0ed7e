package bridge

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestSizesThatCannotBe(t *testing.T) {
	sizes := map[int]Code{0: CodeInvalidSize, -1: CodeInvalidSize, math.MinInt: CodeInvalidSize}
	if strconv.IntSize == 64 { // a 32-bit program can have all that an int says
		sizes[math.MaxInt] = CodeOutOfResources
	}
	for size, code := range sizes {
		_, err := Create(t.Context(), newKey(t), size) // newKey asserts that nothing is left
		if CodeOf(err) != code {
			t.Errorf("size %d: %v (code %d), want code %d", size, err, CodeOf(err), code)
		}
	}
}

func TestKeysThatCannotBe(t *testing.T) {
	newKey(t) // for its TMPDIR
	for name, want := range map[string]error{"": ipckey.ErrEmptyKey, "a\xffb": ipckey.ErrNotUTF8} {
		_, err := LegacyKey(name)
		wantError(t, err, want, CodeKeyError)
	}
	key, err := LegacyKey(strings.Repeat("x", 198))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Create(t.Context(), key, 8)
	wantError(t, err, syscall.ENAMETOOLONG, CodeKeyError)
	if !strings.Contains(err.Error(), "197") {
		t.Errorf("no advice in %q", err)
	}
	_, err = Attach(t.Context(), key, ReadWrite)
	wantError(t, err, syscall.ENAMETOOLONG, CodeKeyError)
	for _, key := range []ipckey.Key{{}, {Type: ipckey.SystemV}, {Type: ipckey.Windows, Native: "x"}} {
		if _, err := Attach(t.Context(), key, ReadWrite); err == nil || CodeOf(err) == CodeUnknownError {
			t.Errorf("%#v: %v (code %d)", key, err, CodeOf(err))
		}
	}
}

func TestKeyWithNULWorksAsInQt(t *testing.T) {
	newKey(t)
	key, err := LegacyKey("a\x00b")
	if err != nil {
		t.Fatal(err)
	}
	create(t, key, 8)
	attach(t, key, ReadOnly)
}

func TestNativeKeyWithNULIsRefused(t *testing.T) {
	key := newKey(t)
	key.Native += "\x00"
	_, err := Create(t.Context(), key, 8)
	if !errors.Is(err, syscall.EINVAL) {
		t.Errorf("%v, want EINVAL", err)
	}
}

func TestTMPDIRs(t *testing.T) {
	newKey(t)
	dir := os.Getenv("TMPDIR")
	real := filepath.Join(dir, "real")
	link := filepath.Join(dir, "link")
	if err := errors.Join(os.Mkdir(real, 0o700), os.Symlink(real, link)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, tmp := range []string{real, link, "real", "./link/", real + "/../real"} {
		t.Setenv("TMPDIR", tmp)
		key, err := LegacyKey("demo")
		if err != nil {
			t.Fatal(err)
		}
		s := create(t, key, 8)
		t.Setenv("TMPDIR", real) // every spelling of one directory means the same segment
		same, err := LegacyKey("demo")
		if err != nil {
			t.Fatal(err)
		}
		if n := inspect(t, same).Attached; n != 1 {
			t.Errorf("TMPDIR=%s: %d attached as seen from %s", tmp, n, real)
		}
		detach(t, s)
	}
	t.Setenv("TMPDIR", filepath.Join(dir, "missing"))
	key, err := LegacyKey("demo")
	if err != nil {
		t.Fatal(err)
	}
	_, err = Create(t.Context(), key, 8)
	wantError(t, err, fs.ErrNotExist, CodeKeyError)
	if !strings.Contains(err.Error(), "TMPDIR") {
		t.Errorf("no advice in %q", err)
	}
	_, err = Attach(t.Context(), key, ReadWrite)
	wantError(t, err, fs.ErrNotExist, CodeNotFound)
	if err := errors.Join(os.Remove(link), os.Remove(real)); err != nil {
		t.Error(err)
	}
}

func TestUnwritableTMPDIR(t *testing.T) {
	key := newKey(t)
	openToAll(t, key)
	if err := os.Chmod(filepath.Dir(key.Native), 0o755); err != nil {
		t.Fatal(err)
	}
	asUser(t, 65534, func() {
		_, err := Create(t.Context(), key, 8)
		wantError(t, err, fs.ErrPermission, CodeKeyError)
		if !strings.Contains(err.Error(), "cannot write to the directory") {
			t.Errorf("no advice in %q", err)
		}
	})
}

func TestPlantedSymlinkIsNotFollowed(t *testing.T) {
	key := newKey(t)
	target := filepath.Join(t.TempDir(), "target")
	for _, planted := range []string{key.Native, lockKey(t, key).Native} {
		if err := os.Symlink(target, planted); err != nil {
			t.Fatal(err)
		}
		_, err := Create(t.Context(), key, 8)
		wantError(t, err, ErrSymlink, CodePermissionDenied)
		if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: the target was touched: %v", planted, err)
		}
		if _, err := os.Lstat(planted); err != nil {
			t.Errorf("%s: the link was touched: %v", planted, err)
		}
		if err := os.Remove(planted); err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeyFileWithoutSegment(t *testing.T) {
	key := newKey(t)
	if _, _, err := sysv.CreateKeyFile(key.Native); err != nil {
		t.Fatal(err)
	}
	_, err := Attach(t.Context(), key, ReadWrite)
	wantError(t, err, fs.ErrNotExist, CodeNotFound)
	if !strings.Contains(err.Error(), "qtpeer clean") {
		t.Errorf("no advice in %q", err)
	}
	if info := inspect(t, key); !info.KeyFile.Exists || info.Semaphore.Exists {
		t.Errorf("attach changed something: %+v", info)
	}
	s := create(t, key, 8) // uses it, and newKey asserts that it goes with the segment
	detach(t, s)
	if _, _, err := sysv.CreateKeyFile(key.Native); err != nil {
		t.Fatal(err)
	}
	if err := Remove(t.Context(), key); err != nil {
		t.Error(err)
	}
}

func TestSegmentWithoutKeyFile(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	if err := sysv.Unlink(key.Native); err != nil {
		t.Fatal(err)
	}
	_, err := Attach(t.Context(), key, ReadWrite)
	wantError(t, err, fs.ErrNotExist, CodeNotFound)
	lock(t, s)
	unlock(t, s)
	wantValue(t, key, 1)
}

// A temp cleaner took the lock's key file, and somebody made another lock: the old one must not take its file away.
func TestLockFileReplacedSurvivesDetach(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	path := inspect(t, key).Semaphore.Native
	if err := os.Rename(path, path+".old"); err != nil { // keeps the inode, so that the new file has another
		t.Fatal(err)
	}
	if _, _, err := sysv.CreateKeyFile(path); err != nil {
		t.Fatal(err)
	}
	detach(t, s)
	if err := errors.Join(os.Remove(path), os.Remove(path+".old")); err != nil {
		t.Errorf("somebody else's key file was removed: %v", err)
	}
}

func TestSegmentOfAnotherUser(t *testing.T) {
	key := newKey(t)
	openToAll(t, key)
	create(t, key, 8)
	before := inspect(t, key)
	asUser(t, 65534, func() {
		_, err := Attach(t.Context(), key, ReadWrite)
		wantError(t, err, fs.ErrPermission, CodePermissionDenied)
		if !strings.Contains(err.Error(), "user 0") {
			t.Errorf("whose it is is missing in %q", err)
		}
		_, err = Create(t.Context(), key, 8)
		wantError(t, err, fs.ErrExist, CodeAlreadyExists)
		wantError(t, Remove(t.Context(), key), fs.ErrPermission, CodePermissionDenied)
		if info, err := Inspect(key); !errors.Is(err, fs.ErrPermission) || info.KeyFile.Owner != 0 {
			t.Errorf("inspect: %+v, %v", info, err)
		}
	})
	if after := inspect(t, key); !reflect.DeepEqual(after, before) {
		t.Errorf("before %+v\nafter  %+v", before, after)
	}
}

func TestRequireOwner(t *testing.T) {
	key := newKey(t)
	openToAll(t, key)
	var theirs *Segment
	asUser(t, 65534, func() {
		s, err := Create(t.Context(), key, 8)
		if err != nil {
			t.Fatal(err)
		}
		theirs = s
	})
	_, err := Attach(t.Context(), key, ReadOnly, RequireOwner())
	wantError(t, err, ErrForeignOwner, CodePermissionDenied)
	wantError(t, Remove(t.Context(), key, RequireOwner()), ErrForeignOwner, CodePermissionDenied)
	attach(t, key, ReadOnly) // root may, when it does not ask
	asUser(t, 65534, func() { detach(t, theirs) })
}

func TestRequireOwnerRefusesAPlantedKeyFile(t *testing.T) {
	key := newKey(t)
	openToAll(t, key)
	asUser(t, 65534, func() {
		if _, _, err := sysv.CreateKeyFile(key.Native); err != nil {
			t.Fatal(err)
		}
	})
	_, err := Create(t.Context(), key, 8, RequireOwner())
	wantError(t, err, ErrForeignOwner, CodePermissionDenied)
	if info := inspect(t, key); !info.KeyFile.Exists || info.Semaphore.Exists || info.KeyFile.Owner != 65534 {
		t.Errorf("%+v", info)
	}
	if err := os.Remove(key.Native); err != nil {
		t.Error(err)
	}
}

// The key files are ours, what was made with them is not.
func TestRequireOwnerLooksAtTheObjects(t *testing.T) {
	key := newKey(t)
	openToAll(t, key)
	lockPath := inspect(t, key).Semaphore.Native
	keyOf := func(path string) int32 {
		if _, _, err := sysv.CreateKeyFile(path); err != nil {
			t.Fatal(err)
		}
		file, err := sysv.StatKeyFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return file.Key('Q')
	}
	shmKey, semKey := keyOf(key.Native), keyOf(lockPath)
	var shm, sem int
	var err, err2 error
	asUser(t, 65534, func() { shm, err = sysv.Shmget(shmKey, 8, 0o600|sysv.Create) })
	_, attachErr := Attach(t.Context(), key, ReadOnly, RequireOwner())
	wantError(t, attachErr, ErrForeignOwner, CodePermissionDenied)
	wantError(t, Remove(t.Context(), key, RequireOwner()), ErrForeignOwner, CodePermissionDenied)
	if info := inspect(t, key); info.Semaphore.Exists || !info.Exists {
		t.Errorf("%+v", info)
	}
	if err := errors.Join(err, sysv.Shmrm(shm)); err != nil {
		t.Fatal(err)
	}
	asUser(t, 65534, func() { sem, err2 = sysv.Semget(semKey, 1, 0o600|sysv.Create) })
	_, createErr := Create(t.Context(), key, 8, RequireOwner())
	wantError(t, createErr, ErrForeignOwner, CodePermissionDenied)
	if err := errors.Join(err2, sysv.Semrm(sem), os.Remove(key.Native), os.Remove(lockPath)); err != nil {
		t.Error(err)
	}
}
