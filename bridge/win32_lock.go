//go:build windows

package bridge

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"

	"github.com/shmbridge/shmbridge/internal/win32"
)

// win32Lock is the semaphore that guards a segment: 1 when free, 0 when held.
type win32Lock struct {
	*win32Sem
	taken atomic.Bool // through this attachment; changed while the handle is used
}

func openWin32Lock(at place) (*win32Lock, error) {
	s, err := openWin32Sem(at.ofLock(), 1)
	return &win32Lock{win32Sem: s}, err
}

func (l *win32Lock) tryTake() (taken bool, err error) {
	err = l.with(func(h win32.Handle) (err error) {
		if taken, err = win32.TryWait(h); taken {
			l.taken.Store(true)
		}
		return err
	})
	return taken, err
}

func (l *win32Lock) give() error {
	return l.with(func(h win32.Handle) error {
		l.taken.Store(false)
		return explainRelease(win32.Release(h, 1))
	})
}

// take waits for the lock. If that is in vain, the error says who may be in the way.
func (l *win32Lock) take(ctx context.Context) error {
	err := l.waitUntil(ctx)
	if err != nil && ctx.Err() != nil && !errors.Is(err, ErrDetached) {
		err = hinted{err, l.suspects()}
	}
	return err
}

func (l *win32Lock) waitUntil(ctx context.Context) error {
	return l.with(func(h win32.Handle) error {
		err := win32.Wait(ctx, h)
		if err == nil {
			l.taken.Store(true)
		}
		return err
	})
}

// waitAside is take, but it returns errAside after some time.
func (l *win32Lock) waitAside(ctx context.Context) error {
	slice, cancel := context.WithTimeoutCause(ctx, deathWatch/2+rand.N(deathWatch), errAside)
	defer cancel()
	err := l.waitUntil(slice)
	if err != nil && ctx.Err() != nil && !errors.Is(err, ErrDetached) {
		err = hinted{context.Cause(ctx), l.suspects()}
	}
	return err
}

// suspects says who may hold what somebody has waited for in vain.
func (l *win32Lock) suspects() string {
	others, err := l.others()
	if err == nil && others == 0 {
		return "whoever held it has died, for nobody else has it open: BreakDeadLock, or qtpeer --break-dead-lock, takes it over"
	}
	return fmt.Sprintf("held by one that has it open, or by one that died while these wait: %d other handles to the semaphore are open", others)
}

// others returns how many handles to the semaphore there are but this one, in this and other processes.
func (l *win32Lock) others() (others int, err error) {
	err = l.with(func(h win32.Handle) error {
		n, err := win32.Handles(h)
		others = n - 1
		return err
	})
	return others, err
}

// takeFromDead takes the lock from a holder that died, if nobody else has it open: the semaphore goes with the last handle, and a
// new one is free. The caller does not hold the lock.
func (l *win32Lock) takeFromDead() (bool, error) {
	if n, err := l.others(); n > 0 || err != nil {
		return false, err
	}
	if err := l.reopen(func() error { return nil }); err != nil {
		return false, err
	}
	return l.tryTake()
}

// stepAside lets go of the semaphore for a moment. The caller does not hold the lock.
func (l *win32Lock) stepAside(ctx context.Context) error {
	return l.reopen(func() error { return pause(ctx, rand.N(deathWatch)) })
}

// reopen closes the semaphore, and opens it, or makes a new one, after between.
func (l *win32Lock) reopen(between func() error) error {
	l.use.Lock()
	defer l.use.Unlock()
	if l.h == 0 {
		return ErrDetached
	}
	err := win32.Close(l.h)
	l.h = 0
	return errors.Join(err, between(), l.open())
}

// leave closes the semaphore, and gives back what has been taken, but to no goroutine that uses l.
func (l *win32Lock) leave() error {
	l.use.Lock()
	defer l.use.Unlock()
	if l.h == 0 {
		return nil
	}
	var err error
	if l.taken.Swap(false) {
		err = explainRelease(win32.Release(l.h, 1))
	}
	err = errors.Join(err, win32.Close(l.h))
	l.h = 0
	return err
}
