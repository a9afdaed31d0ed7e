//go:build linux || windows

package bridge

import (
	"context"
	"encoding/binary"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// outsider does with a Segment whose lock is handed out what HandOut says that threads outside do.
type outsider struct {
	*Segment
	gate *uint32
}

func handOut(s *Segment) outsider {
	o := outsider{s, new(uint32)}
	s.HandOut(o.gate)
	return o
}

func (o outsider) lock() error {
	if atomic.CompareAndSwapUint32(o.gate, GateFree, GatePassing) {
		runtime.Gosched() // others find the gate so
		if o.pull(false) {
			atomic.StoreUint32(o.gate, GateHeld)
			return nil
		}
		atomic.StoreUint32(o.gate, GateFree)
	}
	return o.Lock(context.Background())
}

func (o outsider) unlock() error {
	if atomic.CompareAndSwapUint32(o.gate, GateHeld, GatePassing) {
		runtime.Gosched()
		if o.pull(true) {
			atomic.StoreUint32(o.gate, GateFree)
			return nil
		}
		atomic.StoreUint32(o.gate, GateHeld)
	}
	return o.Unlock()
}

// Threads that take the lock outside, and goroutines, through one Segment and through others, count to the same number.
func TestHandedOutLockExcludes(t *testing.T) {
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		const each = 500
		first := handOut(create(t, key, 8))
		second := handOut(attach(t, key, ReadWrite))
		plain := attach(t, key, ReadWrite)
		pairs := []struct {
			mem          []byte // of the Segment itself: the race detector sees what orders one, not what orders several
			lock, unlock func() error
		}{
			{first.Bytes(), first.lock, first.unlock},
			{first.Bytes(), first.lock, first.unlock},
			{first.Bytes(), func() error { return first.Lock(context.Background()) }, first.Unlock},
			{second.Bytes(), second.lock, second.unlock},
			{plain.Bytes(), func() error { return plain.Lock(context.Background()) }, plain.Unlock},
		}
		var wg sync.WaitGroup
		for _, p := range pairs {
			wg.Go(func() {
				for range each {
					if err := p.lock(); err != nil {
						t.Error(err)
						return
					}
					binary.NativeEndian.PutUint64(p.mem, binary.NativeEndian.Uint64(p.mem)+1)
					if err := p.unlock(); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		if total, want := int(binary.NativeEndian.Uint64(plain.Bytes())), len(pairs)*each; total != want {
			t.Errorf("counted to %d, want %d", total, want)
		}
		if gate := atomic.LoadUint32(first.gate); gate != GateFree {
			t.Errorf("the gate says %d when the lock is free", gate)
		}
	})
}

// Who is in the gate has nobody overtake: not Detach, which would take the Lever away, nor who takes the lock in Go.
func TestWhoPassesTheGateIsWaitedFor(t *testing.T) {
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		keeper := create(t, key, 8)
		for name, test := range map[string]struct {
			gate uint32 // afterwards
			call func(s *Segment) error
		}{
			"Detach": {GateFree, func(s *Segment) error { return s.Detach(context.Background()) }},
			"Lock": {GateFree, func(s *Segment) error {
				return errors.Join(s.Lock(context.Background()), s.Unlock())
			}},
			"Unlock": {GateHeld, (*Segment).Unlock},
		} {
			s, err := Attach(t.Context(), key, ReadWrite)
			if err != nil {
				t.Fatal(err)
			}
			o := handOut(s)
			if test.gate == GateHeld && !o.pull(false) {
				t.Fatal("the lock is not free")
			}
			atomic.StoreUint32(o.gate, GatePassing)
			done := make(chan error)
			go func() { done <- test.call(s) }()
			select {
			case err := <-done:
				t.Errorf("%s did not wait: %v", name, err)
			case <-time.After(20 * time.Millisecond): // it cannot return, however long one looks
			}
			if !o.usable() {
				t.Errorf("%s took the lever away", name)
			}
			atomic.StoreUint32(o.gate, test.gate)
			if err := <-done; err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := s.Detach(context.Background()); err != nil {
				t.Error(err)
			}
		}
		lock(t, keeper) // it is free
		unlock(t, keeper)
	})
}

func TestGateAfterMistakes(t *testing.T) {
	eachFamily(t, func(t *testing.T, key ipckey.Key) {
		o := handOut(create(t, key, 8))
		if err := o.unlock(); !errors.Is(err, ErrNotLocked) {
			t.Errorf("unlock of a free lock: %v", err)
		}
		if err := errors.Join(o.lock(), o.Unlock(), o.Lock(t.Context()), o.unlock()); err != nil {
			t.Errorf("taken outside, given back in Go, and the reverse: %v", err)
		}
		if err := o.unlock(); !errors.Is(err, ErrNotLocked) {
			t.Errorf("unlocked twice: %v", err)
		}
		if err := errors.Join(o.lock(), o.Detach(t.Context())); err != nil {
			t.Errorf("detached while the lock is held outside: %v", err)
		}
		if err := o.lock(); !errors.Is(err, ErrDetached) {
			t.Errorf("lock after Detach: %v", err)
		}
	})
}

func TestNoLeverWhereTheDeadAreWatched(t *testing.T) {
	eachMortalFamily(t, func(t *testing.T, newKey func(t *testing.T) ipckey.Key) {
		o := handOut(create(t, newKey(t), 8, BreakDeadLock()))
		if lever := o.Lever(); lever.Word != nil || lever.SemID >= 0 {
			t.Errorf("lever %+v", lever)
		}
		if err := errors.Join(o.Lock(t.Context()), o.Unlock()); err != nil {
			t.Error(err)
		}
	})
}
