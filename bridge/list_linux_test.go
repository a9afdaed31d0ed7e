package bridge

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// listed returns what List says of the objects with one of the native keys.
func listed(t *testing.T, natives ...string) (found []Info) {
	t.Helper()
	all, err := List()
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range all {
		if slices.Contains(natives, info.Key.Native) {
			found = append(found, info)
		}
	}
	return found
}

// wantListed checks that List says of a segment what Inspect says, except for the name, which only Inspect is told.
func wantListed(t *testing.T, what string, key ipckey.Key) {
	t.Helper()
	want, found := inspect(t, key), listed(t, key.Native)
	want.Key.Legacy = ""
	if len(found) != 1 {
		t.Fatalf("%s: %+v, want %+v", what, found, want)
	}
	found[0].Semaphore.Used, want.Semaphore.Count = want.Semaphore.Used, found[0].Semaphore.Count
	if isOne := want.Semaphore.Count == 1; isOne != (want.Semaphore.Exists && key.Type == ipckey.SystemV) {
		t.Errorf("%s: %d semaphores", what, want.Semaphore.Count)
	}
	if !reflect.DeepEqual(found[0], want) {
		t.Errorf("%s:\n%+v, want\n%+v", what, found[0], want)
	}
}

func TestListSaysWhatInspectSays(t *testing.T) {
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		if found := listed(t, key.Native, lockKey(t, key).Native); found != nil {
			t.Errorf("nothing: %+v", found)
		}
		s := create(t, key, 77, BreakDeadLock())
		wantListed(t, "made", key)
		other := startChild(t, "wait", key, "attached")
		lock(t, s)
		wantListed(t, "locked", key)
		tell(t, other)
		untilWaiting(t, key, 1)
		wantListed(t, "waited for", key)
		unlock(t, s)
		wantSays(t, other, "held")
		wantListed(t, "locked by another", key)
		if users := listed(t, key.Native)[0].Users; len(users) != 2 {
			t.Errorf("users: %+v", users)
		}
		kill(other)
		detach(t, s)
		if err := Remove(t.Context(), key); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
		kill(startChild(t, "create", key, "held"))
		wantListed(t, "orphan", key)
		if err := Remove(t.Context(), key); err != nil {
			t.Error(err)
		}
	})
}

