package bridge

import (
	"context"
	"fmt"
	"sync"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// OpenMode says what OpenSemaphore does with a semaphore that exists; it is QSystemSemaphore::AccessMode.
type OpenMode int

// OpenExisting keeps the value of a semaphore that exists. CreateNew takes it over: its value is set, and Close
// removes it. Where there is none both make one. On Windows CreateNew is the same as OpenExisting, as in Qt.
const (
	OpenExisting OpenMode = iota
	CreateNew
)

// Semaphore is a counting semaphore between processes, as QSystemSemaphore is.
//
// On System V the kernel takes back what a process did to the semaphore when the process ends: what it acquired is
// released, and what it released is acquired again (QSystemSemaphore asks for this with SEM_UNDO). Tokens can
// therefore not be left behind for others. A semaphore of POSIX or Windows remembers nothing of the sort.
type Semaphore struct {
	key     ipckey.Key
	counter counter
	max     int

	closing context.Context // ends with Close, so that nobody goes on waiting
	close   context.CancelCauseFunc
	once    sync.Once
	err     error // of Close
}

// OpenSemaphore opens the semaphore of key, or makes one with the value initial: 0 to 32767 on System V, to 2147483647
// on POSIX and Windows.
func OpenSemaphore(ctx context.Context, key ipckey.Key, initial int, mode OpenMode, opts ...Option) (*Semaphore, error) {
	s, err := newSemaphore(ctx, key, initial, mode, opts)
	return s, wrap("open the semaphore", key, err)
}

func newSemaphore(ctx context.Context, key ipckey.Key, initial int, mode OpenMode, opts []Option) (*Semaphore, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	b, at, err := backendOf(key, ipckey.Semaphore, opts)
	if err != nil {
		return nil, err
	}
	s := &Semaphore{key: key, max: b.maxCount()}
	if err := s.checkCount(initial); err != nil {
		return nil, fmt.Errorf("initial value %w", err)
	}
	if s.counter, err = b.semaphore(at, initial, mode == CreateNew); err != nil {
		return nil, err
	}
	s.closing, s.close = context.WithCancelCause(context.Background())
	return s, nil
}

func (s *Semaphore) checkCount(n int) error {
	if n < 0 || n > s.max {
		return fmt.Errorf("%d: %w: 0 to %d", n, ErrRange, s.max)
	}
	return nil
}

// Key returns the key that the Semaphore was opened with.
func (s *Semaphore) Key() ipckey.Key { return s.key }

// Acquire takes one from the semaphore and waits until it can, until ctx ends, or until Close. When somebody removes a
// System V semaphore meanwhile, it is made again with the initial value, as Qt does; a POSIX semaphore that was removed
// goes on working among those who have it open. On Windows nobody can remove one.
func (s *Semaphore) Acquire(ctx context.Context) error {
	ok, err := s.TryAcquire()
	if ok || err != nil {
		return err
	}
	ctx, done := endedBy(ctx, s.closing)
	defer done()
	return wrap("acquire", s.key, s.counter.wait(ctx))
}

// endedBy is ctx, ended by the end of closing too.
func endedBy(ctx, closing context.Context) (_ context.Context, done func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(closing, func() { cancel(context.Cause(closing)) })
	return ctx, func() {
		stop()
		cancel(nil)
	}
}

// TryAcquire takes one from the semaphore if that can be done at once, and reports whether it did.
func (s *Semaphore) TryAcquire() (bool, error) {
	if s.closing.Err() != nil {
		return false, wrap("acquire", s.key, ErrDetached)
	}
	ok, err := s.counter.tryAcquire()
	return ok, wrap("acquire", s.key, err)
}

// Release adds n to the semaphore, in one step. n, and the value that results, are 0 to 32767 on System V, to 2147483647
// on POSIX and Windows.
func (s *Semaphore) Release(n int) error {
	if s.closing.Err() != nil {
		return wrap("release", s.key, ErrDetached)
	}
	if err := s.checkCount(n); err != nil {
		return wrap("release", s.key, err)
	}
	if n == 0 {
		return nil
	}
	return wrap("release", s.key, s.counter.release(n))
}

// Close ends the use of the semaphore, also by goroutines that wait in Acquire: they get ErrDetached. The one who
// made it or took it over removes it, whether or not others use it, as Qt does; on Windows it goes with the last one who has it. A second Close returns what the first did.
func (s *Semaphore) Close() error {
	s.once.Do(func() {
		s.close(ErrDetached)
		s.err = wrap("close", s.key, s.counter.close())
	})
	return s.err
}
