//go:build linux

package bridge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
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

func explainSem(name string, err error) error {
	switch _, dirErr := os.Stat(posix.Dir); {
	case dirErr != nil:
		return noDir(dirErr)
	case errors.Is(err, syscall.EINVAL):
		return hinted{fmt.Errorf("%w: %w", errName, err), "a POSIX name is one slash and then 1 to 251 bytes without another"}
	case errors.Is(err, syscall.ELOOP):
		return hinted{fmt.Errorf("semaphore %s: %w: %w", name, ErrSymlink, err), "it is never followed"}
	case errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("semaphore %s in %s: %w", name, posix.Dir, err)
	}
	if info, statErr := posix.SemStat(name); errors.Is(err, syscall.EACCES) && statErr == nil {
		return hinted{fmt.Errorf("semaphore %s: %w", name, err), fmt.Sprintf("it belongs to user %d, and Qt's semaphores are for one user only", info.UID)}
	}
	return fmt.Errorf("semaphore %s: %w", name, err)
}

func (s *namedSem) tryAcquire() (bool, error) { return s.TryWait(), nil }
func (s *namedSem) release(n int) error       { return s.Add(n) }

// noDir is the error of a system without the directory of POSIX objects.
func noDir(err error) error {
	return hinted{fmt.Errorf("%w: %v", errors.ErrUnsupported, err), "POSIX objects are files there: mount a tmpfs on " + posix.Dir}
}

// wait takes one after a wait that may turn out to be short. If it is in vain, the error says who may be in the way.
func (s *namedSem) wait(ctx context.Context) error {
	err := s.Wait(ctx)
	if err != nil && ctx.Err() != nil {
		err = hinted{err, s.suspects()}
	}
	return err
}

// suspects says which processes may hold what somebody has waited for in vain.
func (s *namedSem) suspects() string {
	if alone, err := s.Alone(); err == nil && alone {
		return "whoever held it has died, for nobody else has it open: bridge.BreakDeadLock, or qtpeer --break-dead-lock, takes it over"
	}
	return "held by one that has it open, or by one that died while these wait: " + listUsers(s.Stat())
}

// listUsers lists the processes that have an object open; this one, which has it open to ask, only if there is no other.
func listUsers(object posix.Info) string {
	users, complete := posix.Users(object.Dev, object.Ino)
	var names []string
	for _, u := range users {
		if u.PID != os.Getpid() {
			names = append(names, fmt.Sprintf("process %d (%s)", u.PID, u.Command))
		}
	}
	switch {
	case !complete:
		names = append(names, "maybe one that this user cannot look into")
	case len(names) == 0:
		names = append(names, "this process, or one in another container")
	}
	return strings.Join(names, ", ")
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
