package bridge

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestRemoveTakesOrphansOnly(t *testing.T) {
	key := newKey(t)
	wantError(t, Remove(t.Context(), key), fs.ErrNotExist, CodeNotFound)
	s := create(t, key, 8)
	wantError(t, Remove(t.Context(), key), ErrInUse, CodeInUse)
	if !inspect(t, key).Exists {
		t.Fatal("removed a segment in use")
	}
	orphan := startChild(t, "hold", key, "held")
	kill(orphan)
	detachWithoutCleaning(t, s)
	if info := inspect(t, key); !info.Orphan() {
		t.Fatalf("no orphan: %+v", info)
	}
	_, err := Create(t.Context(), key, 8)
	wantError(t, err, fs.ErrExist, CodeAlreadyExists)
	if err := Remove(t.Context(), key); err != nil {
		t.Fatal(err)
	}
}

// The creator, who would remove the lock, was killed: the last one does it, and newKey asserts that no file is left.
func TestLastDetachAfterTheCreatorWasKilled(t *testing.T) {
	key := newKey(t)
	creator := startChild(t, "create", key, "held")
	killed := make(chan struct{})
	go func() { // as soon as attach waits for the lock
		untilWaiting(t, key, 1)
		kill(creator)
		close(killed)
	}()
	seg := attach(t, key, ReadWrite)
	<-killed
	detach(t, seg)
	if info := inspect(t, key); info.Exists || info.Semaphore.Exists {
		t.Errorf("%+v", info)
	}
}

// Both were killed or left in an order that leaves the lock alone.
func TestRemoveTakesALoneLock(t *testing.T) {
	key := newKey(t)
	creator := startChild(t, "create", key, "held")
	info := inspect(t, key)
	if err := errors.Join(sysv.Shmrm(info.ID), sysv.Unlink(info.KeyFile.Path)); err != nil {
		t.Fatal(err)
	}
	wantError(t, Remove(t.Context(), key), ErrInUse, CodeInUse)
	kill(creator)
	if err := Remove(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	if info := inspect(t, key); info.Semaphore.Exists {
		t.Errorf("%+v", info)
	}
}

// detachWithoutCleaning is what the kernel does for a process that dies.
func detachWithoutCleaning(t *testing.T, s *Segment) {
	t.Helper()
	if err := sysv.Shmdt(s.mem); err != nil {
		t.Fatal(err)
	}
	s.mem = nil
	s.gone.Store(true)
}

// A native key may be any file. One with something in it is nobody's to remove.
func TestDocumentUsedAsKeyFileStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "thesis.tex")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	key := ipckey.Key{Type: ipckey.SystemV, Native: path}
	wantError(t, Remove(t.Context(), key), fs.ErrNotExist, CodeNotFound)
	s := create(t, key, 8)
	detach(t, s)
	if info := inspect(t, key); info.Exists || info.Semaphore.Exists {
		t.Errorf("left behind: %+v", info)
	}
	wantError(t, Remove(t.Context(), key), fs.ErrNotExist, CodeNotFound)
	if text, err := os.ReadFile(path); string(text) != "x" {
		t.Errorf("%q, %v", text, err)
	}
}
