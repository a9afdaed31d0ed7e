//go:build windows

package bridge

import (
	"context"
	"errors"
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

// with calls do with the handle, which is not closed meanwhile.
func (s *win32Sem) with(do func(h win32.Handle) error) error {
	s.use.RLock()
	defer s.use.RUnlock()
	if s.h == 0 {
		return ErrDetached
	}
	return do(s.h)
}

func (s *win32Sem) tryAcquire() (taken bool, err error) {
	err = s.with(func(h win32.Handle) (err error) {
		taken, err = win32.TryWait(h)
		return err
	})
	return taken, err
}

func (s *win32Sem) release(n int) error {
	return s.with(func(h win32.Handle) error { return explainRelease(win32.Release(h, n)) })
}

// wait is for QSystemSemaphore, which may be at 0 without anybody having it. ctx must end before close is called.
func (s *win32Sem) wait(ctx context.Context) error {
	err := s.with(func(h win32.Handle) error { return win32.Wait(ctx, h) })
	if err != nil && ctx.Err() != nil && !errors.Is(err, ErrDetached) {
		err = hinted{err, "nobody has released one"}
	}
	return err
}

func (s *win32Sem) close() error {
	s.use.Lock()
	defer s.use.Unlock()
	h := s.h
	s.h = 0
	if h == 0 {
		return nil
	}
	return win32.Close(h)
}

func (win32Backend) maxCount() int { return win32.SemaphoreMax }

// semaphore ignores create, as Qt does: Windows cannot set the value of a semaphore that exists.
func (win32Backend) semaphore(at place, initial int, _ bool) (counter, error) {
	return openWin32Sem(at, initial)
}
