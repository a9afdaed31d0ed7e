package bridge

import (
	"sync"
	"sync/atomic"
	"testing"
)

// What a Detach gives back is not taken by a goroutine that comes late: by the time that it finds its Segment detached, the
// lock may be closed, and cannot be given back to.
func TestPosixDetachGivesNothingToLateGoroutines(t *testing.T) {
	key, theirs := newForeignSegment(t)
	for range 200 {
		locks.mu.Lock()
		delete(locks.openings, lockKey(t, key).Native) // not busy: each Detach closes the lock
		locks.mu.Unlock()
		s := attach(t, key, ReadWrite)
		lock(t, s)
		var detached atomic.Bool
		var late sync.WaitGroup
		for range 2 {
			late.Go(func() {
				for !detached.Load() {
					if s.quick.TryWait() {
						t.Error("taken from what is being closed")
						return
					}
				}
			})
		}
		detach(t, s)
		detached.Store(true)
		late.Wait()
		if value := theirs.Value(); value != 1 || t.Failed() {
			t.Fatalf("the lock's value is %d, want 1", value)
		}
	}
	closeSem(t, theirs)
	remove(t, key)
}
