//go:build linux || windows

package bridge

import (
	"context"
	"encoding/binary"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

const counters, rounds = 4, 250

// count adds counters*rounds to the number at the start of the segment.
func count(s *Segment) error {
	var wg sync.WaitGroup
	var failed atomic.Pointer[error]
	for range counters {
		wg.Go(func() {
			for range rounds {
				err := s.Do(context.Background(), func(mem []byte) error {
					binary.NativeEndian.PutUint64(mem, binary.NativeEndian.Uint64(mem)+1)
					return nil
				})
				if err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

func TestLockExcludesProcessesSegmentsAndGoroutines(t *testing.T) {
	eachFamily(t, testLockExcludesProcessesSegmentsAndGoroutines)
}

func testLockExcludesProcessesSegmentsAndGoroutines(t *testing.T, key ipckey.Key) {
	const processes = 3
	segments := []*Segment{create(t, key, 8), attach(t, key, ReadWrite)}
	var children []func()
	for range processes {
		child := startChild(t, "count", key, "attached")
		tell(t, child)
		children = append(children, func() { end(t, child) })
	}
	var wg sync.WaitGroup
	for _, s := range segments {
		wg.Go(func() {
			if err := count(s); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, end := range children {
		end()
	}
	want := uint64(len(segments)+processes) * counters * rounds
	if n := binary.NativeEndian.Uint64(segments[0].Bytes()); n != want {
		t.Errorf("counted to %d, want %d", n, want)
	}
	wantValue(t, key, 1)
}

// What the lock guards may be Go memory: then the race detector knows whether Lock comes after the Unlock before it.
func TestLockOrdersGoMemory(t *testing.T) { eachFamily(t, testLockOrdersGoMemory) }

func testLockOrdersGoMemory(t *testing.T, key ipckey.Key) {
	s := create(t, key, 8)
	var n int
	var wg sync.WaitGroup
	for range counters {
		wg.Go(func() {
			for range rounds {
				lock(t, s)
				n++
				unlock(t, s)
			}
		})
	}
	wg.Wait()
	if n != counters*rounds {
		t.Errorf("counted to %d, want %d", n, counters*rounds)
	}
}

// Each waits for the other once: who waits is woken by the other's Unlock, and by its end.
func TestLockWaitsForAnotherProcess(t *testing.T) { eachFamily(t, testLockWaitsForAnotherProcess) }

func testLockWaitsForAnotherProcess(t *testing.T, key ipckey.Key) {
	s := create(t, key, 8)
	child := startChild(t, "wait", key, "attached")
	lock(t, s)
	tell(t, child)
	untilChildWaits(t, key, child)
	unlock(t, s)
	wantSays(t, child, "held")
	wantValue(t, key, 0)
	done := make(chan error)
	go func() { done <- s.Lock(context.Background()) }()
	untilWaiting(t, key, 1)
	end(t, child)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantValue(t, key, 0)
	unlock(t, s)
	wantValue(t, key, 1)
}
