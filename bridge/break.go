//go:build linux || windows

package bridge

import (
	"context"
	"errors"
	"sync"
	"time"
)

// mortalAttachment is an attachment whose lock a dead holder keeps.
type mortalAttachment interface {
	attachment
	// takeFromDead takes the lock if its holder has died and nobody else has it open. The caller does not hold it.
	takeFromDead() (bool, error)
	// waitAside is lock, but it returns errAside after some time.
	waitAside(ctx context.Context) error
	// stepAside closes the lock for a moment, if it can. The caller does not hold it.
	stepAside(ctx context.Context) error
}

// breakingAttachment is an attachment that may take its lock from the dead. It notes whether it holds the lock itself,
// for then, too, the lock is at 0 and nobody else needs to have it open.
type breakingAttachment struct {
	mortalAttachment
	mu   sync.Mutex
	held bool
}

func (a *breakingAttachment) quick() *quickLock { return nil }
func (a *breakingAttachment) lever() Lever      { return Lever{SemID: -1} }

func (a *breakingAttachment) tryLock() (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	taken, err := a.mortalAttachment.tryLock()
	a.held = a.held || taken
	return taken, err
}

// lock is called by one goroutine at a time.
func (a *breakingAttachment) lock(ctx context.Context) error {
	for {
		if taken, err := a.takeFromDead(); taken || err != nil {
			return err
		}
		err := a.waitAside(ctx)
		if err == nil {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.held = true
			return nil
		}
		if !errors.Is(err, errAside) {
			return err
		}
		if err := a.stepAside(ctx); err != nil {
			return err
		}
	}
}

func (a *breakingAttachment) stepAside(ctx context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.held {
		return nil
	}
	return a.mortalAttachment.stepAside(ctx)
}

func (a *breakingAttachment) takeFromDead() (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.held {
		return false, nil
	}
	taken, err := a.mortalAttachment.takeFromDead()
	a.held = taken
	return taken, err
}

func (a *breakingAttachment) unlock() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.held = false
	return a.mortalAttachment.unlock()
}

// errAside is why somebody who may take a lock from the dead stops waiting for it: others that have it open may be waiting for
// us to close it, as we for them.
var errAside = errors.New("others have the lock open")

// deathWatch is how long somebody who waits, and may take the lock from the dead, sleeps before looking again.
const deathWatch = 100 * time.Millisecond

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
