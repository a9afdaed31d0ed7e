//go:build linux || windows

package bridge

import (
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

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
	wantText(t, err, whyNothing)
}

// What it found is listed, and nothing else.
func TestFindSeveral(t *testing.T) {
	name, keys := namesakes(t)
	for first, a := range keys {
		for second, b := range keys {
			if first < second {
				findTwo(t, name, keys, a, b)
			}
		}
	}
}

func findTwo(t *testing.T, name string, keys map[string]ipckey.Key, a, b ipckey.Key) {
	t.Helper()
	one, two := create(t, a, 8, RemoveLast()), create(t, b, 8, RemoveLast())
	_, err := Find(name)
	wantError(t, err, ErrAmbiguous, CodeAmbiguous)
	hint := ""
	if e := (*Error)(nil); errors.As(err, &e) {
		hint = e.Hint
	}
	for what, key := range keys {
		if listed, want := strings.Contains(hint, key.String()), key == a || key == b; listed != want {
			t.Errorf("%v and %v exist; %s listed: %v in %q", a, b, what, listed, hint)
		}
	}
	detach(t, one)
	detach(t, two)
}

func TestFindNamesThatCannotBe(t *testing.T) {
	newKey(t) // for its TMPDIR
	for name, want := range map[string]error{"": ipckey.ErrEmptyKey, "a\xffb": ipckey.ErrNotUTF8} {
		key, err := Find(name)
		wantError(t, err, want, CodeKeyError)
		if key != (ipckey.Key{}) {
			t.Errorf("%q: found %+v", name, key)
		}
	}
	for _, name := range []string{"a\x00b", "a/b", `a\b`, strings.Repeat("1", 300)} { // a name in one form, if not in the other
		key, err := ipckey.Legacy(Environment(), ipckey.Segment, name, ipckey.DefaultType(runtime.GOOS))
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
