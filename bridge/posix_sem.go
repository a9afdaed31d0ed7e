//go:build linux

package bridge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/posix"
)

// namedSem is a named semaphore as Qt finds it, made when missing. It is QSystemSemaphore, and the lock of a segment. There is no undo: what a process took that died stays taken.
type namedSem struct {
	*posix.Sem
	name  string
	owned atomic.Bool // ours to remove: we made it, or took it over
}

func openNamedSem(at place, initial int) (*namedSem, error) {
	name := at.name
	for range openings {
		sem, err := posix.SemOpen(name)
		made := errors.Is(err, syscall.ENOENT)
		if made {
			sem, err = posix.SemCreate(name, objectMode, initial)
		}
		switch {
		case errors.Is(err, syscall.EEXIST):
			continue
		case err != nil:
			return nil, explainSem(name, err)
		case at.requireOwner && sem.Stat().UID != uint32(os.Geteuid()):
			return nil, errors.Join(foreign("semaphore "+name, sem.Stat().UID), sem.Close())
		}
		s := &namedSem{Sem: sem, name: name}
		s.owned.Store(made)
		return s, nil
	}
	return nil, fmt.Errorf("semaphore %s: removed again and again while it was opened: %w", name, syscall.EAGAIN)
}

func (s *namedSem) tryAcquire() (bool, error) { return s.TryWait(), nil }
func (s *namedSem) release(n int) error       { return s.Add(n) }

// wait is for QSystemSemaphore, which may be at 0 without anybody having it.
func (s *namedSem) wait(ctx context.Context) error {
	err := s.Wait(ctx)
	if err != nil && ctx.Err() != nil {
		err = hinted{err, "nobody has released one; it is open in " + listUsers(s.Stat())}
	}
	return err
}

// unlink removes the name if it still leads to this semaphore.
func (s *namedSem) unlink() error {
	linked, err := s.Linked()
	if err == nil && linked {
		err = posix.SemUnlink(s.name)
	}
	if errors.Is(err, syscall.ENOENT) {
		return nil
	}
	return err
}

// close ends the use of a QSystemSemaphore and removes it if it is ours, whether or not others use it, as Qt does.
func (s *namedSem) close() error {
	var err error
	if s.owned.Load() {
		err = s.unlink()
	}
	return errors.Join(err, s.Close())
}

func (posixBackend) maxCount() int { return posix.SemValueMax }

func (posixBackend) semaphore(at place, initial int, create bool) (counter, error) {
	s, err := openNamedSem(at, initial)
	if err != nil {
		return nil, err
	}
	if create && !s.owned.Swap(true) {
		err = s.Set(initial) // Qt replaces it, and those who have it open share it among themselves from then on
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}
