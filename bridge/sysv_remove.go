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
	if _, err := findUnused(at); err != nil {
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
	gone, err := segment.removeIfLast()
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
