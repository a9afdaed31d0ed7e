package bridge

import (
	"context"
	"errors"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// beginMemory does the first half of what Qt's create() does: there is a segment, and it has no bytes yet. What it
// returns may be called twice, and is what the kernel does when the maker dies.
func beginMemory(t *testing.T, key ipckey.Key) (fd int, die func()) {
	t.Helper()
	fd, err := posix.ShmOpen(key.Native, posix.ReadWrite|posix.Create|posix.Exclusive, objectMode)
	if err != nil {
		t.Fatal(err)
	}
	alive := true
	die = func() {
		if !alive {
			return
		}
		alive = false
		if err := posix.Close(fd); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(die)
	return fd, die
}

// The maker may hold another lock than the one that attach looks for, as the creator has just replaced it in Qt.
func TestPosixAttachWaitsForTheSize(t *testing.T) {
	for _, access := range []Access{ReadOnly, ReadWrite} {
		key := newPosixKey(t)
		fd, die := beginMemory(t, key)
		lock := makeLock(t, key, 0)
		attached := make(chan *Segment)
		go func() {
			s, err := Attach(context.Background(), key, access)
			if err != nil {
				t.Error(err)
			}
			attached <- s
		}()
		untilWaiters(t, lock, 1)
		for range 2 { // it looks, finds nothing, gives the lock back and waits for it again
			if err := lock.Post(); err != nil {
				t.Fatal(err)
			}
			untilWaiters(t, lock, 0)
			if err := lock.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			untilWaiters(t, lock, 1)
		}
		if err := errors.Join(posix.Ftruncate(fd, 77), lock.Post()); err != nil {
			t.Fatal(err)
		}
		s := <-attached
		if s.Size() != 77 {
			t.Errorf("%v: size %d", access, s.Size())
		}
		detach(t, s)
		closeSem(t, lock)
		die()
		remove(t, key)
	}
}

// With the lock missing attach makes it, each time that it looks.
func TestPosixAttachWaitsForTheSizeWithoutLock(t *testing.T) {
	key := newPosixKey(t)
	fd, die := beginMemory(t, key)
	_, err := Attach(soon(t), key, ReadOnly)
	wantTimeout(t, err, "has not given it a size yet")
	wantObjects(t, "given up, while the maker has it open", key, true, true)
	attached := make(chan *Segment)
	go func() {
		s, err := Attach(context.Background(), key, ReadOnly)
		if err != nil {
			t.Error(err)
		}
		attached <- s
	}()
	if err := posix.Ftruncate(fd, 5); err != nil {
		t.Fatal(err)
	}
	die()
	s := <-attached
	if s.Size() != 5 {
		t.Errorf("size %d", s.Size())
	}
	detach(t, s)
}

func TestPosixMakerKilledBeforeTheSize(t *testing.T) {
	key := newPosixKey(t)
	_, die := beginMemory(t, key)
	attached := make(chan error)
	go func() {
		_, err := Attach(context.Background(), key, ReadWrite)
		attached <- err
	}()
	die()
	err := <-attached
	wantError(t, err, ErrSize, CodeInvalidSize)
	wantText(t, err, "killed")
	wantText(t, err, "qtpeer clean")
	wantObjects(t, "refused", key, true, false)
	if info := inspect(t, key); !info.Orphan() || info.Size != 0 {
		t.Errorf("%+v", info)
	}
	remove(t, key)
	wantObjects(t, "removed", key, false, false)
}
