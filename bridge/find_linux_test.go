package bridge

import (
	"crypto/rand"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// namesakes are the keys of all segments that a program may have made of one name.
func namesakes(t *testing.T) (name string, keys map[string]ipckey.Key) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("XDG_RUNTIME_DIR", filepath.Join(dir, "runtime"))
	if err := os.Mkdir(filepath.Join(dir, "runtime"), 0o700); err != nil {
		t.Fatal(err)
	}
	name = "Find" + rand.Text()
	keys = map[string]ipckey.Key{
		"safe POSIX":    {Type: ipckey.PosixRealtime, Native: "/" + name},
		"safe System V": {Type: ipckey.SystemV, Native: filepath.Join(dir, "runtime", name)},
	}
	for what, t1 := range map[string]ipckey.Type{"legacy System V": ipckey.SystemV, "legacy POSIX": ipckey.PosixRealtime} {
		key, err := ipckey.Legacy(Environment(), ipckey.Segment, name, t1)
		if err != nil {
			t.Fatal(err)
		}
		keys[what] = key
	}
	return name, keys
}

// A segment is found by what Qt leaves of it, and whoever holds its lock.
func TestFindIgnoresUseAndLock(t *testing.T) {
	name, keys := namesakes(t)
	key := keys["legacy POSIX"]
	s := create(t, key, 8)
	lock(t, s)
	if found, err := Find(name); err != nil || found != key {
		t.Errorf("held: %+v, %v", found, err)
	}
	wantValue(t, key, 0)
	detach(t, s)
	if found, err := Find(name); err != nil || found != key {
		t.Errorf("orphan: %+v, %v", found, err)
	}
	wantObjects(t, "found", key, true, false)
	remove(t, key)
}

// whyNothing is said of a segment that is not there.
const whyNothing = "TMPDIR"

// Whether it may be attached to is another question.
func TestFindSegmentsOfAnotherUser(t *testing.T) {
	name, keys := namesakes(t)
	for _, what := range []string{"legacy POSIX", "safe POSIX"} {
		s := create(t, keys[what], 8, RemoveLast())
		openToAll(t, keys["legacy System V"])
		asUser(t, nobody, func() {
			if found, err := Find(name); err != nil || found != keys[what] {
				t.Errorf("%s: %+v, %v", what, found, err)
			}
		})
		detach(t, s)
	}
}

// It must not say that there is none when it could not look.
func TestFindWhereLookingIsForbidden(t *testing.T) {
	name, keys := namesakes(t)
	key := keys["legacy System V"]
	if err := os.Chmod(filepath.Dir(key.Native), 0o700); err != nil {
		t.Fatal(err)
	}
	asUser(t, nobody, func() {
		_, err := Find(name)
		wantError(t, err, fs.ErrPermission, CodePermissionDenied)
		wantText(t, err, key.Native)
	})
}
