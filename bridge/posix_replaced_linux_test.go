package bridge

import (
	"context"
	"errors"
	"io/fs"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func unlinkSegment(t *testing.T, key ipckey.Key) {
	t.Helper()
	if err := posix.ShmUnlink(key.Native); err != nil {
		t.Fatal(err)
	}
}

func unlinkLock(t *testing.T, key ipckey.Key) {
	t.Helper()
	if err := posix.SemUnlink(lockKey(t, key).Native); err != nil {
		t.Fatal(err)
	}
}

func post(t *testing.T, sem *posix.Sem) {
	t.Helper()
	if err := sem.Post(); err != nil {
		t.Fatal(err)
	}
}

// Somebody removed the files of what is in use: it works on among those who have it.
func TestPosixUnlinkedWhileAttached(t *testing.T) {
	for what, unlink := range map[string]func(*testing.T, ipckey.Key){
		"segment": unlinkSegment,
		"lock":    unlinkLock,
		"both":    func(t *testing.T, key ipckey.Key) { unlinkSegment(t, key); unlinkLock(t, key) },
	} {
		key := newPosixKey(t)
		a, b := create(t, key, 8, RemoveLast()), attach(t, key, ReadWrite)
		unlink(t, key)
		lock(t, a)
		if ok, err := b.TryLock(); ok || err != nil {
			t.Errorf("%s: both hold the lock: %v", what, err)
		}
		if _, err := a.WriteAt([]byte("x"), 0); err != nil || b.Bytes()[0] != 'x' {
			t.Errorf("%s: %v, %q", what, err, b.Bytes())
		}
		unlock(t, a)
		detach(t, b)
		detach(t, a)
		wantObjects(t, what, key, false, false)
	}
}

func TestPosixDetachLeavesNewerObjectsAlone(t *testing.T) {
	for what, unlink := range map[string]func(*testing.T, ipckey.Key){
		"segment": unlinkSegment,
		"both":    func(t *testing.T, key ipckey.Key) { unlinkSegment(t, key); unlinkLock(t, key) },
	} {
		key := newPosixKey(t)
		old := create(t, key, 8, RemoveLast())
		unlink(t, key)
		newer := create(t, key, 16)
		memory, lockBefore := objects(t, key)
		detach(t, old)
		after, lockAfter := objects(t, key)
		if !after.Same(memory) || !lockAfter.Same(lockBefore) {
			t.Errorf("%s: segment %+v became %+v, lock %+v became %+v", what, memory, after, lockBefore, lockAfter)
		}
		lock(t, newer)
		wantValue(t, key, 0)
		unlock(t, newer)
		detach(t, newer)
		wantObjects(t, what, key, true, false)
	}
}

// Nobody uses the newer lock at the moment; nevertheless it belongs to whoever made it.
func TestPosixDetachLeavesANewerLockAlone(t *testing.T) {
	key := newPosixKey(t)
	old := create(t, key, 8)
	unlinkLock(t, key)
	closeSem(t, makeLock(t, key, 1))
	detach(t, old)
	wantObjects(t, "detached", key, true, true)
	remove(t, key)
}

// Qt replaces the lock under those who wait for it. Who comes then waits for the new one.
func TestPosixLockReplacedDuringAttach(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	old := makeLock(t, key, 0)
	attached := make(chan *Segment)
	go func() {
		s, err := Attach(context.Background(), key, ReadWrite)
		if err != nil {
			t.Error(err)
		}
		attached <- s
	}()
	untilWaiters(t, old, 1)
	unlinkLock(t, key)
	newer := makeLock(t, key, 0)
	post(t, old)
	untilWaiters(t, newer, 1)
	if old.Value() != 1 || old.Waiters() != 0 {
		t.Errorf("the old lock: value %d, %d waiting", old.Value(), old.Waiters())
	}
	post(t, newer)
	s := <-attached
	lock(t, s)
	if newer.Value() != 0 || old.Value() != 1 {
		t.Errorf("the old lock's value is %d, the newer one's %d", old.Value(), newer.Value())
	}
	detach(t, s)
	wantObjects(t, "the lock belongs to who made it", key, true, true)
	closeSem(t, newer)
	remove(t, key)
}

func TestPosixSegmentReplacedDuringAttach(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	held := makeLock(t, key, 0)
	attached := make(chan *Segment)
	failed := make(chan error)
	wait := func() {
		s, err := Attach(context.Background(), key, ReadWrite)
		if err != nil {
			failed <- err
			return
		}
		attached <- s
	}
	go wait()
	untilWaiters(t, held, 1)
	unlinkSegment(t, key)
	fd, err := posix.ShmOpen(key.Native, posix.ReadWrite|posix.Create|posix.Exclusive, objectMode)
	if err := errors.Join(err, posix.Ftruncate(fd, 16), posix.Close(fd)); err != nil {
		t.Fatal(err)
	}
	post(t, held)
	s := <-attached
	if s.Size() != 16 {
		t.Errorf("size %d: attached to what has been removed", s.Size())
	}
	detach(t, s)

	if !held.TryWait() {
		t.Error("the lock is held by nobody, and not free")
	}
	go wait()
	untilWaiters(t, held, 1)
	unlinkSegment(t, key)
	post(t, held)
	wantError(t, <-failed, fs.ErrNotExist, CodeNotFound)
	closeSem(t, held)
	remove(t, key) // the lock
}

func TestPosixLockReplacedDuringCreate(t *testing.T) {
	key := newPosixKey(t)
	old := makeLock(t, key, 0)
	created := make(chan *Segment)
	go func() {
		s, err := Create(context.Background(), key, 8)
		if err != nil {
			t.Error(err)
		}
		created <- s
	}()
	untilWaiters(t, old, 1)
	unlinkLock(t, key)
	newer := makeLock(t, key, 0)
	post(t, old)
	untilWaiters(t, newer, 1)
	wantObjects(t, "waiting", key, false, true)
	post(t, newer)
	s := <-created
	lock(t, s)
	if newer.Value() != 0 || old.Value() != 1 {
		t.Errorf("the old lock's value is %d, the newer one's %d", old.Value(), newer.Value())
	}
	closeSem(t, newer)
	detach(t, s)
	wantObjects(t, "detached", key, true, false)
}

// Two create at once: the second one sees it only when it has the lock.
func TestPosixSegmentMadeDuringCreate(t *testing.T) {
	key := newPosixKey(t)
	held := makeLock(t, key, 0)
	created := make(chan error)
	go func() {
		_, err := Create(context.Background(), key, 8)
		created <- err
	}()
	untilWaiters(t, held, 1)
	_, die := beginMemory(t, key)
	held.Mark() // the maker is not to lose it
	post(t, held)
	wantError(t, <-created, fs.ErrExist, CodeAlreadyExists)
	wantObjects(t, "refused", key, true, true)
	if held.Value() != 1 {
		t.Errorf("the lock's value is %d", held.Value())
	}
	die()
	closeSem(t, held)
	remove(t, key)
}

func TestPosixReplacedDuringRemove(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	held := makeLock(t, key, 0)
	removed := make(chan error)
	go func() { removed <- Remove(context.Background(), key) }()
	untilWaiters(t, held, 1)
	unlinkSegment(t, key)
	_, die := beginMemory(t, key)
	post(t, held)
	if err := <-removed; err != nil && !errors.Is(err, ErrInUse) {
		t.Error(err)
	}
	wantObjects(t, "the newer segment is in use", key, true, true)
	die()

	if !held.TryWait() {
		t.Error("the lock is held by nobody, and not free")
	}
	go func() { removed <- Remove(context.Background(), key) }()
	untilWaiters(t, held, 1)
	unlinkLock(t, key)
	closeSem(t, makeLock(t, key, 1))
	post(t, held)
	if err := <-removed; err != nil {
		t.Error(err)
	}
	wantObjects(t, "removed with the newer lock", key, false, false)
}
