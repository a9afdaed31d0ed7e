//go:build linux

package bridge

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"
)

// sharedLock is the lock of a segment, used by all Segments of this process that are attached to it. It stays open for a
// while after the last one has left, because opening it costs more than the rest of attach and detach. (QSharedMemory
// keeps it open for as long as the object lives.)
type sharedLock struct {
	*namedSem
	users int         // attachments
	idle  *time.Timer // closes the lock when nobody has used it for a while
	held  bool        // it was when the timer came last
}

// keepOpen is that while.
const keepOpen = time.Second

// locks are those that this process has open, by name.
var locks = struct {
	mu   sync.Mutex
	open map[string]*sharedLock
}{open: map[string]*sharedLock{}}

func openLock(at place) (*sharedLock, error) {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	l := locks.open[at.lock]
	switch {
	case l == nil:
		sem, err := openNamedSem(at.ofLock(), 1)
		if err != nil {
			return nil, err
		}
		l = &sharedLock{namedSem: sem}
		l.idle = time.AfterFunc(keepOpen, l.closeIdle)
		locks.open[at.lock] = l
	case at.requireOwner && l.Stat().UID != uint32(os.Geteuid()):
		return nil, foreign("semaphore "+at.lock, l.Stat().UID)
	}
	l.idle.Stop()
	l.held = false
	l.users++
	return l, nil
}

// closeIdle closes a lock that nobody has used for a while. It holds the lock meanwhile: so there is no goroutine that
// has just taken it and is about to find its Segment detached. The second time it does not insist.
func (l *sharedLock) closeIdle() {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	switch {
	case l.users > 0:
	case l.TryWait():
		l.forget()
		_ = l.PostAndClose()
	case l.held:
		l.forget()
		_ = l.Close()
	default:
		l.held = true
		l.idle.Reset(keepOpen)
	}
}

// forget lets the next openLock look for the lock anew. The caller holds locks.mu.
func (l *sharedLock) forget() {
	if locks.open[l.name] == l {
		delete(locks.open, l.name)
	}
}

// current fails with errReplaced if the name no longer leads to the lock: then it excludes nobody who comes now.
func (l *sharedLock) current() error {
	linked, err := l.Linked()
	if err == nil && !linked {
		locks.mu.Lock()
		defer locks.mu.Unlock()
		l.forget()
		err = errReplaced
	}
	return err
}

// acquire takes the lock for an attachment that is only coming, or for Remove.
func (l *sharedLock) acquire(ctx context.Context, at place) error {
	if l.TryWait() {
		return nil
	}
	if err := l.current(); err != nil {
		return err
	}
	if at.breakDead {
		return l.waitUnless(ctx, l.dead)
	}
	return l.wait(ctx)
}

// dead reports whether the lock is taken, and nobody but one attachment of this process has it open.
func (l *sharedLock) dead() bool {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	alone, err := l.Alone()
	return err == nil && alone && l.users == 1 && l.Value() == 0
}

// adopt makes a lock that this process holds ours to remove, as Qt's create() does, and makes it exclude others again
// if there was a release too many somewhere. Qt replaces the semaphore instead, under whoever holds the old one.
func (l *sharedLock) adopt() {
	l.owned.Store(true)
	for l.Value() > 0 && l.TryWait() {
	}
}

// leave ends the use by one attachment. If the lock is ours to remove, or the segment has gone, then it is removed, but
// only if nobody else is attached or waits: Qt removes it under the others, who then share a lock that newcomers do
// not know. Instead it is handed over, by a mark in the semaphore that tells the last one of us to remove it.
func (l *sharedLock) leave(held, alone, segmentGone bool) error {
	var err error
	removed := false
	if held && (l.removable() || segmentGone) {
		if removed = alone && l.Waiters() == 0; removed {
			err = l.unlink()
		} else {
			l.Mark()
		}
	}
	if held {
		err = errors.Join(err, l.Post())
	}
	locks.mu.Lock()
	defer locks.mu.Unlock()
	if l.users--; l.users > 0 {
		return err
	}
	if !removed {
		l.idle.Reset(keepOpen)
		return err
	}
	l.forget()
	return errors.Join(err, l.Close())
}

// removable reports whether the last one of us is to remove the lock.
func (l *sharedLock) removable() bool { return l.owned.Load() || l.Marked() }

// closeIfIdle closes a lock now that would be closed in a while.
func closeIfIdle(name string) error {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	l := locks.open[name]
	if l == nil || l.users > 0 {
		return nil
	}
	l.forget()
	return l.Close()
}
