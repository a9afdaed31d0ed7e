//go:build linux

package bridge

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/shmbridge/shmbridge/internal/proc"
	"github.com/shmbridge/shmbridge/internal/sysv"
)

func (sysvBackend) remove(ctx context.Context, at place) error {
	switch {
	case at.only != nil && at.name == "":
		return removeNameless(ctx, at, *at.only)
	case at.only != nil && at.only.isLone():
		return removeLoneLock(ctx, at, syscall.ENOENT)
	}
	segment, err := findUnused(at)
	if errors.Is(err, syscall.ENOENT) {
		return removeLoneLock(ctx, at, err)
	}
	if err == nil && segment.id < 0 {
		err = waitUntilSettled(ctx, at.name)
	}
	if err != nil {
		return err
	}
	lock, err := openSegmentLock(at)
	if err != nil {
		return err
	}
	held, err := lock.acquireUnlessDead(ctx)
	if err != nil {
		return err
	}
	segment, err = findUnused(at) // again: what counts is what is there under the lock
	if err != nil {
		return errors.Join(err, lock.leave(held, errors.Is(err, syscall.ENOENT)))
	}
	gone, _, err := segment.removeIfLast()
	if gone {
		lock.takeOver()
	}
	return errors.Join(err, lock.leave(held || gone, gone))
}

// acquireUnlessDead takes the lock unless its holder has died without the kernel giving it back, as it happens after a
// create() of Qt has set its value, or its maker before it set the first. held is false then, and everybody else waits for ever.
func (l segmentLock) acquireUnlessDead(ctx context.Context) (held bool, err error) {
	if held, err = l.tryAcquire(); held || err != nil {
		return held, err
	}
	id := int(l.id.Load())
	if entry, err := findSemEntry(id); err == nil && unborn(id) {
		err = pause(ctx, min(settled, time.Until(time.Unix(entry.CtTime, 0).Add(settled))))
		if err != nil || unborn(id) {
			return false, err
		}
	}
	if l.dead() {
		return false, nil
	}
	return true, l.wait(ctx)
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
		return s, s.refuseKeyFile(file, err)
	}
	if err != nil {
		return s, err
	}
	if at.only != nil && (!at.only.Exists || at.only.ID != s.id) {
		return s, changed(fmt.Sprintf("segment %d", s.id))
	}
	return s, s.refuseUsed()
}

// refuseKeyFile refuses the key file of a segment that does not exist if it is none that Qt made, or may be needed.
func (s sysvSegment) refuseKeyFile(file sysv.KeyFile, absent error) error {
	if file.Size > 0 {
		return hinted{fmt.Errorf("no such segment: %w", absent), s.at.name + " is no empty key file but has something in it, and stays"}
	}
	if s.at.only != nil && s.at.only.Ftok != s.key {
		return changed("key file " + s.at.name)
	}
	return refuseShared(s.at.name)
}

// waitUntilSettled waits until a key file is so old that no process can be about to make the object: Qt's does it under a lock
// which Qt's next create() breaks.
func waitUntilSettled(ctx context.Context, path string) error {
	file, err := sysv.StatKeyFile(path)
	if rest := time.Until(time.Unix(file.MTime, 0).Add(settled)); err == nil && rest > 0 {
		return pause(ctx, min(rest, settled))
	}
	return nil
}

// refuseShared refuses a key file that may be the one of an object in another IPC namespace.
func refuseShared(path string) error {
	if p, found := proc.Elsewhere(path); found {
		return hinted{fmt.Errorf("key file %s: %w", path, ErrInUse), fmt.Sprintf("process %d (%s) has the same directory and another "+
			"IPC namespace, where there may be an object of it: look from there", p.PID, p.Command)}
	}
	return nil
}

// refuseUsed refuses a segment that is in use, or will be in an instant.
func (s sysvSegment) refuseUsed() error {
	info, err := sysv.Shmstat(s.id)
	if err != nil {
		return err
	}
	if err := s.checkOwner(); err != nil {
		return err
	}
	if info.Attached > 0 {
		return hinted{fmt.Errorf("segment %d: %w", s.id, ErrInUse),
			fmt.Sprintf("%d attached, process %d was the last to attach or detach: end it first", info.Attached, info.LastPID)}
	}
	if beingMade(info) {
		return hinted{fmt.Errorf("segment %d: %w", s.id, ErrInUse),
			fmt.Sprintf("process %d has made it and not attached to it yet", info.CreatorPID)}
	}
	return nil
}

// removeNameless removes a segment or a semaphore of which no key file is known: nobody can find it by one any more.
func removeNameless(ctx context.Context, at place, only Info) error {
	if !only.Exists {
		return removeNamelessSemaphore(ctx, at, only.Semaphore)
	}
	s := sysvSegment{at: at, id: only.ID}
	if err := s.refuseUsed(); err != nil {
		return gone(err)
	}
	return gone(sysv.Shmrm(s.id))
}

// gone makes fs.ErrNotExist of the kernel's answer for an id that it no longer knows.
func gone(err error) error {
	if removed(err) {
		return fmt.Errorf("it is gone already: %w", syscall.ENOENT)
	}
	return err
}
