package bridge

import (
	"crypto/rand"
	"io/fs"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// namesakes are the keys of all segments that a program may have made of one name.
func namesakes(t *testing.T) (name string, keys map[string]ipckey.Key) {
	t.Helper()
	name = "Find" + rand.Text()
	legacy, err := LegacyKey(name)
	if err != nil {
		t.Fatal(err)
	}
	return name, map[string]ipckey.Key{"legacy": legacy, "safe": {Type: ipckey.Windows, Native: "shm_" + name}}
}

// whyNothing is said of a segment that is not there.
const whyNothing = "session"

// The lock alone is no segment, nor is another kind of object of that name.
func TestFindMappingsOnly(t *testing.T) {
	name, keys := namesakes(t)
	for _, key := range keys {
		s := openSemaphore(t, ipckey.Key{Type: ipckey.Windows, Native: key.Native}, 1, OpenExisting)
		openSemaphore(t, lockKey(t, key), 1, OpenExisting)
		key, err := Find(name)
		if err == nil {
			t.Errorf("found %v", key)
		}
		wantText(t, err, "another kind")
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		_, err = Find(name)
		wantError(t, err, fs.ErrNotExist, CodeNotFound)
	}
}
