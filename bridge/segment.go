package bridge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// Segment is an attachment to a shared memory segment, as QSharedMemory is once attached. Make one with Create or
// Attach and end it with Detach.
type Segment struct {
	key      ipckey.Key
	opts     []Option
	readOnly bool
	at       attachment

	quick  *quickLock  // the lock, if it can be taken without a call
	queue  *gate       // lets one goroutine at a time wait in the kernel, which takes a thread
	inside *gate       // held by Do and Detach where Detach does not take the lock, else nil
	holder holder      // what the lock is held for
	gone   atomic.Bool // detached; set under the lock

	mapped sync.RWMutex // held while the memory is touched without the lock; Detach excludes them
	mem    []byte       // nil when detached
	size   int
}

// Create makes a segment of size bytes, at least 1, filled with zeros, and attaches to it.
//
// It fails with fs.ErrExist, and leaves everything as it is, when the segment exists: also when nobody is attached to
// it ([Remove] takes such an orphan away). Qt's create() would reset or replace the lock of its living owner. The wait
// for the lock ends with ctx; on Windows there is none.
func Create(ctx context.Context, key ipckey.Key, size int, opts ...Option) (*Segment, error) {
	if size <= 0 {
		return nil, wrap("create", key, hinted{fmt.Errorf("%w %d", ErrSize, size), "a segment has at least one byte"})
	}
	b, at, err := backendOf(key, ipckey.Segment, opts)
	if err != nil {
		return nil, wrap("create", key, err)
	}
	a, err := b.create(ctx, at, size)
	if err != nil {
		return nil, wrap("create", key, err)
	}
	return newSegment(ctx, key, opts, at, a)
}

// Attach attaches to the segment of key. It fails with fs.ErrNotExist, and leaves nothing behind, when there is none.
// The wait for the lock ends with ctx; on Windows there is none.
func Attach(ctx context.Context, key ipckey.Key, access Access, opts ...Option) (*Segment, error) {
	b, at, err := backendOf(key, ipckey.Segment, opts)
	if err != nil {
		return nil, wrap("attach", key, err)
	}
	at.readOnly = access == ReadOnly
	a, err := b.attach(ctx, at)
	if err != nil {
		return nil, wrap("attach", key, err)
	}
	return newSegment(ctx, key, opts, at, a)
}

// Remove removes the segment of key, its lock and its key files: what a killed program left behind, or, on POSIX, any
// program. It fails with ErrInUse when somebody is attached, and with fs.ErrNotExist when there is nothing to remove. On Windows,
// where programs leave nothing behind, it always fails with one of the two.
func Remove(ctx context.Context, key ipckey.Key, opts ...Option) error {
	b, at, err := backendOf(key, ipckey.Segment, opts)
	if err == nil {
		err = b.remove(ctx, at)
	}
	return wrap("remove", key, err)
}

func newSegment(ctx context.Context, key ipckey.Key, opts []Option, at place, a attachment) (*Segment, error) {
	mem := a.memory()
	s := &Segment{key: key, opts: opts, readOnly: at.readOnly, at: a, quick: a.quick(), queue: newGate(), mem: mem, size: len(mem)}
	if !a.leavesLocked() {
		s.inside = newGate()
	}
	switch {
	case at.keepLock && a.leavesLocked():
		s.holder.note(holderLock)
	case at.keepLock:
		if err := s.Lock(ctx); err != nil {
			return nil, errors.Join(err, s.Detach(context.Background()))
		}
	}
	return s, nil
}

// Key returns the key that the Segment was made with.
func (s *Segment) Key() ipckey.Key { return s.key }

// ID tells the segment from others that have had its key or will have it: the kernel's shmid on System V, the inode number on
// POSIX, and 0 on Windows, where nothing tells. It stays when the Segment is detached.
func (s *Segment) ID() uint64 { return s.at.identity() }

// Size returns the size of the segment in bytes, exactly what its creator asked for, but on Windows rounded up to whole pages, as
// QSharedMemory::size() has it there. It stays when the Segment is detached. What is inside may be shorter: a QDataStream's own lengths say so.
func (s *Segment) Size() int { return s.size }

// RequestedSize returns the size in bytes that Create was asked for, which on Windows alone may be less than Size, and in a
// Segment made by Attach is Size: Windows does not tell others.
func (s *Segment) RequestedSize() int { return s.at.requestedSize() }

// Bytes returns the memory itself, of Size bytes, or nil when detached. Touching it after Detach, or writing to it
// through a read-only attachment, crashes the program; Do, ReadAt and WriteAt do not.
func (s *Segment) Bytes() []byte {
	s.mapped.RLock()
	defer s.mapped.RUnlock()
	return s.mem
}

// Stat looks at the segment, as Inspect does.
func (s *Segment) Stat() (Info, error) { return Inspect(s.key, s.opts...) }

// enter takes the lock: at once if it is free, else behind the other goroutines that wait for it.
func (s *Segment) enter(ctx context.Context, what uint32) error {
	if ok, err := s.tryEnter(what); ok || err != nil {
		return err
	}
	if err := s.queue.lock(ctx); err != nil {
		return err
	}
	defer s.queue.unlock()
	if err := s.at.lock(ctx); err != nil {
		if ctx.Err() != nil && s.holder.held() {
			err = hinted{err, "this Segment holds it itself, and Lock does not nest"}
		}
		return err
	}
	return s.entered(what)
}

