//go:build linux || windows

package bridge

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"reflect"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestTwoSegmentsShareMemory(t *testing.T) { eachFamily(t, testTwoSegmentsShareMemory) }

func testTwoSegmentsShareMemory(t *testing.T, key ipckey.Key) {
	const size = 1024
	a := create(t, key, size, RemoveLast())
	b := attach(t, key, ReadWrite, RemoveLast())
	if a.RequestedSize() != size || a.Size() < size || b.Size() != a.Size() || b.RequestedSize() != b.Size() || a.Key() != key || b.Key() != key {
		t.Errorf("sizes %d of %d and %d of %d, keys %v, %v", a.RequestedSize(), a.Size(), b.RequestedSize(), b.Size(), a.Key(), b.Key())
	}
	if !bytes.Equal(a.Bytes(), make([]byte, a.Size())) {
		t.Error("a new segment is not zero")
	}
	if _, err := a.WriteAt([]byte("hello"), 1000); err != nil {
		t.Fatal(err)
	}
	err := b.Do(t.Context(), func(mem []byte) error {
		if string(mem[1000:1005]) != "hello" {
			t.Errorf("read %q", mem[1000:1005])
		}
		wantValue(t, key, 0)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantValue(t, key, 1)
}

func TestAttachBeforeCreateLeavesNothing(t *testing.T) {
	eachFamily(t, testAttachBeforeCreateLeavesNothing)
}

func testAttachBeforeCreateLeavesNothing(t *testing.T, key ipckey.Key) {
	_, err := Attach(t.Context(), key, ReadWrite)
	wantError(t, err, fs.ErrNotExist, CodeNotFound)
	if info := inspect(t, key); info.Exists || info.KeyFile.Exists || info.Semaphore.Exists {
		t.Errorf("left behind: %+v", info)
	}
}

func TestCreateOnLivingSegmentTouchesNothing(t *testing.T) {
	eachFamily(t, testCreateOnLivingSegmentTouchesNothing)
}

func testCreateOnLivingSegmentTouchesNothing(t *testing.T, key ipckey.Key) {
	owner := create(t, key, 8)
	lock(t, owner)
	before := inspect(t, key)
	_, err := Create(t.Context(), key, 16)
	wantError(t, err, fs.ErrExist, CodeAlreadyExists)
	after := inspect(t, key)
	if !reflect.DeepEqual(before, after) || after.Semaphore.Value != 0 {
		t.Errorf("before %+v\nafter  %+v", before, after)
	}
	unlock(t, owner)
	wantValue(t, key, 1)
}

func TestCreatorLeavesFirstAndTheLockGoesOn(t *testing.T) {
	eachFamily(t, testCreatorLeavesFirstAndTheLockGoesOn)
}

func testCreatorLeavesFirstAndTheLockGoesOn(t *testing.T, key ipckey.Key) {
	creator := create(t, key, 8)
	a, b := attach(t, key, ReadWrite), attach(t, key, ReadWrite)
	detach(t, creator)
	lock(t, a)
	wantValue(t, key, 0)
	if ok, err := b.TryLock(); ok || err != nil {
		t.Errorf("two hold the lock: %v, %v", ok, err)
	}
	unlock(t, a)
	wantValue(t, key, 1)
	detach(t, a)
	lock(t, b)
	wantValue(t, key, 0)
	unlock(t, b)
	wantValue(t, key, 1)
}

// The waiter sees the semaphore go when the creator hands it over, and waits on.
func TestCreatorLeavesWhileAnotherWaits(t *testing.T) {
	eachFamily(t, testCreatorLeavesWhileAnotherWaits)
}

func testCreatorLeavesWhileAnotherWaits(t *testing.T, key ipckey.Key) {
	creator := create(t, key, 8)
	other := attach(t, key, ReadWrite)
	lock(t, creator)
	done := make(chan error)
	go func() { done <- other.Lock(context.Background()) }()
	untilWaiting(t, key, 1)
	detach(t, creator)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantValue(t, key, 0)
	unlock(t, other)
	wantValue(t, key, 1)
}

// A lock that is taken or given back while the Segment is being detached is neither lost nor given back twice.
func TestReadAtWriteAtEnds(t *testing.T) { eachFamily(t, testReadAtWriteAtEnds) }

func testReadAtWriteAtEnds(t *testing.T, key ipckey.Key) {
	s := create(t, key, 4)
	end := int64(s.Size())
	for _, c := range []struct {
		off  int64
		n    int
		read error
		wrt  error
	}{
		{end - 4, 4, nil, nil}, {end - 2, 2, io.EOF, io.ErrShortWrite}, {end, 0, io.EOF, io.ErrShortWrite},
		{1 << 40, 0, io.EOF, io.ErrShortWrite}, {-1, 0, ErrRange, ErrRange},
	} {
		if n, err := s.WriteAt([]byte("abcd"), c.off); n != c.n || !errors.Is(err, c.wrt) {
			t.Errorf("write at %d: %d, %v; want %d, %v", c.off, n, err, c.n, c.wrt)
		}
		if n, err := s.ReadAt(make([]byte, 4), c.off); n != c.n || !errors.Is(err, c.read) {
			t.Errorf("read at %d: %d, %v; want %d, %v", c.off, n, err, c.n, c.read)
		}
	}
	if last := s.Bytes()[end-4:]; string(last) != "abab" {
		t.Errorf("the segment ends with %q", last)
	}
}

func TestReadOnlyAttachmentRefusesWrites(t *testing.T) {
	eachFamily(t, testReadOnlyAttachmentRefusesWrites)
}

func testReadOnlyAttachmentRefusesWrites(t *testing.T, key ipckey.Key) {
	create(t, key, 8)
	for name, s := range map[string]*Segment{
		"attached": attach(t, key, ReadOnly),
		"created":  create(t, ipckey.Key{Type: key.Type, Native: key.Native + "2", Legacy: key.Legacy}, 8, WithAccess(ReadOnly), RemoveLast()),
	} {
		n, err := s.WriteAt([]byte("x"), 0)
		wantError(t, err, ErrReadOnly, CodeReadOnly)
		err = s.Do(t.Context(), func(mem []byte) error { mem[0] = 'x'; return nil })
		wantError(t, err, ErrReadOnly, CodeReadOnly)
		if n != 0 || s.Bytes()[0] != 0 {
			t.Errorf("%s: something was written", name)
		}
		wantValue(t, key, 1)
	}
}

func TestDoUnlocksAfterErrorAndPanic(t *testing.T) { eachFamily(t, testDoUnlocksAfterErrorAndPanic) }

func testDoUnlocksAfterErrorAndPanic(t *testing.T, key ipckey.Key) {
	for _, access := range []Access{ReadWrite, ReadOnly} {
		s := create(t, key, 8, WithAccess(access), RemoveLast())
		mine := errors.New("mine")
		if err := s.Do(t.Context(), func([]byte) error { return mine }); !errors.Is(err, mine) {
			t.Errorf("%v: %v", access, err)
		}
		func() {
			defer func() {
				if recover() != mine {
					t.Errorf("%v: the panic was lost", access)
				}
			}()
			_ = s.Do(t.Context(), func([]byte) error { panic(mine) })
		}()
		wantValue(t, key, 1)
		detach(t, s)
	}
}
