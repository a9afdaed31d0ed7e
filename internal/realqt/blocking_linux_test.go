//go:build amd64 || arm64

package realqt

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// lockInThread starts a goroutine that locks m, and returns the thread it will block in and the result to come.
func lockInThread(m *SharedMemory) (thread int, locked <-chan bool) {
	threads, result := make(chan int), make(chan bool, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		threads <- syscall.Gettid()
		result <- m.Lock()
	}()
	return <-threads, result
}

// With one Go processor, nothing after the Lock would run if Lock kept it.
func TestBlockedLockLetsOthersRun(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	eachQt(t, func(t *testing.T, q *Qt) {
		holder, waiter := twoAttached(t, q)
		_, locked := lockInThread(waiter)
		awaitWaiters(t, lockFile(holder), 1)
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

// Go's scheduler sends SIGURG to its threads; semop is never restarted by the kernel, but by Qt.
func TestSignalsDoNotEndAWait(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		holder, waiter := twoAttached(t, q)
		thread, locked := lockInThread(waiter)
		file := lockFile(holder)
		awaitWaiters(t, file, 1)
		for range 10 {
			slept := sleeps(t, thread)
			if err := syscall.Tgkill(os.Getpid(), thread, syscall.SIGURG); err != nil {
				t.Fatal(err)
			}
			await(t, "the thread wakes and sleeps again", func() bool { return sleeps(t, thread) > slept })
			awaitWaiters(t, file, 1)
		}
		must(t, holder.Unlock(), holder)
		must(t, <-locked, waiter)
		must(t, waiter.Unlock(), waiter)
	})
}

// sleeps counts how often a thread of this process has gone to sleep.
func sleeps(t *testing.T, thread int) (n int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/status", thread))
	if err != nil {
		t.Fatal(err)
	}
	_, count, _ := strings.Cut(string(status), "\nvoluntary_ctxt_switches:")
	if _, err := fmt.Sscan(count, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestBlockedAcquire(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key, file := semaphoreKey(t, q)
		s, other := newSemaphore(t, q, key, 0, false), newSemaphore(t, q, key, 0, false)
		acquired := make(chan bool)
		go func() { acquired <- other.Acquire() }()
		awaitWaiters(t, file, 1)
		must(t, s.Release(1), s)
		must(t, <-acquired, other)
		if value := semctl(semaphoreOf(t, file), getValue); value != 0 {
			t.Errorf("the value is %d after one release and one acquire", value)
		}
	})
}

// Every pair of libraries, in two processes of which one waits for the other.
func TestLockWaitsForAnotherProcess(t *testing.T) {
	for _, lib := range libraries {
		eachQt(t, func(t *testing.T, q *Qt) {
			m := newMemory(t, q, randomKey())
			must(t, m.Create(64, false), m)
			p := startPeer(t, lib, m.Key())
			p.want(t, "attach", "true")
			must(t, m.Lock(), m)
			m.Data()[0] = 41
			p.send("lock")
			awaitWaiters(t, lockFile(m), 1)
			must(t, m.Unlock(), m)
			if got := p.receive(); got != "true" {
				t.Fatalf("the peer's lock: %s", got)
			}
			p.want(t, "increment", "42")

			_, locked := lockInThread(m)
			awaitWaiters(t, lockFile(m), 1)
			p.want(t, "increment", "43")
			p.want(t, "unlock", "true")
			must(t, <-locked, m)
			if m.Data()[0] != 43 {
				t.Errorf("the peer wrote %d, want 43", m.Data()[0])
			}
			must(t, m.Unlock(), m)
			p.want(t, "detach", "true")
			if printed := p.stop(t); printed != "" {
				t.Errorf("Qt printed %q", printed)
			}
		})
	}
}
