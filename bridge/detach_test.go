//go:build linux || windows

package bridge

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestLastDetachRemovesWhoeverCreated(t *testing.T) {
	eachFamily(t, testLastDetachRemovesWhoeverCreated)
}

func testLastDetachRemovesWhoeverCreated(t *testing.T, key ipckey.Key) {
	creator := create(t, key, 8, RemoveLast())
	if _, err := creator.WriteAt([]byte("data"), 0); err != nil {
		t.Error(err)
	}
	other := attach(t, key, ReadOnly, RemoveLast())
	detach(t, creator)
	if info := inspect(t, key); !info.Exists || info.Attached != 1 || string(other.Bytes()[:4]) != "data" {
		t.Errorf("after the creator left: %+v, %q", info, other.Bytes()[:4])
	}
	detach(t, other)
	if info := inspect(t, key); info.Exists || info.KeyFile.Exists || info.Semaphore.Exists {
		t.Errorf("after the last left: %+v", info)
	}
	_, err := Attach(t.Context(), key, ReadOnly)
	wantError(t, err, fs.ErrNotExist, CodeNotFound)
}

func TestDetachIsIdempotentAndEndsUse(t *testing.T) { eachFamily(t, testDetachIsIdempotentAndEndsUse) }

func testDetachIsIdempotentAndEndsUse(t *testing.T, key ipckey.Key) {
	s := create(t, key, 8)
	size := s.Size()
	detach(t, s)
	detach(t, s)
	ok, tryErr := s.TryLock()
	_, readErr := s.ReadAt(make([]byte, 1), 0)
	_, writeErr := s.WriteAt(make([]byte, 1), 0)
	doErr := s.Do(t.Context(), func([]byte) error { t.Error("fn ran"); return nil })
	for _, err := range []error{s.Lock(t.Context()), tryErr, readErr, writeErr, doErr} {
		wantError(t, err, ErrDetached, CodeDetached)
	}
	if ok || s.Bytes() != nil || s.Size() != size || s.RequestedSize() != 8 {
		t.Errorf("TryLock %v, %d bytes, size %d", ok, len(s.Bytes()), s.Size())
	}
}

func TestDetachWhileLockedGivesTheLockBack(t *testing.T) {
	eachFamily(t, testDetachWhileLockedGivesTheLockBack)
}

func testDetachWhileLockedGivesTheLockBack(t *testing.T, key ipckey.Key) {
	a, b := create(t, key, 8), attach(t, key, ReadWrite)
	lock(t, b)
	detach(t, b)
	wantError(t, b.Unlock(), ErrNotLocked, CodeNotLocked)
	lock(t, a)
	unlock(t, a)
	wantValue(t, key, 1)
}

func TestDetachWaitsForDo(t *testing.T) { eachFamily(t, testDetachWaitsForDo) }

func testDetachWaitsForDo(t *testing.T, key ipckey.Key) {
	other, s := create(t, key, 8), attach(t, key, ReadWrite)
	inside, leave := make(chan struct{}), make(chan struct{})
	results := make(chan error, 2)
	go func() {
		results <- s.Do(context.Background(), func(mem []byte) error {
			close(inside)
			<-leave
			mem[0] = 1
			return nil
		})
	}()
	<-inside
	wantError(t, s.Detach(soon(t)), context.DeadlineExceeded, CodeTimeout)
	if s.Bytes() == nil {
		t.Error("detached nevertheless")
	}
	go func() { results <- s.Detach(context.Background()) }()
	close(leave)
	if err := errors.Join(<-results, <-results); err != nil {
		t.Error(err)
	}
	wantError(t, s.Do(t.Context(), nil), ErrDetached, CodeDetached)
	wantError(t, s.Unlock(), ErrNotLocked, CodeNotLocked)
	lock(t, other)
	unlock(t, other)
	wantValue(t, key, 1)
}

func TestDetachBesideLock(t *testing.T) { eachFamily(t, testDetachBesideLock) }

func testDetachBesideLock(t *testing.T, key ipckey.Key) {
	keeper := create(t, key, 8)
	for range 300 {
		s := attach(t, key, ReadWrite)
		locked := make(chan error, 1)
		go func() {
			err := s.Lock(context.Background())
			if err == nil {
				err = s.Unlock()
			}
			locked <- err
		}()
		detach(t, s)
		if err := <-locked; err != nil && !errors.Is(err, ErrDetached) && !errors.Is(err, ErrNotLocked) {
			t.Fatal(err)
		}
		if value := inspect(t, key).Semaphore.Value; value != 1 {
			t.Fatalf("the lock has the value %d", value)
		}
	}
	lock(t, keeper)
	unlock(t, keeper)
}

func TestDetachDuringReadAt(t *testing.T) { eachFamily(t, testDetachDuringReadAt) }

func testDetachDuringReadAt(t *testing.T, key ipckey.Key) {
	create(t, key, 1<<16)
	s := attach(t, key, ReadWrite)
	var wg sync.WaitGroup
	started := make(chan struct{}, 4)
	for range 4 {
		wg.Go(func() {
			buf := make([]byte, 1<<16)
			for first := true; ; first = false {
				if _, err := s.ReadAt(buf, 0); err != nil {
					if !errors.Is(err, ErrDetached) {
						t.Error(err)
					}
					return
				}
				if first {
					started <- struct{}{}
				}
			}
		})
	}
	for range 4 {
		<-started
	}
	detach(t, s)
	wg.Wait()
}
