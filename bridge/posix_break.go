//go:build linux

package bridge

import (
	"context"
	"errors"
	"sync"
	"time"
)

// lookAgain is how often somebody who waits looks whether the holder has died, of which no event tells.
const lookAgain = 100 * time.Millisecond

// waitUnless waits until it gets one, ctx ends, or taken says that it is not needed any more.
func (s *namedSem) waitUnless(ctx context.Context, taken func() bool) error {
	for !taken() {
		slice, cancel := context.WithTimeout(ctx, lookAgain)
		err := s.Wait(slice)
		cancel()
		if ctx.Err() != nil && err != nil {
			return hinted{context.Cause(ctx), s.suspects()}
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
	}
	return nil
}

// breakingAttachment is an attachment that may take its lock from the dead. It notes whether it holds the lock itself,
// for then, too, the lock is at 0 and nobody else needs to have it open.
type breakingAttachment struct {
	*posixAttachment
	mu   sync.Mutex
	held bool
}

func (a *posixAttachment) withBreak() attachment {
	if !a.at.breakDead {
		return a
	}
	return &breakingAttachment{posixAttachment: a}
}

func (a *breakingAttachment) quick() *quickLock { return nil }

func (a *breakingAttachment) tryLock() (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	taken := a.sem.TryWait()
	a.held = a.held || taken
	return taken, nil
}

// lock is called by one goroutine at a time.
func (a *breakingAttachment) lock(ctx context.Context) error {
	err := a.sem.waitUnless(ctx, a.takeFromDead)
	if err == nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.held = true
	}
	return err
}

func (a *breakingAttachment) takeFromDead() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.held || !a.sem.dead() {
		return false
	}
	a.held = true
	return true
}

func (a *breakingAttachment) unlock() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.held = false
	return a.sem.Post()
}
