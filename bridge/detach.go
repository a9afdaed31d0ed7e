package bridge

import (
	"context"
	"errors"
)

// Detach ends the attachment, under the lock; the last one to detach removes the segment, its lock and its key files, but
// a POSIX segment only with RemoveLast. On Windows the kernel does so, and Detach does not wait for the lock.
// Detaching while Lock is held gives the lock back, as in Qt. It waits for running Do, ReadAt and WriteAt calls to
// return. When ctx ends first the Segment stays attached; any other error comes from an attachment that has ended
// nevertheless. A second Detach does nothing and returns nil.
func (s *Segment) Detach(ctx context.Context) error {
	if s.inside != nil {
		return s.detachUnlocked(ctx)
	}
	var lockErr error
	if !s.holder.give(holderLock, holderCall) {
		lockErr = s.enter(ctx, holderCall)
		switch {
		case errors.Is(lockErr, ErrDetached):
			return nil
		case lockErr != nil && ctx.Err() != nil:
			return wrap("detach", s.key, lockErr)
		case lockErr != nil:
			s.holder.note(holderCall)
		}
	}
	s.mapped.Lock()
	defer s.mapped.Unlock()
	if s.gone.Swap(true) {
		return nil
	}
	s.mem = nil
	err := s.at.leave(lockErr == nil)
	return wrap("detach", s.key, errors.Join(lockErr, err))
}

// detachUnlocked is Detach where leave needs no lock.
func (s *Segment) detachUnlocked(ctx context.Context) error {
	if err := s.inside.lock(ctx); err != nil {
		return wrap("detach", s.key, err)
	}
	defer s.inside.unlock()
	s.mapped.Lock()
	defer s.mapped.Unlock()
	if s.gone.Swap(true) {
		return nil
	}
	s.holder.give(holderLock, holderNone)
	s.mem = nil
	return wrap("detach", s.key, s.at.leave(false))
}
