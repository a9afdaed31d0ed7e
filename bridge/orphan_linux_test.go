package bridge

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// What a killed program left can be looked at, and is afterwards as it was.
func TestLeaveOrphan(t *testing.T) {
	for name, c := range map[string]struct {
		opts []Option
		lose func(t *testing.T, lock SemaphoreInfo) // what of the lock
	}{
		"with its lock":          {nil, func(*testing.T, SemaphoreInfo) {}},
		"with its lock, held":    {[]Option{KeepLock()}, func(*testing.T, SemaphoreInfo) {}},
		"without lock":           {nil, loseLock},
		"without lock, held":     {[]Option{KeepLock()}, loseLock},
		"without lock and file":  {nil, loseLockAndFile},
		"without lock nor held":  {[]Option{KeepLock()}, loseLockAndFile},
		"read and written":       {[]Option{WithAccess(ReadWrite)}, func(*testing.T, SemaphoreInfo) {}},
		"of the user's own":      {[]Option{RequireOwner()}, func(*testing.T, SemaphoreInfo) {}},
		"even with RemoveLast()": {[]Option{RemoveLast()}, func(*testing.T, SemaphoreInfo) {}},
	} {
		t.Run(name, func(t *testing.T) {
			key := newOrphan(t)
			c.lose(t, inspect(t, key).Semaphore)
			before := asFound(t, key)
			for range 2 {
				detach(t, attach(t, key, ReadOnly, append(c.opts, LeaveOrphan())...))
				if after := asFound(t, key); !slices.Equal(after, before) {
					t.Errorf("%v, before %v", after, before)
				}
			}
		})
	}
}

// newOrphan makes a segment that a killed program has left, to be removed with the test.
func newOrphan(t *testing.T) ipckey.Key {
	t.Helper()
	key := newKey(t)
	kill(startChild(t, "create", key, "held"))
	t.Cleanup(func() {
		if err := Remove(t.Context(), key); err != nil && CodeOf(err) != CodeNotFound {
			t.Error(err)
		}
	})
	return key
}

func loseLock(t *testing.T, lock SemaphoreInfo) {
	file, err := sysv.StatKeyFile(lock.Native)
	if err != nil {
		t.Fatal(err)
	}
	id, err := sysv.Semget(file.Key('Q'), 0, 0)
	if err := errors.Join(err, sysv.Semrm(id)); err != nil {
		t.Fatal(err)
	}
}

func loseLockAndFile(t *testing.T, lock SemaphoreInfo) {
	loseLock(t, lock)
	if err := os.Remove(lock.Native); err != nil {
		t.Fatal(err)
	}
}

// asFound lists what there is of a segment: the objects and the key files.
func asFound(t *testing.T, key ipckey.Key) []any {
	t.Helper()
	info := inspect(t, key)
	found := []any{info.State(), info.ID, info.Attached, info.Semaphore.Exists, info.Semaphore.ID, info.Semaphore.Value}
	files, err := filepath.Glob(filepath.Dir(key.Native) + "/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		file, err := sysv.StatKeyFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, path, file.Ino)
	}
	return found
}

// What was in use then goes with the last one, who may be we.
func TestLeaveOrphanRemovesWhatWasNone(t *testing.T) {
	key := newKey(t)
	creator := create(t, key, 8)
	looker := attach(t, key, ReadOnly, LeaveOrphan())
	detach(t, creator)
	detach(t, looker)
	if info := inspect(t, key); info.State() != StateNone || info.Semaphore.Exists {
		t.Errorf("%+v", info)
	}
}

// Who attaches to an orphan takes it over, and does with it what everybody does.
func TestOrphanTakenOverDuringALook(t *testing.T) {
	key := newOrphan(t)
	looker := attach(t, key, ReadOnly, LeaveOrphan())
	heir := attach(t, key, ReadWrite)
	detach(t, looker)
	if info := inspect(t, key); info.Attached != 1 || !info.Semaphore.Exists {
		t.Errorf("the heir has %+v", info)
	}
	detach(t, heir)
	if info := inspect(t, key); info.State() != StateNone {
		t.Errorf("the heir has left %+v", info)
	}
}

func TestOrphanRemovedDuringALook(t *testing.T) {
	key := newOrphan(t)
	looker := attach(t, key, ReadOnly, LeaveOrphan())
	if err := sysv.Shmrm(inspect(t, key).ID); err != nil {
		t.Fatal(err)
	}
	detach(t, looker)
	info := inspect(t, key)
	if info.State() != StateNone {
		t.Errorf("%+v", info)
	}
	loseLockAndFile(t, info.Semaphore) // as with any segment that is removed by hand
}

// Two that look at once, and take the lock for it, do not take each other for users.
func TestTwoLookAtAnOrphan(t *testing.T) {
	key := newOrphan(t)
	before := asFound(t, key)
	done := make(chan error)
	for range 2 {
		go func() {
			var err error
			for range 200 {
				s, attachErr := Attach(t.Context(), key, ReadOnly, LeaveOrphan(), KeepLock())
				if attachErr != nil {
					err = attachErr
					break
				}
				err = errors.Join(err, s.Detach(t.Context()))
			}
			done <- err
		}()
	}
	if err := errors.Join(<-done, <-done); err != nil {
		t.Error(err)
	}
	if after := asFound(t, key); !slices.Equal(after, before) {
		t.Errorf("%v, before %v", after, before)
	}
}

// Who only looks keeps no POSIX lock open, however often: others would take it for one that may hold the lock.
func TestLookersCloseTheLock(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	closeSem(t, makeLock(t, key, 1))
	t.Cleanup(func() { remove(t, key) })
	for range 2 * busy {
		detach(t, attach(t, key, ReadOnly, LeaveOrphan(), KeepLock()))
	}
	locks.mu.Lock()
	defer locks.mu.Unlock()
	if l := locks.open[lockKey(t, key).Native]; l != nil {
		t.Errorf("still open: %+v", l)
	}
}
