package bridge

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/shmbridge/shmbridge/internal/posix"
)

func TestPosixSizesAreExact(t *testing.T) {
	for _, size := range []int{1, os.Getpagesize() - 1, os.Getpagesize(), os.Getpagesize() + 1} {
		key := newPosixKey(t)
		a := create(t, key, size)
		b := attach(t, key, ReadOnly)
		file, lock := objects(t, key)
		if a.Size() != size || b.Size() != size || len(b.Bytes()) != size || file.Size != int64(size) {
			t.Errorf("want size %d: creator %d, other %d, file %d", size, a.Size(), b.Size(), file.Size)
		}
		if !bytes.Equal(b.Bytes(), make([]byte, size)) {
			t.Errorf("size %d: a new segment is not zero", size)
		}
		if file.Mode&0o7777 != 0o600 || lock.Mode&0o7777 != 0o600 {
			t.Errorf("modes: segment %o, lock %o", file.Mode, lock.Mode)
		}
	}
}

func TestPosixSizesThatCannotBe(t *testing.T) {
	mountShm(t, "") // and nothing may be open when it is unmounted
	sizes := map[int]Code{0: CodeInvalidSize, -1: CodeInvalidSize, math.MinInt: CodeInvalidSize}
	if strconv.IntSize == 64 {
		sizes[math.MaxInt] = CodeOutOfResources // mmap(2) refuses it
	}
	for size, code := range sizes {
		key := newPosixKey(t)
		_, err := Create(t.Context(), key, size)
		if CodeOf(err) != code {
			t.Errorf("size %d: %v (code %d), want code %d", size, err, CodeOf(err), code)
		}
		if code == CodeOutOfResources {
			wantText(t, err, "not so much address space")
		}
		wantObjects(t, "failed", key, false, false)
	}
}

func TestPosixSegmentsShareMemory(t *testing.T) {
	key := newPosixKey(t)
	a, b := create(t, key, 5000), attach(t, key, ReadWrite)
	if _, err := a.WriteAt([]byte("hello"), 4995); err != nil {
		t.Fatal(err)
	}
	err := b.Do(t.Context(), func(mem []byte) error {
		if string(mem[4995:]) != "hello" {
			t.Errorf("read %q", mem[4995:])
		}
		wantValue(t, key, 0)
		mem[4995] = 'j'
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantValue(t, key, 1)
	got := make([]byte, 5)
	if _, err := a.ReadAt(got, 4995); err != nil || string(got) != "jello" {
		t.Errorf("read %q, %v", got, err)
	}
}

// Qt never removes a segment; the lock goes with the one who made it.
func TestPosixSegmentOutlivesItsUsers(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	wantObjects(t, "created", key, true, true)
	copy(s.Bytes(), "stays")
	detach(t, s)
	wantObjects(t, "detached", key, true, false)
	again := attach(t, key, ReadOnly) // makes the lock, as in Qt
	wantObjects(t, "attached", key, true, true)
	if !bytes.HasPrefix(again.Bytes(), []byte("stays")) {
		t.Errorf("read %q", again.Bytes())
	}
	detach(t, again)
	wantObjects(t, "detached again", key, true, false)
}

func TestRemoveLast(t *testing.T) {
	key := newPosixKey(t)
	detach(t, create(t, key, 8, RemoveLast()))
	wantObjects(t, "alone", key, false, false)

	creator := create(t, key, 8, RemoveLast())
	other := attach(t, key, ReadOnly)
	detach(t, creator)
	wantObjects(t, "another segment of this process has it open", key, true, true)
	last := attach(t, key, ReadOnly, RemoveLast())
	detach(t, other)
	wantObjects(t, "one without the option leaves", key, true, true)
	detach(t, last)
	wantObjects(t, "the last one did not create it", key, false, false)
}

func TestRemoveLastIsNotTheLastWhileAnotherProcessHasItOpen(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8, RemoveLast())
	child := startChild(t, "wait", key, "attached")
	detach(t, s)
	wantObjects(t, "a child has it open", key, true, true)
	s = attach(t, key, ReadOnly, RemoveLast())
	end(t, child)
	detach(t, s)
	wantObjects(t, "the child has left", key, false, false)
}

// What counts is who has the memory open, whether or not he ever opened the lock, as QSharedMemory of Qt 6.5 with a
// native key.
func TestRemoveLastCountsThoseWithoutLock(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8, RemoveLast())
	fd, err := posix.ShmOpen(key.Native, posix.ReadOnly, 0)
	if err != nil {
		t.Fatal(err)
	}
	detach(t, s)
	wantObjects(t, "open elsewhere", key, true, true)
	if err := posix.Close(fd); err != nil {
		t.Error(err)
	}
	detach(t, attach(t, key, ReadOnly, RemoveLast()))
	wantObjects(t, "closed", key, false, false)
}

func TestPosixCreateOnExistingTouchesNothing(t *testing.T) {
	key := newPosixKey(t)
	child := startChild(t, "create", key, "held")
	for _, c := range []struct{ when, hint string }{
		{"in use", "attach to it instead"}, {"left behind", "no process has it open"},
	} {
		memory, lock := objects(t, key)
		for _, opt := range []Option{RequireOwner(), RemoveLast(), BreakDeadLock()} {
			_, err := Create(t.Context(), key, 16, opt)
			wantError(t, err, fs.ErrExist, CodeAlreadyExists)
			wantText(t, err, c.hint)
		}
		after, lockAfter := objects(t, key)
		if !after.Same(memory) || !lockAfter.Same(lock) || lockAfter.Links != lock.Links || after.Size != 8 {
			t.Errorf("%s: segment %+v became %+v, lock %+v became %+v", c.when, memory, after, lock, lockAfter)
		}
		if c.when == "in use" {
			wantValue(t, key, 0)
			end(t, child)
		}
	}
}

