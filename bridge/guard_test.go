//go:build linux || windows

package bridge

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func takeGuard(t *testing.T, key ipckey.Key) *Guard {
	t.Helper()
	g, err := TakeGuard(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { releaseGuard(t, g) })
	return g
}

func releaseGuard(t *testing.T, g *Guard) {
	t.Helper()
	if err := g.Release(context.Background()); err != nil {
		t.Error(err)
	}
}

// wantTaken checks that the guard is taken, by process pid.
func wantTaken(t *testing.T, key ipckey.Key, pid int) {
	t.Helper()
	before := inspect(t, key)
	_, err := TakeGuard(t.Context(), key)
	wantError(t, err, fs.ErrExist, CodeAlreadyExists)
	var taken *TakenError
	if !errors.As(err, &taken) || taken.PID != pid {
		t.Errorf("taken by %v, want process %d", err, pid)
	}
	after := inspect(t, key)
	if after.ID != before.ID || after.Attached != before.Attached || after.Semaphore.Value != before.Semaphore.Value {
		t.Errorf("%+v became %+v", before, after)
	}
}

func TestGuard(t *testing.T) { eachFamily(t, testGuard) }

func testGuard(t *testing.T, key ipckey.Key) {
	g := takeGuard(t, key)
	wantTaken(t, key, os.Getpid())
	wantValue(t, key, 1)
	if s := attach(t, key, ReadOnly); s.Size() < blockSize || blockPID(s.Bytes()) != os.Getpid() {
		t.Errorf("the segment has %x", s.Bytes())
	} else {
		detach(t, s)
	}
	releaseGuard(t, g)
	releaseGuard(t, g)
	if info := inspect(t, key); info.Exists || info.Semaphore.Exists {
		t.Errorf("after Release: %+v", info)
	}
	takeGuard(t, key)
}

// As in if (memory.attach()) return; memory.create(1);
func TestGuardAndPrograms(t *testing.T) { eachFamily(t, testGuardAndPrograms) }

func testGuardAndPrograms(t *testing.T, key ipckey.Key) {
	running := create(t, key, 1, RemoveLast())
	creator := 0 // POSIX and Windows do not tell it
	if key.Type == ipckey.SystemV {
		creator = os.Getpid()
	}
	wantTaken(t, key, creator)
	detach(t, running)
	g := takeGuard(t, key)
	if _, err := Create(t.Context(), key, 1); !errors.Is(err, fs.ErrExist) {
		t.Errorf("created beside the guard: %v", err)
	}
	other := attach(t, key, ReadWrite)
	releaseGuard(t, g)
	wantTaken(t, key, creator)
	if other.Bytes()[blockPrimary] != 0 || blockPID(other.Bytes()) != 0 {
		t.Errorf("released, the segment has %x", other.Bytes())
	}
}

func TestGuardOptions(t *testing.T) {
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		g, err := TakeGuard(t.Context(), key, WithAccess(ReadOnly), KeepLock(), LeaveOrphan())
		if err != nil {
			t.Fatal(err)
		}
		wantValue(t, key, 1)
		releaseGuard(t, g)
		if inspect(t, key).Exists {
			t.Error("the segment has stayed")
		}
	})
}

func TestGuardErrors(t *testing.T) {
	if _, err := TakeGuard(t.Context(), ipckey.Key{Type: families[0].newKey(t).Type}); !errors.Is(err, ipckey.ErrEmptyKey) {
		t.Errorf("no key: %v", err)
	}
	_, err := TakeGuard(t.Context(), ipckey.Key{Type: 0x102, Native: "x"})
	wantError(t, err, errors.ErrUnsupported, CodeUnsupported)
	for text, e := range map[string]*TakenError{"another instance is running": {}, "another instance is running: process 7": {7}} {
		if e.Error() != text || !errors.Is(e, fs.ErrExist) {
			t.Errorf("%q, want %q", e, text)
		}
	}
}
