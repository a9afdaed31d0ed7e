//go:build linux || windows

package bridge

import (
	"context"
	"runtime"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestKeepLock(t *testing.T) { eachFamily(t, testKeepLock) }

func testKeepLock(t *testing.T, key ipckey.Key) {
	s := create(t, key, 8, RemoveLast(), KeepLock())
	wantLocked(t, key)
	unlock(t, s)
	wantError(t, s.Unlock(), ErrNotLocked, CodeNotLocked)
	for _, opts := range [][]Option{{KeepLock()}, {KeepLock(), BreakDeadLock()}} {
		other := attach(t, key, ReadWrite, opts...)
		wantLocked(t, key)
		if ok, err := s.TryLock(); ok || err != nil {
			t.Errorf("it is locked twice: %v, %v", ok, err)
		}
		unlock(t, other)
		wantValue(t, key, 1)
		lock(t, other)
		unlock(t, other)
		detach(t, other)

		other = attach(t, key, ReadOnly, opts...)
		detach(t, other)
		wantValue(t, key, 1)
	}
}

// wantLocked fails unless nobody else can take the lock, on the way in either.
func wantLocked(t *testing.T, key ipckey.Key) {
	t.Helper()
	wantValue(t, key, 0)
	_, err := Attach(soon(t), key, ReadOnly, KeepLock())
	wantError(t, err, context.DeadlineExceeded, CodeTimeout)
}

// A lock that this Segment holds itself is not taken for a dead one's, although nobody else has it open.
func TestKeepLockIsNotBroken(t *testing.T) { eachFamily(t, testKeepLockIsNotBroken) }

func testKeepLockIsNotBroken(t *testing.T, key ipckey.Key) {
	s := create(t, key, 8, RemoveLast(), KeepLock(), BreakDeadLock())
	wantError(t, s.Lock(soon(t)), context.DeadlineExceeded, CodeTimeout)
	unlock(t, s)
}

func TestKeepLockLeavesNothingBehindInVain(t *testing.T) {
	eachFamily(t, testKeepLockLeavesNothingBehindInVain)
}

func testKeepLockLeavesNothingBehindInVain(t *testing.T, key ipckey.Key) {
	s := create(t, key, 8, RemoveLast())
	lock(t, s)
	before := inspect(t, key).Attached
	wantLocked(t, key)
	if after := inspect(t, key).Attached; after != before {
		t.Errorf("%d attached, before %d", after, before)
	}
	unlock(t, s)
	wantValue(t, key, 1)
}

func TestID(t *testing.T) { eachFamily(t, testID) }

func testID(t *testing.T, key ipckey.Key) {
	first := create(t, key, 8, RemoveLast())
	if other := attach(t, key, ReadOnly, RemoveLast()); other.ID() != first.ID() {
		t.Errorf("%d to one, %d to the other", first.ID(), other.ID())
	} else {
		detach(t, other)
	}
	detach(t, first)
	second := create(t, key, 8, RemoveLast())
	if told := runtime.GOOS != "windows"; (first.ID() != second.ID()) != told {
		t.Errorf("%d, and the next one of that name %d", first.ID(), second.ID())
	}
}
