package bridge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
)

func TestPosixRemove(t *testing.T) {
	key := newPosixKey(t)
	err := Remove(t.Context(), key)
	wantError(t, err, fs.ErrNotExist, CodeNotFound)
	detach(t, create(t, key, 8))
	remove(t, key)
	wantObjects(t, "removed", key, false, false)
	wantError(t, Remove(t.Context(), key), fs.ErrNotExist, CodeNotFound)
}

func TestPosixRemoveInUseNamesTheProcess(t *testing.T) {
	key := newPosixKey(t)
	child := startChild(t, "create", key, "held")
	memory, lock := objects(t, key)
	err := Remove(t.Context(), key)
	wantError(t, err, ErrInUse, CodeInUse)
	wantText(t, err, fmt.Sprintf("process %d (", child.Process.Pid))
	after, lockAfter := objects(t, key)
	if !after.Same(memory) || !lockAfter.Same(lock) {
		t.Errorf("segment %+v became %+v, lock %+v became %+v", memory, after, lock, lockAfter)
	}
	wantValue(t, key, 0)
	end(t, child)
	remove(t, key)
	wantObjects(t, "removed", key, false, false)
}

func TestPosixRemoveInUseByThisProcess(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	wantError(t, Remove(t.Context(), key), ErrInUse, CodeInUse)
	wantObjects(t, "refused", key, true, true)
	detach(t, s)
	remove(t, key)
}

// A killed program leaves both, and the lock it held.
func TestPosixRemoveTakesWhatAKilledHolderLeft(t *testing.T) {
	key := newPosixKey(t)
	child := startChild(t, "create", key, "held")
	kill(child)
	wantObjects(t, "killed", key, true, true)
	remove(t, key)
	wantObjects(t, "removed", key, false, false)
}

func TestPosixRemoveTakesALoneLock(t *testing.T) {
	key := newPosixKey(t)
	child := startChild(t, "create", key, "held")
	if err := posix.ShmUnlink(key.Native); err != nil {
		t.Fatal(err)
	}
	err := Remove(t.Context(), key)
	wantError(t, err, ErrInUse, CodeInUse)
	wantText(t, err, fmt.Sprintf("process %d (", child.Process.Pid))
	wantObjects(t, "in use", key, false, true)
	kill(child)
	remove(t, key)
	wantObjects(t, "removed", key, false, false)
}

func TestPosixRemoveLeavesTheLockToASegmentOfThisProcess(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	unlinkSegment(t, key)
	wantError(t, Remove(t.Context(), key), ErrInUse, CodeInUse)
	wantObjects(t, "refused", key, false, true)
	lock(t, s)
	wantValue(t, key, 0)
	unlock(t, s)
	detach(t, s)
	wantObjects(t, "detached", key, false, false)
}

// Who has the lock, but not the segment, may be about to attach: he is waited for, and the segment is looked at again.
func TestPosixRemoveWaitsForTheLock(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	holder := makeLock(t, key, 0)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	wantError(t, Remove(ctx, key), context.DeadlineExceeded, CodeTimeout)
	wantObjects(t, "given up", key, true, true)

	done := make(chan error)
	go func() { done <- Remove(context.Background(), key) }()
	untilWaiters(t, holder, 1)
	fd, err := posix.ShmOpen(key.Native, posix.ReadOnly, 0)
	if err := errors.Join(err, holder.Post()); err != nil {
		t.Fatal(err)
	}
	wantError(t, <-done, ErrInUse, CodeInUse)
	wantObjects(t, "attached meanwhile", key, true, true)
	if err := posix.Close(fd); err != nil {
		t.Error(err)
	}
	closeSem(t, holder)
	remove(t, key)
	wantObjects(t, "removed", key, false, false)
}

// Only the owner of an object can be told by the kernel whether others have it open.
func TestPosixRemoveByWhomTheKernelTellsNothing(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8))
	if err := os.Chmod(posix.Dir+key.Native, 0o666); err != nil { // as with Qt 4.8
		t.Fatal(err)
	}
	asUser(t, 65534, func() {
		err := Remove(t.Context(), key)
		wantError(t, err, syscall.EACCES, CodePermissionDenied)
		wantText(t, err, "unknown")
		wantText(t, err, "lease")
	})
	wantObjects(t, "refused", key, true, false)
}
