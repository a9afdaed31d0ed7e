package bridge

import (
	"context"
	"errors"
	"sync"
	"testing"
)

func TestGateExcludes(t *testing.T) {
	const goroutines, rounds = 8, 2000
	g := newGate()
	var wg sync.WaitGroup
	n := 0
	for range goroutines {
		wg.Go(func() {
			for range rounds {
				if err := g.lock(context.Background()); err != nil {
					t.Error(err)
				}
				n++
				g.unlock()
			}
		})
	}
	wg.Wait()
	if n != goroutines*rounds || !g.tryLock() {
		t.Errorf("counted to %d of %d, or the gate is not free", n, goroutines*rounds)
	}
}

func TestGateGivesUpWithItsContext(t *testing.T) {
	g := newGate()
	if !g.tryLock() || g.tryLock() {
		t.Fatal("a free gate is taken once")
	}
	reason := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(reason)
	if err := g.lock(ctx); !errors.Is(err, reason) {
		t.Errorf("%v, want %v", err, reason)
	}
	g.unlock()
	if err := g.lock(ctx); err != nil {
		t.Errorf("a free gate and an ended context: %v", err)
	}
	g.unlock()
}

// A cancelled waiter must not swallow the wake-up of another: if it does, this test hangs.
func TestGateLosesNoWakeUp(t *testing.T) {
	g := newGate()
	for range 500 {
		if !g.tryLock() {
			t.Fatal("not free")
		}
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for i := range 4 {
			ctx := ctx
			if i%2 == 0 {
				ctx = context.Background()
			}
			wg.Go(func() {
				if g.lock(ctx) == nil {
					g.unlock()
				}
			})
		}
		go cancel()
		g.unlock()
		wg.Wait()
	}
}