// Qt's creator takes the lock's name along, and whoever comes then shares no lock with who has stayed.
func TestPosixCreatorLeavesFirstAndTheLockGoesOn(t *testing.T) {
	key := newPosixKey(t)
	creator := create(t, key, 8)
	child := startChild(t, "wait", key, "attached")
	_, before := objects(t, key)
	detach(t, creator)
	if _, after := objects(t, key); !after.Same(before) {
		t.Fatalf("the lock was %+v and is %+v", before, after)
	}
	newcomer := attach(t, key, ReadWrite)
	lock(t, newcomer)
	tell(t, child)
	untilWaiting(t, key, 1)
	unlock(t, newcomer)
	untilWaiting(t, key, 0)
	wantValue(t, key, 0) // the child has it
	end(t, child)
	wantObjects(t, "one of two has left", key, true, true)
	detach(t, newcomer)
	wantObjects(t, "all have left", key, true, false)
}

func TestPosixLockIsRemovedByTheLastOfWhomeverIsLeft(t *testing.T) {
	key := newPosixKey(t)
	creator := create(t, key, 8)
	child := startChild(t, "wait", key, "attached")
	detach(t, creator)
	end(t, child)
	wantObjects(t, "a child was the last", key, true, false)
	remove(t, key)

	creator = create(t, key, 8)
	child = startChild(t, "wait", key, "attached")
	detach(t, creator)
	kill(child)
	wantObjects(t, "the child was killed", key, true, true)
	detach(t, attach(t, key, ReadOnly))
	wantObjects(t, "the next one knows by the mark", key, true, false)

	maker := attach(t, key, ReadWrite)
	qt, err := posix.ShmOpen(key.Native, posix.ReadWrite, 0) // a Qt program knows nothing of marks
	if err != nil {
		t.Fatal(err)
	}
	detach(t, maker)
	wantObjects(t, "a Qt program is attached", key, true, true)
	detach(t, attach(t, key, ReadOnly))
	wantObjects(t, "it still is", key, true, true)
	if err := posix.Close(qt); err != nil {
		t.Error(err)
	}
	detach(t, attach(t, key, ReadOnly))
	wantObjects(t, "it has detached", key, true, false)
}

// A QSystemSemaphore of the same name is the same semaphore, and who waits for it is attached to nothing.
func TestPosixLockThatSomebodyWaitsForStays(t *testing.T) {
	key := newPosixKey(t)
	s := create(t, key, 8)
	qt := openLockFile(t, key)
	lock(t, s)
	done := make(chan error)
	go func() { done <- qt.Wait(context.Background()) }()
	untilWaiters(t, qt, 1)
	detach(t, s)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantObjects(t, "it has the lock", key, true, true)
	post(t, qt)
	closeSem(t, qt)
	detach(t, attach(t, key, ReadOnly))
	wantObjects(t, "it has given it back", key, true, false)
}

// A lock that somebody else made is his to remove, as in Qt, as long as nobody has handed it over.
func TestPosixLockOfAnotherStays(t *testing.T) {
	key := newPosixKey(t)
	fd, err := posix.ShmOpen(key.Native, posix.ReadWrite|posix.Create, 0o600)
	if err := errors.Join(err, posix.Ftruncate(fd, 8), posix.Close(fd)); err != nil {
		t.Fatal(err)
	}
	closeSem(t, makeLock(t, key, 1))
	detach(t, attach(t, key, ReadOnly))
	wantObjects(t, "detached", key, true, true)
	remove(t, key)
}

func TestPosixCreateRepairsALockThatAdmitsTwo(t *testing.T) {
	key := newPosixKey(t)
	closeSem(t, makeLock(t, key, 3))
	s := create(t, key, 8)
	wantValue(t, key, 1)
	detach(t, s)
	wantObjects(t, "as in Qt, create takes the lock over", key, true, false)
}

// An ended context does not keep from what needs no waiting, nor leave anything where it does.
func TestPosixWaitsEndWithTheirContext(t *testing.T) {
	key := newPosixKey(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	held := makeLock(t, key, 0)
	_, err := Create(ctx, key, 8)
	wantError(t, err, context.Canceled, CodeCanceled)
	wantObjects(t, "create has given up", key, false, true)
	if err := held.Post(); err != nil {
		t.Fatal(err)
	}
	s := create(t, key, 8)
	lock(t, s)
	_, err = Attach(ctx, key, ReadOnly)
	wantError(t, err, context.Canceled, CodeCanceled)
	if n := held.Waiters(); n != 0 {
		t.Errorf("%d still wait", n)
	}
	unlock(t, s)
	for _, access := range []Access{ReadOnly, ReadWrite} {
		s, err := Attach(ctx, key, access)
		if err != nil {
			t.Fatalf("free lock: %v", err)
		}
		detach(t, s)
	}
	closeSem(t, held)
}
