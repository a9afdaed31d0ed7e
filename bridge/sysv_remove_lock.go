//go:build linux

package bridge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/shmbridge/shmbridge/internal/proc"
	"github.com/shmbridge/shmbridge/internal/sysv"
)

// settled is how old what lasts for an instant only must be to have been left behind. The kernel's clock has whole seconds.
const settled = 2 * time.Second

// removeLoneLock removes a semaphore that no process seems to use: a lock whose segment has gone, as it stays when its owner
// was killed and others detached later, or any other, or its key file alone. It returns absent if there is none. Whoever
// used it last must have ended, for a Qt program may be about to create the segment.
func removeLoneLock(ctx context.Context, at place, absent error) error {
	look := func() (SemaphoreInfo, error) {
		info, err := sysvBackend{}.inspectSemaphore(at.ofLock())
		if err == nil && !info.Exists && !isEmptyFile(at.lock) {
			err = absent
		}
		if only := at.only; err == nil && only != nil && (info.Ftok != only.Semaphore.Ftok || info.ID != only.Semaphore.ID) {
			err = changed("semaphore " + at.lock)
		}
		return info, err
	}
	info, err := lookUnused(ctx, at, look)
	if err == nil && !info.Exists {
		err = refuseShared(at.lock)
	}
	if err != nil {
		return err
	}
	err = unlinkKeyFile(at.lock, projectID(info.Ftok), info.Ftok)
	if info.Exists {
		err = errors.Join(err, rmSemaphore(info.ID))
	}
	return err
}

// isEmptyFile reports whether a key file may be one that Qt made.
func isEmptyFile(path string) bool {
	file, err := sysv.StatKeyFile(path)
	return err == nil && file.IsRegular() && file.Size == 0
}

// removeNamelessSemaphore removes a semaphore by its id.
func removeNamelessSemaphore(ctx context.Context, at place, only SemaphoreInfo) error {
	_, err := lookUnused(ctx, at, func() (SemaphoreInfo, error) {
		info := SemaphoreInfo{Native: fmt.Sprint(only.ID)}
		return info, gone(info.lookAt(only.ID))
	})
	if err != nil {
		return err
	}
	return gone(sysv.Semrm(only.ID))
}

// lookUnused looks at a semaphore until it is in use, which is an error, or has certainly been left behind.
func lookUnused(ctx context.Context, at place, look func() (SemaphoreInfo, error)) (SemaphoreInfo, error) {
	info, err := look()
	for err == nil {
		var since time.Time
		if since, err = unused(info); err != nil {
			break
		}
		if at.requireOwner && info.Exists && info.Owner != uint32(os.Geteuid()) {
			return info, foreign("semaphore "+info.Native, info.Owner)
		}
		if at.requireOwner && !info.Exists && info.KeyFile.Owner != uint32(os.Geteuid()) {
			return info, foreign("key file "+info.KeyFile.Path, info.KeyFile.Owner)
		}
		rest := time.Until(since.Add(settled))
		if rest <= 0 {
			return info, nil
		}
		if err = pause(ctx, min(rest, settled)); err == nil {
			info, err = look()
		}
	}
	return info, err
}

// unused returns nil if no process seems to use the semaphore, with the moment since when, if that is to be some time ago.
func unused(info SemaphoreInfo) (since time.Time, err error) {
	inUse := func(why string, args ...any) error {
		return hinted{fmt.Errorf("semaphore %s: %w", info.Native, ErrInUse), fmt.Sprintf(why, args...)}
	}
	switch {
	case !info.Exists:
		return info.KeyFile.Modified, nil
	case info.Waiting > 0:
		return since, inUse("%d wait for it: end them first", info.Waiting)
	case info.LastPID != 0 && ended(info.LastPID):
		return since, nil
	}
	entry, err := findSemEntry(info.ID)
	switch {
	case err == nil && info.LastPID != 0 && proc.StartedAfter(info.LastPID, max(entry.OpTime, entry.CtTime)):
		return since, nil // another process has its id
	case info.LastPID != 0:
		return since, inUse("process %d used it last: end it first", info.LastPID)
	}
	if err == nil && !unborn(info.ID) {
		err = inUse("a process used it that is not visible here")
	}
	return time.Unix(max(entry.CtTime, entry.OpTime), 0), err // made, and not given its first value
}

func findSemEntry(id int) (sysv.SemEntry, error) {
	entries, err := sysv.SemTable()
	for _, entry := range entries {
		if entry.ID == id {
			return entry, nil
		}
	}
	return sysv.SemEntry{}, errors.Join(err, syscall.ENOENT)
}
