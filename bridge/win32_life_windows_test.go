package bridge

import (
	"io"
	"io/fs"
	"reflect"
	"testing"
	"unsafe"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
	"golang.org/x/sys/windows"
)

func nativeKey(native string) ipckey.Key { return ipckey.Key{Type: ipckey.Windows, Native: native} }

// wantNothing wants neither the segment nor its lock.
func wantNothing(t *testing.T, when string, key ipckey.Key) {
	t.Helper()
	if info := inspect(t, key); info.Exists || info.Semaphore.Exists {
		t.Errorf("%s: %+v", when, info)
	}
}

// The first three sizes are what real versions of Qt have as size().
func TestSizeIsOfWholePages(t *testing.T) {
	for requested, size := range map[int]int{1: 4096, 4097: 8192, 65537: 69632, 4096: 4096} {
		key := newKey(t)
		s := create(t, key, requested)
		other := attach(t, key, ReadOnly)
		if s.Size() != size || s.RequestedSize() != requested || len(s.Bytes()) != size {
			t.Errorf("create %d: size %d, requested %d, %d bytes; want %d", requested, s.Size(), s.RequestedSize(), len(s.Bytes()), size)
		}
		if other.Size() != size || other.RequestedSize() != size || len(other.Bytes()) != size {
			t.Errorf("attach to %d: size %d, requested %d, %d bytes; want %d", requested, other.Size(), other.RequestedSize(), len(other.Bytes()), size)
		}
		if got := inspect(t, key).Size; got != int64(size) {
			t.Errorf("inspect %d: %d, want %d", requested, got, size)
		}
	}
}

func TestSegmentOfMoreThan32Bits(t *testing.T) {
	const size = 5 << 30
	key := newKey(t)
	s, other := create(t, key, size), attach(t, key, ReadOnly)
	if s.Size() != size || other.Size() != size || inspect(t, key).Size != size {
		t.Errorf("sizes %d, %d, %d", s.Size(), other.Size(), inspect(t, key).Size)
	}
	if _, err := s.WriteAt([]byte("end"), size-3); err != nil {
		t.Error(err)
	}
	buf := make([]byte, 4)
	if n, err := other.ReadAt(buf, size-3); n != 3 || err != io.EOF || string(buf[:n]) != "end" {
		t.Errorf("%q, %v", buf[:n], err)
	}
}

func TestKilledProcessLeavesNothing(t *testing.T) {
	key := newKey(t)
	child := startChild(t, "create", key, "held")
	if info := inspect(t, key); !info.Exists || info.Attached != 1 || info.Semaphore.Value != 0 || info.Orphan() {
		t.Errorf("%+v", info)
	}
	kill(child)
	wantNothing(t, "killed", key)
}

// Qt keeps the handle of what was there already, and so the name after its creator has gone.
func TestFailedCreateKeepsNoHandle(t *testing.T) {
	key := newKey(t)
	creator := create(t, key, 8)
	for range 2 {
		_, err := Create(t.Context(), key, 8)
		wantError(t, err, fs.ErrExist, CodeAlreadyExists)
		wantText(t, err, "attach to it")
	}
	if info := inspect(t, key); info.Attached != 1 {
		t.Errorf("%+v", info)
	}
	detach(t, creator)
	wantNothing(t, "the creator has gone", key)
	create(t, key, 8)
}

// Qt's create() makes a new segment in the place of one that it alone is attached to.
func TestCreateNeverReplaces(t *testing.T) {
	key := newKey(t)
	creator := create(t, key, 8)
	if _, err := creator.WriteAt([]byte("data"), 0); err != nil {
		t.Fatal(err)
	}
	wantKept := func(when string, s *Segment) {
		t.Helper()
		_, err := Create(t.Context(), key, 1<<20)
		wantError(t, err, fs.ErrExist, CodeAlreadyExists)
		if info := inspect(t, key); info.Size != 4096 || string(s.Bytes()[:4]) != "data" {
			t.Errorf("%s: %+v, %q", when, info, s.Bytes()[:4])
		}
	}
	wantKept("by itself", creator)
	child := startChild(t, "wait", key, "attached")
	detach(t, creator)
	other := attach(t, key, ReadOnly)
	wantKept("others are attached", other)
	detach(t, other)
	end(t, child)
}

