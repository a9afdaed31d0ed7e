//go:build linux

package bridge

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

func (sysvBackend) remove(ctx context.Context, at place) error {
	_, err := findUnused(at)
	if errors.Is(err, syscall.ENOENT) {
		return removeLoneLock(at, err)
	}
	if err != nil {
		return err
	}
	lock, err := openSegmentLock(at)
	if err != nil {
		return err
	}
	if err := lock.acquire(ctx); err != nil {
		return err
	}
	segment, err := findUnused(at) // again: what counts is what is there under the lock
	if err != nil {
		return errors.Join(err, lock.leave(true, errors.Is(err, syscall.ENOENT)))
	}
	gone, _, err := segment.removeIfLast()
	if gone {
		lock.takeOver()
	}
	return errors.Join(err, lock.leave(true, gone))
}

// findUnused finds the segment, or only its key file, if nobody is attached and it is not somebody else's where that
// matters.
func findUnused(at place) (sysvSegment, error) {
	file, err := findKeyFile(at.name, at.requireOwner)
	if err != nil {
		return sysvSegment{}, err
	}
	s := sysvSegment{at: at, key: file.Key(at.id)}
	s.id, err = sysv.Shmget(s.key, 0, 0)
	if errors.Is(err, syscall.ENOENT) && file.Size > 0 {
		return s, hinted{fmt.Errorf("no such segment: %w", err), at.name + " is no empty key file but has something in it, and stays"}
	}
	if errors.Is(err, syscall.ENOENT) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	info, err := sysv.Shmstat(s.id)
	if err != nil {
		return s, err
	}
	if info.Attached > 0 {
		return s, hinted{fmt.Errorf("segment %d: %w", s.id, ErrInUse),
			fmt.Sprintf("%d attached, process %d was the last to attach or detach: end it first", info.Attached, info.LastPID)}
	}
	return s, s.checkOwner()
}

// removeLoneLock removes a lock whose segment has gone, as it stays when its owner was killed and others detached later.
// It returns absent if there is none. Whoever used it last must have ended, for a Qt program may be about to create
// the segment.
func removeLoneLock(at place, absent error) error {
	info, err := sysvBackend{}.inspectSemaphore(at.ofLock())
	if err != nil {
		return err
	}
	if !info.Exists {
		return absent
	}
	if !ended(info.LastPID) {
		return hinted{fmt.Errorf("its lock: %w", ErrInUse), fmt.Sprintf("process %d used it last: end it first", info.LastPID)}
	}
	lock, err := openSegmentLock(at)
	if err != nil {
		return err
	}
	lock.takeOver()
	return lock.close()
}
