package bridge

import (
	"context"
	"errors"
	"io/fs"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestKilledHolderGivesTheLockBack(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	holder := startChild(t, "hold", key, "held")
	wantValue(t, key, 0)
	done := make(chan error)
	go func() { done <- s.Lock(context.Background()) }()
	untilWaiting(t, key, 1)
	kill(holder)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	unlock(t, s)
	wantValue(t, key, 1)
}

func TestKilledWaiterLeavesNoTrace(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	child := startChild(t, "wait", key, "attached")
	lock(t, s)
	tell(t, child)
	untilWaiting(t, key, 1)
	kill(child)
	untilWaiting(t, key, 0)
	unlock(t, s)
	wantValue(t, key, 1)
	if n := inspect(t, key).Attached; n != 1 {
		t.Errorf("%d attached, want 1", n)
	}
}

func TestSemaphoreRemovedWhileWaiting(t *testing.T) {
	key := newKey(t)
	holder, other := create(t, key, 8), attach(t, key, ReadWrite)
	lock(t, holder)
	done := make(chan error)
	go func() { done <- other.Lock(context.Background()) }()
	untilWaiting(t, key, 1)
	removeSemaphore(t, holder)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantError(t, holder.Unlock(), ErrLockLost, CodeLockLost)
	wantValue(t, key, 0)
	unlock(t, other)
	wantValue(t, key, 1)
	lock(t, holder)
	wantValue(t, key, 0)
	unlock(t, holder)
}

func removeSemaphore(t *testing.T, s *Segment) {
	t.Helper()
	if err := sysv.Semrm(int(s.at.(*sysvAttachment).sem.id.Load())); err != nil {
		t.Fatal(err)
	}
}

// A release too many somewhere makes the lock admit two; the next segment of the name is not built on that.
func TestCreateRepairsALockThatAdmitsTwo(t *testing.T) {
	key := newKey(t)
	sem, err := OpenSemaphore(t.Context(), lockKey(t, key), 3, OpenExisting)
	if err != nil {
		t.Fatal(err)
	}
	s := create(t, key, 8)
	wantValue(t, key, 1)
	detach(t, s)
	if info := inspect(t, key); info.Semaphore.Exists {
		t.Errorf("as in Qt, create takes the lock over, and the last one removes it: %+v", info)
	}
	if err := sem.Close(); err != nil {
		t.Fatal(err)
	}
}

// Between the look at the key file and the making of its semaphore the file went away: such a semaphore would exclude nobody.
func TestSemaphoreOfARemovedKeyFileIsNotKept(t *testing.T) {
	path := newKey(t).Native
	stale := sysv.KeyFile{Dev: 1, Ino: 0xabcdef}
	s := &semSet{path: path, proj: 'Q', initial: 1, key: stale.Key('Q')}
	if id, err := s.make(stale); id != -1 || err != nil || s.owned {
		t.Errorf("made %d, %v, owned %v", id, err, s.owned)
	}
	if _, err := sysv.Semget(s.key, 1, 0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it was kept: %v", err)
	}
}

func TestSegmentRemovedByIpcrmWhileAttached(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	if err := sysv.Shmrm(inspect(t, key).ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.WriteAt([]byte("still"), 0); err != nil {
		t.Error(err)
	}
	detach(t, s) // and newKey asserts that no key file is left
}

func TestSegmentReplacedWhileAttachedSurvivesDetach(t *testing.T) {
	key := newKey(t)
	old := create(t, key, 8)
	if err := sysv.Shmrm(inspect(t, key).ID); err != nil {
		t.Fatal(err)
	}
	newer := create(t, key, 16)
	detach(t, old)
	if info := inspect(t, key); !info.Exists || info.Size != 16 || !info.KeyFile.Exists {
		t.Errorf("the newer segment: %+v", info)
	}
	lock(t, newer)
	wantValue(t, key, 0)
	unlock(t, newer)
}

func TestDetachThatTimesOutStaysAttached(t *testing.T) {
	eachFamily(t, testDetachThatTimesOutStaysAttached)
}

func testDetachThatTimesOutStaysAttached(t *testing.T, key ipckey.Key) {
	a, b := create(t, key, 8), attach(t, key, ReadWrite)
	lock(t, a)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- b.Detach(ctx) }()
	untilWaiting(t, key, 1)
	cancel()
	wantError(t, <-done, context.Canceled, CodeCanceled)
	if b.Bytes() == nil {
		t.Error("detached nevertheless")
	}
	unlock(t, a)
}
