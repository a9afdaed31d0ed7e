//go:build linux

package bridge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// semSet is a System V semaphore as Qt finds it: by the key of a key file, made when missing, and made again when
// somebody removes it. It is both the lock of a segment and QSystemSemaphore.
type semSet struct {
	path         string
	proj         uint8
	requireOwner bool
	initial      int

	id atomic.Int64 // semid; replaced by reopen

	mu       sync.Mutex // guards what follows, and openings
	key      int32
	owned    bool // ours to remove: we made it, or took it over
	madeFile bool // the key file too
	closed   bool // not to be made again
}

// semMode: for the owner only, as Qt since 4.8.5.
const semMode = 0o600

// openings bounds how often a semaphore is looked up again because others remove it at the same moment.
const openings = 100

func openSemSet(at place, initial int) (*semSet, error) {
	s := &semSet{path: at.name, proj: at.id, requireOwner: at.requireOwner, initial: initial}
	return s, s.open()
}

func (s *semSet) open() error {
	for range openings {
		file, made, err := ensureKeyFile(s.path, s.requireOwner)
		if err != nil {
			return err
		}
		s.key, s.madeFile, s.owned = file.Key(s.proj), made, false
		id, err := s.find(file)
		if err != nil && made {
			err = errors.Join(err, unlinkKeyFile(s.path, s.proj, s.key))
		}
		if err != nil {
			return err
		}
		if id >= 0 {
			s.id.Store(int64(id))
			return nil
		}
	}
	return fmt.Errorf("semaphore %s: removed again and again while it was opened: %w", s.path, syscall.EAGAIN)
}

// find finds the semaphore of the key file, or makes it. It returns -1 when somebody else was faster, or has removed it.
func (s *semSet) find(file sysv.KeyFile) (id int, err error) {
	id, err = -1, syscall.ENOENT // so it is for a new file
	if !s.madeFile {
		id, err = sysv.Semget(s.key, 1, semMode)
	}
	if errors.Is(err, syscall.ENOENT) {
		id, err = s.make(file)
	}
	switch {
	case err != nil:
		err = s.explain(err, file)
	case id >= 0:
		err = s.checkOwner(id)
	}
	if removed(err) {
		return -1, nil
	}
	return id, err
}

// make makes the semaphore, or returns -1 when somebody else was faster, or removed the key file meanwhile: a
// semaphore under the key of a removed file would exclude nobody.
func (s *semSet) make(file sysv.KeyFile) (int, error) {
	id, err := sysv.Semget(s.key, 1, semMode|sysv.Create|sysv.Exclusive)
	if errors.Is(err, syscall.EEXIST) {
		return -1, nil
	}
	if err != nil {
		return -1, err
	}
	if now, err := sysv.StatKeyFile(s.path); err != nil || !now.Same(file) {
		_ = sysv.Semrm(id)
		return -1, nil
	}
	s.owned = true
	return id, sysv.SemSetValue(id, s.initial)
}

func (s *semSet) checkOwner(id int) error {
	if !s.requireOwner {
		return nil
	}
	uid, _, err := sysv.SemOwner(id)
	if err == nil && uid != uint32(os.Geteuid()) {
		err = foreign("semaphore of "+s.path, uid)
	}
	return err
}

func (s *semSet) explain(err error, file sysv.KeyFile) error {
	switch {
	case errors.Is(err, syscall.EACCES):
		return hinted{fmt.Errorf("semaphore %s: %w", s.path, err), fmt.Sprintf("the key file belongs to user %d, and Qt's semaphores are for one user only", file.UID)}
	case errors.Is(err, syscall.ENOSPC):
		return hinted{fmt.Errorf("semaphore %s: %w", s.path, err),
			`the system's semaphores are used up: "qtpeer clean" removes what was left behind; the limit is in kernel.sem`}
	}
	return fmt.Errorf("semaphore %s: %w", s.path, err)
}

// reopen finds or makes the semaphore anew after stale turned out to be removed.
func (s *semSet) reopen(ctx context.Context, stale int64) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrDetached
	}
	if s.id.Load() != stale {
		return nil
	}
	s.owned = false
	return s.open()
}

// removed reports that the kernel no longer knows the object: EINVAL from then on, EIDRM for those who waited.
func removed(err error) bool {
	return err != nil && (errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.EIDRM))
}

// acquire takes one, at once or after a wait.
func (s *semSet) acquire(ctx context.Context) error {
	if ok, err := s.tryAcquire(); ok || err != nil {
		return err
	}
	return s.wait(ctx)
}

// wait takes one after a wait that may turn out to be short.
func (s *semSet) wait(ctx context.Context) error {
	for {
		id := s.id.Load()
		err := sysv.SemWait(ctx, int(id))
		if !removed(err) {
			return err
		}
		if err := s.reopen(ctx, id); err != nil {
			return err
		}
	}
}

func (s *semSet) tryAcquire() (bool, error) {
	for {
		id := s.id.Load()
		ok, err := sysv.SemTry(int(id), -1, true)
		if !removed(err) {
			return ok, err
		}
		if err := s.reopen(context.Background(), id); err != nil {
			return false, err
		}
	}
}

// release adds n; on a removed semaphore, as Qt does, to the one that takes its place.
func (s *semSet) release(n int) error {
	for {
		id := s.id.Load()
		_, err := sysv.SemTry(int(id), int16(n), true)
		if !removed(err) {
			return err
		}
		if err := s.reopen(context.Background(), id); err != nil {
			return err
		}
	}
}

// takeOver makes the semaphore ours to remove, and reports whether it was not.
func (s *semSet) takeOver() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := !s.owned
	s.owned = true
	return taken
}

// close ends the use of the semaphore, and removes it and its key file if they are ours; first the file, as Qt does,
// so that nobody finds the key of a semaphore that is about to go.
func (s *semSet) close() error {
	if !s.end() {
		return nil
	}
	return s.rmWithFile()
}

// end makes those who wait, and find the semaphore removed, give up. It reports whether it is ours to remove.
func (s *semSet) end() (owned bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	owned, s.closed, s.owned = s.owned, true, false
	return owned
}

func (s *semSet) rmWithFile() error {
	return errors.Join(unlinkKeyFile(s.path, s.proj, s.key), s.rm())
}

func (s *semSet) rm() error { return rmSemaphore(int(s.id.Load())) }

func rmSemaphore(id int) error {
	if err := sysv.Semrm(id); !removed(err) {
		return err
	}
	return nil
}
