//go:build linux

package bridge

import "context"

func (a *posixAttachment) withBreak() attachment {
	if !a.at.breakDead {
		return a
	}
	return &breakingAttachment{mortalAttachment: a, held: a.at.keepLock}
}

// takeFromDead takes the lock by leaving it at 0.
func (a *posixAttachment) takeFromDead() (bool, error) { return a.sem.dead(), nil }

// stepAside does nothing: an attachment keeps its lock open, as long as its process lives.
func (*posixAttachment) stepAside(context.Context) error { return nil }

func (a *posixAttachment) waitAside(ctx context.Context) error {
	return a.sem.waitFor(ctx, &a.exit, true)
}

// dead reports whether the holder of the lock has died, to the only attachment of this process.
func (l *sharedLock) dead() bool {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	return l.users == 1 && l.abandoned()
}
