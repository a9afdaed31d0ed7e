package bridge

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

func TestFind(t *testing.T) {
	name, keys := namesakes(t)
	for what, key := range keys {
		s := create(t, key, 8, RemoveLast())
		if found, err := Find(name); err != nil || found != key {
			t.Errorf("%s: %+v, %v; want %+v", what, found, err, key)
		}
		detach(t, s)
	}
}

func TestFindNothing(t *testing.T) {
	name, keys := namesakes(t)
	_, err := Find(name)
	wantError(t, err, fs.ErrNotExist, CodeNotFound)
	for _, key := range keys {
		wantText(t, err, key.String())
	}
	wantText(t, err, "TMPDIR")
}

// What it found is listed, and nothing else.
func TestFindSeveral(t *testing.T) {
	name, keys := namesakes(t)
	for _, pair := range [][2]string{{"legacy System V", "legacy POSIX"}, {"legacy POSIX", "safe POSIX"}, {"legacy System V", "safe POSIX"}} {
		a, b := create(t, keys[pair[0]], 8, RemoveLast()), create(t, keys[pair[1]], 8, RemoveLast())
		_, err := Find(name)
		wantError(t, err, ErrAmbiguous, CodeAmbiguous)
		hint := ""
		if e := (*Error)(nil); errors.As(err, &e) {
			hint = e.Hint
		}
		for what, key := range keys {
			if listed, want := strings.Contains(hint, key.String()), what == pair[0] || what == pair[1]; listed != want {
				t.Errorf("%v exist; %s listed: %v in %q", pair, what, listed, hint)
			}
		}
		detach(t, a)
		detach(t, b)
	}
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

func TestFindNamesThatCannotBe(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for name, want := range map[string]error{"": ipckey.ErrEmptyKey, "a\xffb": ipckey.ErrNotUTF8} {
		key, err := Find(name)
		wantError(t, err, want, CodeKeyError)
		if key != (ipckey.Key{}) {
			t.Errorf("%q: found %+v", name, key)
		}
	}
	for _, name := range []string{"a\x00b", "a/b", strings.Repeat("1", 300)} { // a name in one form, if not in the other
		key, err := ipckey.Legacy(Environment(), ipckey.Segment, name, ipckey.PosixRealtime)
		if err != nil {
			t.Fatal(err)
		}
		s := create(t, key, 8, RemoveLast())
		if found, err := Find(name); err != nil || found != key {
			t.Errorf("%.9q: %+v, %v", name, found, err)
		}
		detach(t, s)
		_, err = Find(name)
		wantError(t, err, fs.ErrNotExist, CodeNotFound)
	}
}

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
