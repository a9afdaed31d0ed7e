//go:build linux

package bridge

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
)

// Why an attempt has to be made again from the start.
var (
	// errReplaced: somebody removed the segment or its lock while this process waited for the lock.
	errReplaced = errors.New("replaced")
	// errUnfinished: somebody is between shm_open and ftruncate, under another lock.
	errUnfinished = errors.New("it has no bytes yet")
)

// lookAgain returns nil when it is time for another attempt at what failed with err, and what the caller is to return
// otherwise. No event tells that a segment has got its size, or that the holder of a lock has died.
func lookAgain(ctx context.Context, at place, err error) error {
	switch {
	case errors.Is(err, errReplaced):
		return context.Cause(ctx)
	case errors.Is(err, errUnfinished):
		if err := pause(ctx, time.Millisecond); err != nil {
			return hinted{err, "whoever makes it has not given it a size yet, or was killed: see qtpeer info"}
		}
		return nil
	case errors.Is(err, errAside):
		return errors.Join(closeIfIdle(at.lock), pause(ctx, rand.N(deathWatch)))
	}
	return err
}

// wait takes the lock after a wait that may turn out to be short. If it is in vain, the error says who may be in the way.
func (l *sharedLock) wait(ctx context.Context, exit *posix.Exit) error {
	err := l.WaitBy(ctx, exit)
	if err != nil && ctx.Err() != nil {
		err = hinted{err, l.suspects()}
	}
	return err
}

// waitFor is wait, but if it is impatient it returns errAside after some time.
func (l *sharedLock) waitFor(ctx context.Context, exit *posix.Exit, impatient bool) error {
	if !impatient {
		return l.wait(ctx, exit)
	}
	slice, cancel := context.WithTimeoutCause(ctx, deathWatch/2+rand.N(deathWatch), errAside)
	defer cancel()
	err := l.WaitBy(slice, exit)
	if err != nil && ctx.Err() != nil {
		err = hinted{context.Cause(ctx), l.suspects()}
	}
	return err
}

// suspects says which processes may hold what somebody has waited for in vain.
func (l *sharedLock) suspects() string {
	locks.mu.Lock()
	users := l.users
	locks.mu.Unlock()
	if users > 1 {
		return "another Segment of this process may hold it, or one that has it open: " + listUsers(l.Stat())
	}
	if alone, err := l.Alone(); err == nil && alone {
		return "whoever held it has died, for nobody else has it open: BreakDeadLock, or qtpeer --break-dead-lock, takes it over"
	}
	return "held by one that has it open, or by one that died while these wait: " + listUsers(l.Stat())
}