// The lock goes with the last handle too, so that what it was has no effect on the next segment.
func TestNextSegmentHasANewLock(t *testing.T) {
	key := newKey(t)
	s := create(t, key, 8)
	lock(t, s)
	abandon(t, s)
	wantNothing(t, "abandoned", key)
	create(t, key, 8)
	wantValue(t, key, 1)
}

// As in Qt, create() does not reset a lock that is there before the segment. Unlike in Qt it does not wait for it.
func TestCreateKeepsTheLock(t *testing.T) {
	key := newKey(t)
	semaphore := openSemaphore(t, lockKey(t, key), 0, OpenExisting)
	s, other := create(t, key, 8), attach(t, key, ReadOnly)
	wantValue(t, key, 0)
	for _, s := range []*Segment{s, other} {
		wantTimeout(t, s.Lock(soon(t)), "2 other handles to the semaphore")
	}
	if err := semaphore.Release(1); err != nil {
		t.Error(err)
	}
	lock(t, other)
	unlock(t, other)
	wantValue(t, key, 1)
}

func TestRemoveHasNothingToRemove(t *testing.T) {
	key := newKey(t)
	wantError(t, Remove(t.Context(), key), fs.ErrNotExist, CodeNotFound)
	semaphore := openSemaphore(t, lockKey(t, key), 1, OpenExisting)
	err := Remove(t.Context(), key)
	wantError(t, err, ErrInUse, CodeInUse)
	wantText(t, err, "its lock")
	s := create(t, key, 8)
	if err := semaphore.Close(); err != nil {
		t.Error(err)
	}
	err = Remove(t.Context(), key)
	wantError(t, err, ErrInUse, CodeInUse)
	wantText(t, err, "the last program")
	if info := inspect(t, key); !info.Exists || info.Attached != 1 {
		t.Errorf("%+v", info)
	}
	detach(t, s)
	wantError(t, Remove(t.Context(), key), fs.ErrNotExist, CodeNotFound)
}

func TestInspect(t *testing.T) {
	key := newKey(t)
	want := Info{Key: key, Semaphore: SemaphoreInfo{Native: lockKey(t, key).Native}}
	look := func(when string) {
		t.Helper()
		if info := inspect(t, key); !reflect.DeepEqual(info, want) {
			t.Errorf("%s: %+v, want %+v", when, info, want)
		}
	}
	look("nothing")
	s := create(t, key, 5000)
	want.Exists, want.Size, want.Attached = true, 8192, 1
	want.Semaphore.Exists, want.Semaphore.Value, want.Semaphore.Waiting = true, 1, -1
	look("created")
	other := attach(t, key, ReadOnly)
	lock(t, other)
	want.Attached, want.Semaphore.Value = 2, 0
	look("attached and locked")
	detach(t, other)
	want.Attached, want.Semaphore.Value = 1, 1
	look("detached")
	child := startChild(t, "hold", key, "held")
	want.Attached, want.Semaphore.Value = 2, 0
	look("held by a child")
	kill(child)
	want.Attached = 1
	look("the child was killed")
	detach(t, s)
}

func TestDetachUnmaps(t *testing.T) {
	s := create(t, newKey(t), 8)
	address := uintptr(unsafe.Pointer(&s.Bytes()[0]))
	state := func() uint32 {
		var info windows.MemoryBasicInformation
		if err := windows.VirtualQuery(address, &info, unsafe.Sizeof(info)); err != nil {
			t.Fatal(err)
		}
		return info.State
	}
	const free = 0x10000 // MEM_FREE (winnt.h)
	if got := state(); got != windows.MEM_COMMIT {
		t.Errorf("attached: state %#x", got)
	}
	detach(t, s)
	if got := state(); got != free {
		t.Errorf("detached: state %#x", got)
	}
}

// Should taking the lock fail, it is not given back.
func TestLeaveWithoutTheLock(t *testing.T) {
	key := newKey(t)
	s := openSemaphore(t, lockKey(t, key), 1, OpenExisting)
	a, err := win32Backend{}.create(t.Context(), place{name: key.Native, lock: s.Key().Native}, 8)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.leave(false); err != nil {
		t.Error(err)
	}
	wantCount(t, s.Key(), true, 1)
	closeSemaphore(t, s)
	wantNothing(t, "left", key)
}
