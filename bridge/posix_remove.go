//go:build linux

package bridge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/posix"
)

func (posixBackend) remove(ctx context.Context, at place) error {
	at.breakDead = true // a dead holder's lock is a part of what is to be removed
	for {
		err := removePosix(ctx, at)
		if err == nil {
			return nil
		}
		if err = lookAgain(ctx, at, err); err != nil {
			return err
		}
	}
}

// removePosix unlinks the memory first and then the lock, while it is held: who comes in between meets the lock, waits,
// finds it removed, and looks again. Nobody can be attached to memory that has no name any more and believe otherwise.
func removePosix(ctx context.Context, at place) error {
	fd, err := posix.ShmOpen(at.name, posix.ReadOnly, 0)
	if errors.Is(err, syscall.ENOENT) {
		return removeLoneSem(at, explainMemory(at.name, err))
	}
	if err != nil {
		return explainMemory(at.name, err)
	}
	defer posix.Close(fd)
	if err := refuseUsed(at, fd); err != nil {
		return err
	}
	sem, err := openLock(at)
	if err != nil {
		return err
	}
	if err := sem.acquire(ctx, at); err != nil {
		return errors.Join(err, sem.leave(false, false, false))
	}
	err = sem.current()
	if err == nil {
		err = unlinkUnused(at, fd)
	}
	return errors.Join(err, sem.leave(true, err == nil, err == nil))
}

// unlinkUnused removes the segment open at fd while its lock is held.
func unlinkUnused(at place, fd int) error {
	if err := refuseUsed(at, fd); err != nil { // again: what counts is what is there under the lock
		return err
	}
	info, err := posix.Fstat(fd)
	switch {
	case err != nil:
		return err
	case info.Links == 0:
		return errReplaced
	}
	return unlinkMemory(at.name, info)
}

// refuseUsed refuses a segment that somebody else has open, or may have, and another user's where that matters.
func refuseUsed(at place, fd int) error {
	info, err := posix.Fstat(fd)
	if err != nil {
		return err
	}
	if err := checkMemory(at.name, info); err != nil {
		return err
	}
	if at.only != nil && (!at.only.Exists || at.only.ID != int(info.Ino)) {
		return changed("segment " + at.name)
	}
	if at.requireOwner && info.UID != uint32(os.Geteuid()) {
		return foreign("segment "+at.name, info.UID)
	}
	alone, err := posix.Alone(fd)
	if err != nil {
		return hinted{fmt.Errorf("segment %s: who has it open is unknown: %w", at.name, err),
			"leases, by which the kernel tells, are for the owner of the object and have to be allowed: see fs.leases-enable"}
	}
	if alone {
		return nil
	}
	return hinted{fmt.Errorf("segment %s: %w", at.name, ErrInUse), "end first what has it open: " + listUsers(info)}
}

// removeLoneSem removes a lock whose segment has gone or was never made. It returns absent if there is none.
func removeLoneSem(at place, absent error) error {
	if err := closeIfIdle(at.lock); err != nil {
		return err
	}
	sem, err := posix.SemOpen(at.lock)
	if errors.Is(err, syscall.ENOENT) {
		return absent
	}
	if err != nil {
		return explainSem(at.lock, err)
	}
	s := &namedSem{Sem: sem, name: at.lock}
	if at.only != nil && at.only.Semaphore.ID != int(sem.Stat().Ino) {
		return errors.Join(changed("semaphore "+at.lock), s.Close())
	}
	if at.requireOwner && sem.Stat().UID != uint32(os.Geteuid()) {
		return errors.Join(foreign("semaphore "+at.lock, sem.Stat().UID), s.Close())
	}
	alone, err := s.Alone()
	if err == nil && !alone {
		err = hinted{fmt.Errorf("its lock: %w", ErrInUse), "end first what has it open: " + listUsers(sem.Stat())}
	}
	if err == nil {
		err = s.unlink()
	}
	return errors.Join(err, s.Close())
}