func (s *Segment) tryEnter(what uint32) (bool, error) {
	if s.gone.Load() {
		return false, ErrDetached
	}
	if ok, err := s.at.tryLock(); !ok {
		return false, err
	}
	err := s.entered(what)
	return err == nil, err
}

// entered notes what the lock, now taken, is held for.
func (s *Segment) entered(what uint32) error {
	if s.gone.Load() {
		return errors.Join(ErrDetached, s.at.unlock())
	}
	s.holder.note(what)
	return nil
}

// exit gives the lock back if it is held for what the caller thinks.
func (s *Segment) exit(what uint32) error {
	if !s.holder.give(what, holderNone) {
		return ErrNotLocked
	}
	return s.at.unlock()
}

// Lock takes the lock that QSharedMemory::lock() takes, and waits for it until ctx ends. It does not nest: a second
// Lock waits for Unlock. A free lock is taken even if ctx has ended. When the process dies, the kernel gives a System V
// lock back; a POSIX lock stays taken, and so does one of Windows for those who have it open.
func (s *Segment) Lock(ctx context.Context) error {
	if s.quick != nil && s.quick.TryWait() {
		if !s.gone.Load() {
			s.holder.noteQuickly(holderLock)
			return nil
		}
		return wrap("lock", s.key, s.entered(holderLock))
	}
	if err := s.enter(ctx, holderLock); err != nil {
		return wrap("lock", s.key, err)
	}
	return nil
}

// TryLock takes the lock if that can be done at once, and reports whether it did.
func (s *Segment) TryLock() (bool, error) {
	ok, err := s.tryEnter(holderLock)
	return ok, wrap("lock", s.key, err)
}

// Unlock gives back what Lock or TryLock took; ErrNotLocked when they took nothing. After ErrLockLost the lock is
// given back too, but the work done under it may have met somebody else's.
func (s *Segment) Unlock() error {
	if s.quick != nil && s.holder.giveQuickly(holderLock, holderNone) {
		if err := s.quick.Post(); err != nil {
			return wrap("unlock", s.key, err)
		}
		return nil
	}
	if err := s.exit(holderLock); err != nil {
		return wrap("unlock", s.key, err)
	}
	return nil
}

// Do runs fn with the memory, under the lock. The lock is given back when fn returns or panics. A write through a
// read-only attachment makes Do return ErrReadOnly from there. fn must not call Lock, Do or Detach of this Segment,
// and must not keep mem.
func (s *Segment) Do(ctx context.Context, fn func(mem []byte) error) (err error) {
	if err := s.enter(ctx, holderCall); err != nil {
		return wrap("lock", s.key, err)
	}
	if s.inside != nil {
		_ = s.inside.lock(context.Background()) // no longer than Detach takes
		defer s.inside.unlock()
	}
	defer func() {
		if unlockErr := s.exit(holderCall); unlockErr != nil {
			err = errors.Join(err, wrap("unlock", s.key, unlockErr))
		}
	}()
	switch {
	case s.gone.Load():
		return wrap("lock", s.key, ErrDetached)
	case s.at.guarded():
		return s.guard("use", func() error { return fn(s.mem) })
	}
	return fn(s.mem)
}

// ReadAt copies from the segment, without locking; it is an io.ReaderAt. Beyond the end it returns io.EOF.
func (s *Segment) ReadAt(p []byte, off int64) (int, error) {
	s.mapped.RLock()
	defer s.mapped.RUnlock()
	if err := s.check("read", off); err != nil {
		return 0, err
	}
	n, err := s.copy("read", p, s.mem[min(off, int64(s.size)):])
	if err == nil && n < len(p) {
		err = io.EOF
	}
	return n, err
}

// WriteAt copies into the segment, without locking; it is an io.WriterAt. What does not fit is not written, and the
// error is io.ErrShortWrite: n bytes, those that fit, are in the segment.
func (s *Segment) WriteAt(p []byte, off int64) (int, error) {
	s.mapped.RLock()
	defer s.mapped.RUnlock()
	if err := s.check("write", off); err != nil {
		return 0, err
	}
	if s.readOnly {
		return 0, wrap("write", s.key, errWriteReadOnly)
	}
	n, err := s.copy("write", s.mem[min(off, int64(s.size)):], p)
	if err == nil && n < len(p) {
		err = wrap("write", s.key, hinted{io.ErrShortWrite,
			fmt.Sprintf("%d of %d bytes fit at offset %d of a segment of %d", n, len(p), off, s.size)})
	}
	return n, err
}

// copy is the built-in function, but for faults: then an unknown part has been copied.
func (s *Segment) copy(op string, to, from []byte) (n int, err error) {
	if !s.at.guarded() {
		return copy(to, from), nil
	}
	err = s.guard(op, func() error {
		n = copy(to, from)
		return nil
	})
	return n, err
}

func (s *Segment) check(op string, off int64) error {
	if s.mem == nil {
		return wrap(op, s.key, ErrDetached)
	}
	if off < 0 {
		return wrap(op, s.key, fmt.Errorf("offset %d: %w", off, ErrRange))
	}
	return nil
}