func TestListOfKeyFilesAlone(t *testing.T) {
	key := newKey(t)
	lock := lockKey(t, key).Native
	for _, path := range []string{key.Native, lock} {
		if err := os.WriteFile(path, nil, 0o640); err != nil {
			t.Fatal(err)
		}
		found := listed(t, key.Native, lock)
		if len(found) != 1 || found[0].State() != StateKeyFileOnly || found[0].KeyFile.Exists != (path == key.Native) ||
			found[0].Semaphore.KeyFile.Exists != (path == lock) || found[0].Semaphore.Exists {
			t.Errorf("%s: %+v", path, found)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// An object whose key file is lost is known by its id only.
func TestListOfObjectsWithoutKeyFile(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	before := inspect(t, key)
	for _, file := range []string{before.KeyFile.Path, before.Semaphore.KeyFile.Path} {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	segments, semaphores := 0, 0
	for _, info := range listed(t, "") {
		switch {
		case info.Exists && info.ID == before.ID:
			segments++
			want := before
			want.Key, want.KeyFile, want.Semaphore = ipckey.Key{Type: ipckey.SystemV}, KeyFile{}, SemaphoreInfo{}
			if !reflect.DeepEqual(info, want) {
				t.Errorf("%+v, want %+v", info, want)
			}
		case !info.Exists && info.Semaphore.ID == before.Semaphore.ID:
			semaphores++
			if s := info.Semaphore; s.Value != 1 || s.Ftok != before.Semaphore.Ftok || s.LastPID != os.Getpid() {
				t.Errorf("%+v", s)
			}
		}
	}
	if segments != 1 || semaphores != 1 {
		t.Errorf("%d segments, %d semaphores", segments, semaphores)
	}
	detach(t, s)
	if err := sysv.Semrm(before.Semaphore.ID); err != nil && !removed(err) {
		t.Error(err)
	}
}

// Two key files of one inode stand for any two that ftok(3) cannot tell from each other.
func TestListOfCollidingKeyFiles(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	other := filepath.Join(filepath.Dir(key.Native), "qipc_sharedmemory_other")
	if err := os.Link(key.Native, other); err != nil {
		t.Fatal(err)
	}
	found := listed(t, key.Native, other)
	if len(found) != 2 || found[0].ID != found[1].ID || !found[0].Exists || !found[1].Exists {
		t.Fatalf("%+v", found)
	}
	for _, info := range found {
		if c := info.KeyFile.Collides; len(c) != 1 || c[0] == info.KeyFile.Path || c[0] != key.Native && c[0] != other {
			t.Errorf("%+v", info.KeyFile)
		}
	}
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	detach(t, s)
}

// A key file of a native key has any name, and an empty file nearby may have the inode of one.
func TestListOfNativeKeys(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	key := ipckey.Key{Type: ipckey.SystemV, Native: dir + "/anything"}
	s := create(t, key, 8)
	for name, content := range map[string]string{"empty": "", "full": "x"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wantListed(t, "a native key", key)
	if found := listed(t, dir+"/empty", dir+"/full"); found != nil {
		t.Errorf("%+v", found)
	}
	detach(t, s)
	semaphore := openSemaphore(t, key, 3, CreateNew)
	if found := listed(t, key.Native); len(found) != 1 || found[0].Exists || found[0].Semaphore.Value != 3 || found[0].Semaphore.Native != key.Native {
		t.Errorf("a semaphore of a native key: %+v", found)
	}
	if err := semaphore.Close(); err != nil {
		t.Error(err)
	}
}

// The project id that ftok(3) gets has not been the same in all versions of Qt.
func TestListOfOldKeys(t *testing.T) {
	for _, rule := range []ipckey.ProjectRule{ipckey.ProjectCRC32C, ipckey.ProjectHash31} {
		key := newKey(t)
		rules := WithRules(ipckey.Rules{Project: rule})
		s := create(t, key, 8, rules)
		want, err := Inspect(key, rules)
		found := listed(t, key.Native)
		if err != nil || len(found) != 1 || found[0].ID != want.ID || found[0].Semaphore.ID != want.Semaphore.ID || !found[0].Semaphore.Exists {
			t.Errorf("%v: %+v; want %+v, %v", rule, found, want, err)
		}
		detach(t, s)
	}
}

func TestListOfLoneSemaphores(t *testing.T) {
	for _, newKey := range []func(t *testing.T) ipckey.Key{
		func(t *testing.T) ipckey.Key { return lockKey(t, newKey(t)) },
		func(t *testing.T) ipckey.Key { return newPosixSemaphoreKey(t) },
	} {
		key := newKey(t)
		s := openSemaphore(t, key, 7, CreateNew)
		found := listed(t, key.Native)
		if len(found) != 1 || found[0].Exists || found[0].State() != StateNone {
			t.Fatalf("%+v", found)
		}
		semaphore := found[0].Semaphore
		if age := time.Since(semaphore.Used); age < 0 || age > time.Minute {
			t.Errorf("used %v ago", age)
		}
		want, err := InspectSemaphore(key)
		if want.Used, want.Count = semaphore.Used, semaphore.Count; err != nil || !reflect.DeepEqual(semaphore, want) || semaphore.Value != 7 {
			t.Errorf("%+v; want %+v, %v", semaphore, want, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A semaphore of a program with another word size cannot be opened, but read.
func TestListOfSemaphoresOfOtherPrograms(t *testing.T) {
	for image, want := range map[string]struct {
		value, waiting int
		state          LockState
	}{
		"\x0a\x00\x00\x00\x80\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00":  {5, 2, LockFree}, // 32 bits
		"\x05\x00\x00\x00\x02\x00\x00\x00\x80" + strings.Repeat("\x00", 23): {5, 2, LockFree}, // 64 bits
		"\x00\x00\x00\x00\x00\x00\x00\x00\x80" + strings.Repeat("\x00", 23): {0, 0, LockDead}, // nobody has it open
		"\x05\x00\x00\x00\x02\x00\x00\x00\x00" + strings.Repeat("\x00", 23): {-1, -1, LockUnknown}, "": {-1, -1, LockUnknown},
	} {
		key := newPosixSemaphoreKey(t)
		file := filepath.Join(posix.Dir, "sem."+strings.TrimPrefix(key.Native, "/"))
		if err := os.WriteFile(file, []byte(image), 0o600); err != nil {
			t.Fatal(err)
		}
		found := listed(t, key.Native)
		if len(found) != 1 || found[0].Semaphore.Value != want.value || found[0].Semaphore.Waiting != want.waiting || found[0].Semaphore.State() != want.state {
			t.Errorf("%x: %+v, want %+v", image, found, want)
		}
		if err := os.Remove(file); err != nil {
			t.Error(err)
		}
	}
}

// What belongs to somebody else is listed by what the kernel tells everybody.
func TestListOfAnotherUsers(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("two users need root: run the tests with sudo")
	}
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		s := create(t, key, 8)
		openToAll(t, key)
		var found []Info
		asUser(t, 65534, func() { found = listed(t, key.Native) })
		if len(found) != 1 || found[0].Size != 8 || found[0].Owner != 0 || found[0].State() != StateInUse || found[0].Semaphore.State() != LockUnknown {
			t.Errorf("%+v", found)
		}
		detach(t, s)
		if err := Remove(t.Context(), key); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
	})
}
