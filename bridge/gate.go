package bridge

import (
	"context"
	"sync/atomic"
)

// gate is a mutex whose waiters can give up.
//
// Contended means that somebody may be waiting. A waiter always leaves the gate contended, which at worst makes the
// next unlock send a wake-up that nobody needs; wake-ups are hints, the state decides.
type gate struct {
	state atomic.Uint32
	wake  chan struct{} // capacity 1
}

const (
	gateFree uint32 = iota
	gateHeld
	gateContended
)

func newGate() *gate { return &gate{wake: make(chan struct{}, 1)} }

func (g *gate) tryLock() bool { return g.state.CompareAndSwap(gateFree, gateHeld) }

func (g *gate) lock(ctx context.Context) error {
	if g.tryLock() {
		return nil
	}
	for g.state.Swap(gateContended) != gateFree {
		select {
		case <-g.wake:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

func (g *gate) unlock() {
	if g.state.Swap(gateFree) == gateContended {
		select {
		case g.wake <- struct{}{}:
		default:
		}
	}
}
