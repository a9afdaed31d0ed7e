//go:build windows

package bridge

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"

	"github.com/shmbridge/shmbridge/internal/win32"
)

// win32Sem is a named semaphore as Qt finds it, made when missing. It is QSystemSemaphore, and the lock of a segment.
type win32Sem struct {
	at      place
	initial int

	use sync.RWMutex // held while the handle is used
	h   win32.Handle // 0 when closed
}

func openWin32Sem(at place, initial int) (*win32Sem, error) {
	s := &win32Sem{at: at, initial: initial}
	return s, s.open()
}

func (s *win32Sem) open() error {
	h, err := win32.CreateSemaphore(s.at.name, s.initial)
	if err != nil {
		return explainSemaphore(s.at.name, err)
	}
	if err := s.at.checkOwner(h, "semaphore"); err != nil {
		return errors.Join(err, win32.Close(h))
	}
	s.h = h
	return nil
}

func (s *win32Sem) tryAcquire() (bool, error) {
	s.use.RLock()
	defer s.use.RUnlock()
	if s.h == 0 {
		return false, ErrDetached
	}
	return win32.TryWait(s.h)
}

func (s *win32Sem) release(n int) error {
	s.use.RLock()
	defer s.use.RUnlock()
	if s.h == 0 {
		return ErrDetached
	}
	return explainRelease(win32.Release(s.h, n))
}

// wait is for QSystemSemaphore, which may be at 0 without anybody having it. ctx must end before close is called.
func (s *win32Sem) wait(ctx context.Context) error {
	err := s.waitUntil(ctx)
	if err != nil && ctx.Err() != nil && !errors.Is(err, ErrDetached) {
		err = hinted{err, "nobody has released one"}
	}
	return err
}

func (s *win32Sem) waitUntil(ctx context.Context) error {
	s.use.RLock()
	defer s.use.RUnlock()
	if s.h == 0 {
		return ErrDetached
	}
	return win32.Wait(ctx, s.h)
}

// waitAsLock is wait for the lock of a segment. If it is in vain, the error says who may be in the way.
func (s *win32Sem) waitAsLock(ctx context.Context) error {
	err := s.waitUntil(ctx)
	if err != nil && ctx.Err() != nil && !errors.Is(err, ErrDetached) {
		err = hinted{err, s.suspects()}
	}
	return err
}

// waitAside is waitAsLock, but it returns errAside after some time.
func (s *win32Sem) waitAside(ctx context.Context) error {
	slice, cancel := context.WithTimeoutCause(ctx, deathWatch/2+rand.N(deathWatch), errAside)
	defer cancel()
	err := s.waitUntil(slice)
	if err != nil && ctx.Err() != nil && !errors.Is(err, ErrDetached) {
		err = hinted{context.Cause(ctx), s.suspects()}
	}
	return err
}

// suspects says who may hold what somebody has waited for in vain.
func (s *win32Sem) suspects() string {
	others, err := s.others()
	if err == nil && others == 0 {
		return "whoever held it has died, for nobody else has it open: BreakDeadLock, or qtpeer --break-dead-lock, takes it over"
	}
	return fmt.Sprintf("held by one that has it open, or by one that died while these wait: %d other handles to the semaphore are open", others)
}

// others returns how many handles to the semaphore there are but this one, in this and other processes.
func (s *win32Sem) others() (int, error) {
	s.use.RLock()
	defer s.use.RUnlock()
	if s.h == 0 {
		return 0, ErrDetached
	}
	n, err := win32.Handles(s.h)
	return n - 1, err
}

// takeFromDead takes the lock from a holder that died, if nobody else has it open: the semaphore goes with the last handle, and a
// new one is free. The caller does not hold the lock.
func (s *win32Sem) takeFromDead() (bool, error) {
	if n, err := s.others(); n > 0 || err != nil {
		return false, err
	}
	if err := s.reopen(func() error { return nil }); err != nil {
		return false, err
	}
	return s.tryAcquire()
}

// stepAside lets go of the semaphore for a moment. The caller does not hold the lock.
func (s *win32Sem) stepAside(ctx context.Context) error {
	return s.reopen(func() error { return pause(ctx, rand.N(deathWatch)) })
}

// reopen closes the semaphore, and opens it, or makes a new one, after between.
func (s *win32Sem) reopen(between func() error) error {
	s.use.Lock()
	defer s.use.Unlock()
	if s.h == 0 {
		return ErrDetached
	}
	err := win32.Close(s.h)
	s.h = 0
	return errors.Join(err, between(), s.open())
}

func (s *win32Sem) close() error { return s.end(0) }

// giveAndClose gives back what the caller has taken, but to no goroutine that uses s.
func (s *win32Sem) giveAndClose() error { return s.end(1) }

func (s *win32Sem) end(release int) error {
	s.use.Lock()
	defer s.use.Unlock()
	if s.h == 0 {
		return nil
	}
	h := s.h
	s.h = 0
	var err error
	if release > 0 {
		err = explainRelease(win32.Release(h, release))
	}
	return errors.Join(err, win32.Close(h))
}

func (win32Backend) maxCount() int { return win32.SemaphoreMax }

// semaphore ignores create, as Qt does: Windows cannot set the value of a semaphore that exists.
func (win32Backend) semaphore(at place, initial int, _ bool) (counter, error) {
	return openWin32Sem(at, initial)
}
