//go:build amd64

package realqt

import (
	"runtime"
	"testing"
)

// With one Go processor, nothing after the Lock would run if Lock kept it: this test would not end.
func TestBlockedLockLetsOthersRun(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	eachQt(t, func(t *testing.T, q *Qt) {
		holder, waiter := twoAttached(t, q)
		started, locked := make(chan bool), make(chan bool, 1)
		go func() {
			started <- true
			locked <- waiter.Lock()
		}()
		<-started
		for range 1000 { // the other goroutine has nothing to do but to enter Lock
			runtime.Gosched()
		}
		runtime.GC() // needs every processor to stop
		select {
		case <-locked:
			t.Fatal("locked twice")
		default:
		}
		must(t, holder.Unlock(), holder)
		must(t, <-locked, waiter)
		must(t, waiter.Unlock(), waiter)
	})
}

func TestBlockedAcquire(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key, name := semaphoreKey(t, q)
		s, other := newSemaphore(t, q, key, 0, false), newSemaphore(t, q, key, 0, false)
		acquired := make(chan bool)
		go func() { acquired <- other.Acquire() }()
		must(t, s.Release(2), s)
		must(t, <-acquired, other)
		if value := semaphoreValue(t, name); value != 1 {
			t.Errorf("the value is %d after two releases and one acquire", value)
		}
	})
}
