//go:build linux

package bridge

import (
	"context"
	"errors"
	"sync"
)

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
func (a *breakingAttachment) lever() Lever      { return Lever{SemID: -1} }

func (a *breakingAttachment) tryLock() (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	taken := a.sem.TryWait()
	a.held = a.held || taken
	return taken, nil
}

// lock is called by one goroutine at a time.
func (a *breakingAttachment) lock(ctx context.Context) error {
	for !a.takeFromDead() {
		err := a.sem.waitFor(ctx, &a.exit, true)
		if err == nil {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.held = true
			return nil
		}
		if !errors.Is(err, errAside) {
			return err
		}
	}
	return nil
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

// dead reports whether the holder of the lock has died, to the only attachment of this process.
func (l *sharedLock) dead() bool {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	return l.users == 1 && l.abandoned()
}
