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

func TestAddAndSet(t *testing.T) {
	sem, _ := newSem(t, 2)
	beyond, tooMany := SemValueMax, error(unix.EOVERFLOW)
	if beyond++; beyond < 0 { // where int has 32 bits
		tooMany = unix.EINVAL
	}
	for _, c := range []struct {
		do    func(n int) error
		n     int
		call  string
		errno error
		value int
	}{
		{sem.Add, 0, "", nil, 2},
		{sem.Add, 3, "", nil, 5},
		{sem.Add, -1, "sem_post", unix.EINVAL, 5},
		{sem.Add, SemValueMax - 4, "sem_post", unix.EOVERFLOW, 5},
		{sem.Add, SemValueMax, "sem_post", unix.EOVERFLOW, 5},
		{sem.Add, beyond, "sem_post", tooMany, 5},
		{sem.Add, SemValueMax - 5, "", nil, SemValueMax},
		{sem.Set, 4, "", nil, 4},
		{sem.Set, -1, "sem_init", unix.EINVAL, 4},
		{sem.Set, beyond, "sem_init", unix.EINVAL, 4},
		{sem.Set, SemValueMax, "", nil, SemValueMax},
		{sem.Set, 0, "", nil, 0},
	} {
		if err := c.do(c.n); callOf(err) != c.call || errnoOf(err) != c.errno || sem.Value() != c.value {
			t.Errorf("%d: %v, value %d; want %s: %v, %d", c.n, err, sem.Value(), c.call, c.errno, c.value)
		}
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
