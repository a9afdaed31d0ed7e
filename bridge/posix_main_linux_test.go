package bridge

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// newPosixKey makes a random key. A segment that is left when the test ends is removed: Qt leaves them all. A lock must not
// be left.
func newPosixKey(t testing.TB) ipckey.Key {
	t.Helper()
	key, err := ipckey.Legacy(Environment(), ipckey.Segment, "Test"+rand.Text(), ipckey.PosixRealtime)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, lock := objects(t, key); lock.Links > 0 {
			t.Error("left behind: the lock")
		}
		if err := Remove(context.Background(), key); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
	})
	return key
}

// objects looks at a segment and its lock; what is not there has no links.
func objects(t testing.TB, key ipckey.Key) (memory, lock posix.Info) {
	t.Helper()
	memory, err := posix.ShmStat(key.Native)
	lock, err2 := posix.SemStat(lockKey(t, key).Native)
	for _, err := range []error{err, err2} {
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return memory, lock
}

func wantObjects(t *testing.T, when string, key ipckey.Key, memory, lock bool) {
	t.Helper()
	m, l := objects(t, key)
	if m.Links > 0 != memory || l.Links > 0 != lock {
		t.Errorf("%s: segment %v, lock %v; want %v, %v", when, m.Links > 0, l.Links > 0, memory, lock)
	}
}

func remove(t *testing.T, key ipckey.Key) {
	t.Helper()
	if err := Remove(t.Context(), key); err != nil {
		t.Error(err)
	}
}

// openLockFile opens the lock of key as a Qt program does that is not of this package.
func openLockFile(t *testing.T, key ipckey.Key) *posix.Sem {
	t.Helper()
	sem, err := posix.SemOpen(lockKey(t, key).Native)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeSem(t, sem) })
	return sem
}

func closeSem(t *testing.T, sem *posix.Sem) {
	t.Helper()
	if err := sem.Close(); err != nil {
		t.Error(err)
	}
}

// makeLock makes the lock of key.
func makeLock(t *testing.T, key ipckey.Key, value int) *posix.Sem {
	t.Helper()
	sem, err := posix.SemCreate(lockKey(t, key).Native, objectMode, value)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeSem(t, sem) })
	return sem
}

func untilWaiters(t *testing.T, sem *posix.Sem, n int) {
	t.Helper()
	until(t, func() bool { return sem.Waiters() == n })
}
