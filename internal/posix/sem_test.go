//go:build linux

package posix

import (
	"context"
	"errors"
	"testing"

	"golang.org/x/sys/unix"
)

func TestSemCounts(t *testing.T) {
	sem, _ := newSem(t, 2)
	for i, want := range []bool{true, true, false} {
		if got := sem.TryWait(); got != want {
			t.Errorf("TryWait %d: %v", i, got)
		}
	}
	if err := sem.Post(); err != nil || sem.Value() != 1 || sem.Waiters() != 0 {
		t.Errorf("%v, value %d, %d waiters", err, sem.Value(), sem.Waiters())
	}
	if err := sem.Wait(t.Context()); err != nil || sem.Value() != 0 {
		t.Errorf("%v, value %d", err, sem.Value())
	}
}

func TestPostOverflows(t *testing.T) {
	sem, name := newSem(t, SemValueMax)
	if err := sem.Post(); errnoOf(err) != unix.EOVERFLOW || callOf(err) != "sem_post" {
		t.Errorf("%v, want sem_post: EOVERFLOW", err)
	}
	glibc := startPeers(t, 1, name)[0]
	if err := glibc.do("sem_post"); err != unix.EOVERFLOW {
		t.Errorf("glibc: %v, want EOVERFLOW", err)
	}
	if sem.Value() != SemValueMax {
		t.Errorf("value %d", sem.Value())
	}
}

func TestWaitOfAnEndedContextTakesNothing(t *testing.T) {
	sem, _ := newSem(t, 1)
	reason := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(reason)
	if err := sem.Wait(ctx); err != reason {
		t.Errorf("%v, want %v", err, reason)
	}
	wantState(t, sem.image, 1, 0)
}

func TestSemPairDoesNotAllocate(t *testing.T) {
	sem, _ := newSem(t, 1)
	allocs := testing.AllocsPerRun(100, func() {
		if !sem.TryWait() || sem.Post() != nil || sem.Wait(t.Context()) != nil || sem.Post() != nil {
			t.Fatal("a free semaphore was not taken")
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations for two pairs", allocs)
	}
}

func BenchmarkTryWaitPost(b *testing.B) {
	sem, _ := newSem(b, 1)
	for b.Loop() {
		sem.TryWait()
		_ = sem.Post()
	}
}

func BenchmarkWaitPost(b *testing.B) {
	sem, _ := newSem(b, 1)
	for b.Loop() {
		_ = sem.Wait(b.Context())
		_ = sem.Post()
	}
}

func BenchmarkOpenClose(b *testing.B) {
	_, name := newSem(b, 1)
	for b.Loop() {
		if err := semOpen(name); err != nil {
			b.Fatal(err)
		}
	}
}
