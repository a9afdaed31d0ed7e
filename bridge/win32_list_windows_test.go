package bridge

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/win32"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// listedBy returns what List has of native keys that contain a name.
func listedBy(t *testing.T, part string) []Info {
	t.Helper()
	all, err := List()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(i Info) bool { return !strings.Contains(i.Key.Native, part) })
}

// letters is a random name of letters only.
func letters() string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r - '0' + 'a'
		}
		return r
	}, rand.Text())
}

// wantListed compares with what Inspect says, which knows the key.
func wantListed(t *testing.T, part string, keys ...ipckey.Key) {
	t.Helper()
	var want []Info
	for _, key := range keys {
		info, err := Inspect(key)
		if err != nil || !info.Exists {
			t.Fatalf("%v: %+v, %v", key, info, err)
		}
		want = append(want, info)
	}
	got := listedBy(t, part)
	if len(got) != len(want) {
		t.Fatalf("%+v, want %+v", got, want)
	}
	for i, info := range got {
		info.Users, info.Semaphore.Users = want[i].Users, want[i].Semaphore.Users
		if info.Key != want[i].Key || info.Size != want[i].Size || info.Attached != want[i].Attached || info.Semaphore.Value != want[i].Semaphore.Value ||
			info.Semaphore.Native != want[i].Semaphore.Native || info.Semaphore.Exists != want[i].Semaphore.Exists {
			t.Errorf("listed %+v, inspected %+v", info, want[i])
		}
	}
}

func TestListOfSegments(t *testing.T) {
	name := letters()
	legacy, err := LegacyKey(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []ipckey.Key{
		legacy,
		{Type: ipckey.Windows, Native: "shm_" + name},
		{Type: ipckey.Windows, Native: `Global\shm_` + name},
		{Type: ipckey.Windows, Native: name},
	} {
		segment, err := Create(t.Context(), key, 5000)
		if err != nil {
			t.Fatal(err)
		}
		if locked, err := segment.TryLock(); !locked || err != nil {
			t.Fatal(locked, err)
		}
		wantListed(t, name, key)
		if listed := listedBy(t, name); listed[0].Size != 8192 || listed[0].Attached != 1 ||
			listed[0].Semaphore.Value != 0 || listed[0].Semaphore.Waiting != -1 {
			t.Errorf("%+v", listed[0])
		}
		if err := segment.Detach(t.Context()); err != nil {
			t.Error(err)
		}
		if listed := listedBy(t, name); len(listed) > 0 {
			t.Errorf("detached: %+v", listed)
		}
	}
}

// Of a name with more than letters only the letters are known, and yet its lock.
func TestListOfNameWithMoreThanLetters(t *testing.T) {
	name := letters()
	key, err := LegacyKey(name + " 1")
	if err != nil {
		t.Fatal(err)
	}
	segment, err := Create(t.Context(), key, 1)
	if err != nil {
		t.Fatal(err)
	}
	lock := strings.Replace(key.Native, "qipc_sharedmemory_", "qipc_systemsem_", 1)
	listed := listedBy(t, name)
	if len(listed) != 1 || listed[0].Key != (ipckey.Key{Type: ipckey.Windows, Native: key.Native}) ||
		listed[0].Semaphore.Native != lock || !listed[0].Semaphore.Exists || listed[0].Semaphore.Value != 1 {
		t.Errorf("%+v", listed)
	}
	if err := segment.Detach(t.Context()); err != nil {
		t.Error(err)
	}
}

// A semaphore is no segment's lock, and a segment has no lock yet, or can have none.
func TestListOfLoneObjects(t *testing.T) {
	name := letters()
	semaphore, err := OpenSemaphore(t.Context(), ipckey.Key{Type: ipckey.Windows, Native: "sem_" + name}, 7, OpenExisting)
	if err != nil {
		t.Fatal(err)
	}
	listed := listedBy(t, name)
	if len(listed) != 1 || listed[0].Exists || listed[0].Key.Native != "sem_"+name || listed[0].Semaphore.Native != "sem_"+name ||
		!listed[0].Semaphore.Exists || listed[0].Semaphore.Value != 7 {
		t.Errorf("%+v", listed)
	}
	if err := semaphore.Close(); err != nil {
		t.Error(err)
	}
	for native, lock := range map[string]string{"shm_" + name: "shm_" + name + "_sem", name + "\xed\xa0\x80": ""} {
		h, err := win32.CreateMapping(native, 1)
		if err != nil {
			t.Fatal(err)
		}
		listed := listedBy(t, name)
		if len(listed) != 1 || !listed[0].Exists || listed[0].Key.Native != native || listed[0].Size != 4096 || listed[0].Attached != 1 ||
			listed[0].Semaphore.Native != lock || listed[0].Semaphore.Exists {
			t.Errorf("%+q: %+v", native, listed)
		}
		if err := win32.Close(h); err != nil {
			t.Error(err)
		}
	}
}

func TestKeyListed(t *testing.T) {
	const sha = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
	for native, legacy := range map[string]string{
		legacySegment + "test" + sha: "test",
		legacySegment + "Test" + sha: "", // is the hash of another
		legacySegment + sha:          "",
		legacySegment + "test":       "",
		"shm_test":                   "",
		"":                           "",
	} {
		if got := keyListed(native); got != (ipckey.Key{Type: ipckey.Windows, Native: native, Legacy: legacy}) {
			t.Errorf("%s: %+v", native, got)
		}
	}
}
