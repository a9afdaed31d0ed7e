package bridge

import (
	"context"
	"encoding/binary"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// openShared returns the lock of key if this process has it open.
func openShared(t *testing.T, key ipckey.Key) *sharedLock {
	t.Helper()
	locks.mu.Lock()
	defer locks.mu.Unlock()
	return locks.open[lockKey(t, key).Native]
}

// expire lets the time pass after which an unused lock is closed.
func expire(l *sharedLock) {
	l.idle.Stop()
	l.closeIdle()
	l.idle.Stop()
}

func wantAlone(t *testing.T, when string, sem *posix.Sem, want bool) {
	t.Helper()
	if alone, err := sem.Alone(); err != nil || alone != want {
		t.Errorf("%s: nobody else has the lock open: %v, %v; want %v", when, alone, err, want)
	}
}

// newForeignSegment makes a segment and a lock as another program does that goes on and leaves both. This process has
// used the lock so often that it keeps it open.
func newForeignSegment(t *testing.T) (ipckey.Key, *posix.Sem) {
	t.Helper()
	key := newPosixKey(t)
	locks.mu.Lock()
	locks.openings[lockKey(t, key).Native] = streak{busy, time.Now()}
	locks.mu.Unlock()
	_, die := beginMemory(t, key)
	resize(t, key, 8)
	die()
	return key, makeLock(t, key, 1)
}

func TestPosixLockIsOpenedOnceForAllSegments(t *testing.T) {
	key, theirs := newForeignSegment(t)
	a, b := attach(t, key, ReadWrite), attach(t, key, ReadOnly)
	l := openShared(t, key)
	detach(t, a)
	expire(l)
	wantAlone(t, "one is attached", theirs, false)
	lock(t, b)
	unlock(t, b)
	detach(t, b)
	wantAlone(t, "all have just left", theirs, false)
	c := attach(t, key, ReadOnly)
	if openShared(t, key) != l {
		t.Error("it was opened anew")
	}
	detach(t, c)
	expire(l)
	wantAlone(t, "all left long ago", theirs, true)
	if theirs.Value() != 1 || openShared(t, key) != nil {
		t.Errorf("value %d", theirs.Value())
	}
	closeSem(t, theirs)
	remove(t, key)
}

// A lock stays open only once it has been opened again and again, without a pause.
func TestPosixLockIsClosedUnlessItIsBusy(t *testing.T) {
	key, theirs := newForeignSegment(t)
	for n := range 2 * busy {
		locks.mu.Lock()
		o := locks.openings[lockKey(t, key).Native]
		if n == 0 {
			o.last = o.last.Add(-2 * keepOpen) // a pause
		}
		locks.openings[lockKey(t, key).Native] = o
		locks.mu.Unlock()
		detach(t, attach(t, key, ReadOnly))
		wantAlone(t, "left", theirs, n < busy)
	}
	expire(openShared(t, key))
	wantAlone(t, "long ago", theirs, true)
	closeSem(t, theirs)
	remove(t, key)
}

func TestPosixUnusedLockIsClosedThoughSomebodyHoldsIt(t *testing.T) {
	key, theirs := newForeignSegment(t)
	detach(t, attach(t, key, ReadOnly))
	l := openShared(t, key)
	if !theirs.TryWait() {
		t.Fatal("not free")
	}
	expire(l)
	wantAlone(t, "the first time", theirs, false)
	expire(l)
	wantAlone(t, "the second time", theirs, true)
	if theirs.Value() != 0 {
		t.Errorf("value %d", theirs.Value())
	}
	closeSem(t, theirs)
	remove(t, key)
}

// The process has a lock open that is not the one that others use.
func TestPosixUnusedLockIsReplaced(t *testing.T) {
	for _, value := range []int{0, 1} {
		for name, use := range map[string]func(key ipckey.Key) error{
			"attach": func(key ipckey.Key) error {
				s, err := Attach(context.Background(), key, ReadOnly)
				if err != nil {
					return err
				}
				return s.Detach(context.Background())
			},
			"create": func(key ipckey.Key) error {
				if err := posix.ShmUnlink(key.Native); err != nil {
					return err
				}
				s, err := Create(context.Background(), key, 8)
				if err != nil {
					return err
				}
				return s.Detach(context.Background())
			},
			"remove": func(key ipckey.Key) error { return Remove(context.Background(), key) },
		} {
			key, old := newForeignSegment(t)
			detach(t, attach(t, key, ReadOnly))
			if value == 0 && !old.TryWait() {
				t.Fatal("not free")
			}
			unlinkLock(t, key)
			newer := makeLock(t, key, 0)
			done := make(chan error, 1)
			go func() { done <- use(key) }()
			until(t, func() bool { return newer.Waiters() == 1 || len(done) == 1 })
			post(t, newer)
			if err := <-done; err != nil {
				t.Errorf("old value %d, %s: %v", value, name, err)
			}
			if old.Value() != value || newer.Value() != 1 {
				t.Errorf("old value %d, %s: old lock %d, newer %d", value, name, old.Value(), newer.Value())
			}
			closeSem(t, newer)
			if _, lock := objects(t, key); lock.Links > 0 {
				remove(t, key)
			}
		}
	}
}

// That this process has an unused lock open is no sign of life.
func TestBreakDeadLockOfAnUnusedLock(t *testing.T) {
	key, theirs := newForeignSegment(t)
	detach(t, attach(t, key, ReadOnly))
	if !theirs.TryWait() {
		t.Fatal("not free")
	}
	closeSem(t, theirs) // dies
	s := attach(t, key, ReadOnly, BreakDeadLock())
	wantValue(t, key, 1)
	detach(t, s)
	remove(t, key)
}

func TestPosixRequireOwnerOfAnOpenLock(t *testing.T) {
	key := newPosixKey(t)
	asUser(t, nobody, func() { closeSem(t, makeLock(t, key, 1)) })
	create(t, key, 8)
	_, err := Attach(t.Context(), key, ReadOnly, RequireOwner())
	wantError(t, err, ErrForeignOwner, CodePermissionDenied)
}

func TestPosixAttachAndDetachByMany(t *testing.T) {
	const goroutines, times = 8, 25
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range times {
				s, err := Attach(t.Context(), key, ReadWrite)
				if err != nil {
					t.Error(err)
					return
				}
				err = s.Do(t.Context(), func(mem []byte) error {
					binary.NativeEndian.PutUint64(mem, binary.NativeEndian.Uint64(mem)+1)
					return nil
				})
				if err := errors.Join(err, s.Detach(t.Context())); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	wantObjects(t, "all have left", key, true, false)
	s := attach(t, key, ReadOnly)
	if n := binary.NativeEndian.Uint64(s.Bytes()); n != goroutines*times {
		t.Errorf("counted to %d, want %d", n, goroutines*times)
	}
}
