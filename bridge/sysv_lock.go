//go:build linux

package bridge

import (
	"errors"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// segmentLock is the semaphore that guards a segment: 1 when free, 0 when held.
type segmentLock struct{ *semSet }

func openSegmentLock(at place) (segmentLock, error) {
	s, err := openSemSet(at.ofLock(), 1)
	return segmentLock{s}, err
}

func (l segmentLock) unlock() error {
	_, err := sysv.SemTry(int(l.id.Load()), 1, true)
	return lost(err)
}

// lost makes ErrLockLost of the error of unlocking a semaphore that somebody removed.
func lost(err error) error {
	if removed(err) {
		return hinted{ErrLockLost, "a Qt program that failed to create the segment removes the lock when it ends; the next lock makes a new one"}
	}
	return err
}

// adopt makes a lock that this process holds ours to remove, as Qt's create() does, and makes it exclude others again
// if there was a release too many somewhere (Qt does so when a creator leaves first). Qt sets the value to 1 instead,
// under whoever holds the lock.
func (l segmentLock) adopt() error {
	if !l.takeOver() {
		return nil // made a moment ago
	}
	id := int(l.id.Load())
	surplus, err := sysv.SemValue(id)
	if err == nil && surplus > 0 {
		_, err = sysv.SemTry(id, int16(-surplus), false)
	}
	return err
}

// leave gives up the lock for good. If it is ours and the segment has gone, the semaphore and its key file go too.
//
// If the segment is still in use the semaphore is handed over: it is removed while we hold it, when nobody else can
// be inside, and its key file stays. Whoever locks next, Qt or not, gets EINVAL or EIDRM, makes a new one with the
// value 1 under the same key, and has to remove both in turn. (Qt removes it without holding it, and the file too:
// who is inside then unlocks a new semaphore from 1 to 2, and a newcomer may meet a third one under another file.)
func (l segmentLock) leave(held, segmentGone bool) error {
	switch owned := l.end(); {
	case !held:
		return nil
	case owned && segmentGone:
		return l.rmWithFile()
	case owned:
		return l.rm()
	}
	if err := l.unlock(); !errors.Is(err, ErrLockLost) {
		return err
	}
	return nil
}
