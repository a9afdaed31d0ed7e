//go:build linux

package bridge

import (
	"context"
	"errors"
	"maps"
	"os"
	"sync"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
)

// sharedLock is the lock of a segment, used by all Segments of this process that are attached to it.
type sharedLock struct {
	*namedSem
	queue *gate // for those who wait on their way in, one at a time

	users  int         // attachments, and those on their way in; guarded by locks.mu, as what follows
	inside int         // attachments
	taken  bool        // by somebody on the way in
	idle   *time.Timer // of a busy lock: closes it when nobody has used it for a while
	held   bool        // it was when the timer came last
}

// A lock that has been opened busy times without a pause of keepOpen stays open for as long after its last use, because
// opening it costs more than the rest of attach and detach. (QSharedMemory keeps it open for as long as the object lives.)
const (
	keepOpen = time.Second
	busy     = 10
)

// locks are those that this process has open, by name, and how often it has opened which one.
var locks = struct {
	mu       sync.Mutex
	open     map[string]*sharedLock
	openings map[string]streak
}{open: map[string]*sharedLock{}, openings: map[string]streak{}}

type streak struct {
	times int
	last  time.Time
}

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
		l = &sharedLock{namedSem: sem, queue: newGate()}
		if countOpening(at.lock) > busy && !at.leaveOrphan {
			l.idle = time.AfterFunc(keepOpen, l.closeIdle)
		}
		locks.open[at.lock] = l
	case at.requireOwner && l.Stat().UID != uint32(os.Geteuid()):
		return nil, foreign("semaphore "+at.lock, l.Stat().UID)
	}
	if l.idle != nil {
		l.idle.Stop()
	}
	l.held = false
	l.users++
	return l, nil
}

// countOpening returns how often the lock has been opened without a pause. The caller holds locks.mu.
func countOpening(name string) int {
	now := time.Now()
	if len(locks.openings) > 100 {
		maps.DeleteFunc(locks.openings, func(_ string, o streak) bool { return now.Sub(o.last) > keepOpen })
	}
	o := locks.openings[name]
	if now.Sub(o.last) > keepOpen {
		o.times = 0
	}
	o = streak{o.times + 1, now}
	locks.openings[name] = o
	return o.times
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
		_, _ = l.unlinkIfLast(true, false)
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

// acquire takes the lock for somebody on the way in, or for Remove.
func (l *sharedLock) acquire(ctx context.Context, at place) error {
	if l.take(false) {
		return nil
	}
	if err := l.current(); err != nil {
		return err
	}
	if err := l.queue.lock(ctx); err != nil {
		return err
	}
	defer l.queue.unlock()
	if l.take(at.breakDead) {
		return nil
	}
	err := l.waitFor(ctx, new(posix.Exit), at.breakDead)
	if err == nil {
		locks.mu.Lock()
		defer locks.mu.Unlock()
		l.taken = true
	}
	return err
}

// take takes the lock if it is free, or from a dead holder, by leaving it at 0, and notes that somebody on the way in has it.
func (l *sharedLock) take(fromDead bool) bool {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	if !l.TryWait() && (!fromDead || l.inside > 0 || l.taken || !l.abandoned()) {
		return false
	}
	l.taken = true
	return true
}

// abandoned reports whether whoever holds the lock is in this process, or has died.
func (l *sharedLock) abandoned() bool {
	abandoned, err := l.Abandoned()
	return err == nil && abandoned
}

// give gives back what acquire took. The caller holds locks.mu.
func (l *sharedLock) give() error {
	l.taken = false
	return l.Post()
}

// attached gives the lock back, unless it is to be kept; who came in is an attachment now.
func (l *sharedLock) attached(keepLock bool) error {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	l.inside++
	if keepLock {
		l.taken = false
		return nil
	}
	return l.give()
}

// detach is leave for an attachment.
func (l *sharedLock) detach(held, last, segmentGone bool) error {
	locks.mu.Lock()
	l.inside--
	locks.mu.Unlock()
	return l.leave(held, last, segmentGone)
}

// adopt makes a lock that this process holds ours to remove, as Qt's create() does, and makes it exclude others again
// if there was a release too many somewhere. Qt replaces the semaphore instead, under whoever holds the old one.
func (l *sharedLock) adopt() {
	l.owned.Store(true)
	for l.Value() > 0 && l.TryWait() {
	}
}

// leave ends a use. Who holds the lock removes it, if it is ours to remove or the segment has gone. last tells whether
// nobody else has the segment open.
func (l *sharedLock) leave(held, last, segmentGone bool) error {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	var err error
	removed := false
	if held {
		removed, err = l.unlinkIfLast(last, segmentGone)
	}
	l.users--
	switch closes := l.users == 0 && (l.idle == nil || removed); {
	case closes && held: // in one step, lest a goroutine that is late takes it from what is being closed
		l.forget()
		return errors.Join(err, l.PostAndClose())
	case closes:
		l.forget()
		return errors.Join(err, l.Close())
	case held:
		err = errors.Join(err, l.give())
	}
	if l.users == 0 {
		l.idle.Reset(keepOpen)
	}
	return err
}

// unlinkIfLast removes a lock that is ours to remove, but only when nobody else has it open. Qt removes it under the
// others, who then share a lock that newcomers do not know. Instead it is handed over, by a mark in the semaphore that
// tells the last one of us to remove it. The caller holds the lock, and locks.mu.
func (l *sharedLock) unlinkIfLast(last, segmentGone bool) (removed bool, err error) {
	if !l.removable() && !segmentGone {
		return false, nil
	}
	if last && l.users <= 1 {
		if alone, err := l.Alone(); err == nil && alone {
			return true, l.unlink()
		}
	}
	l.Mark()
	return false, nil
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
