//go:build linux

package bridge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
)

// posixBackend is what QSharedMemory and QSystemSemaphore do with POSIX realtime objects (qsharedmemory_posix.cpp and
// qsystemsemaphore_posix.cpp in qtbase, since Qt 6.6 in every build). A segment is an object of shm_open(3), which Qt never
// unlinks, and its lock a semaphore of sem_open(3), which the one who made it unlinks when leaving.
type posixBackend struct{}

// objectMode: for the owner only, as in Qt.
const objectMode = 0o600

// posixAttachment is a mapped segment.
type posixAttachment struct {
	at   place
	sem  *sharedLock
	fd   int // stays open: only an open file tells whether others have it open, and how large it is now
	info posix.Info
	mem  []byte
}

func (a *posixAttachment) memory() []byte                 { return a.mem }
func (a *posixAttachment) guarded() bool                  { return true }
func (a *posixAttachment) quick() *quickLock              { return a.sem.Sem }
func (a *posixAttachment) lock(ctx context.Context) error { return a.sem.wait(ctx) }
func (a *posixAttachment) tryLock() (bool, error)         { return a.sem.TryWait(), nil }
func (a *posixAttachment) unlock() error                  { return a.sem.Post() }

// fault tells the reasons for a fault apart by the size that the segment has now.
func (a *posixAttachment) fault(offset int) error {
	info, err := posix.Fstat(a.fd)
	switch page := int64(os.Getpagesize()); {
	case err != nil:
		return err
	case int64(offset)/page*page >= info.Size:
		return hinted{ErrTruncated, fmt.Sprintf("it has %d bytes now, and had %d: detach and attach again", info.Size, a.info.Size)}
	case a.at.readOnly:
		return errWriteReadOnly
	}
	return hinted{fmt.Errorf("offset %d: %w", offset, syscall.ENOSPC), posix.Dir + " is full"}
}

var (
	// errReplaced: somebody removed the segment or its lock while this process waited for the lock.
	errReplaced = errors.New("replaced")
	// errUnfinished: somebody is between shm_open and ftruncate, under another lock.
	errUnfinished = errors.New("it has no bytes yet")
)

func (posixBackend) attach(ctx context.Context, at place) (attachment, error) {
	for {
		a, err := attachPosix(ctx, at)
		switch {
		case err == nil:
			return a.withBreak(), nil
		case errors.Is(err, errReplaced):
		case errors.Is(err, errUnfinished):
			if err := pause(ctx); err != nil {
				return nil, hinted{err, "whoever makes it has not given it a size yet, or was killed: see qtpeer info"}
			}
		default:
			return nil, err
		}
	}
}

// pause is the time between two looks at a segment without bytes, of which no event tells.
func pause(ctx context.Context) error {
	select {
	case <-time.After(time.Millisecond):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// attachPosix looks for the segment before it opens the lock, because opening makes a lock that is missing.
func attachPosix(ctx context.Context, at place) (*posixAttachment, error) {
	fd, err := openMemory(at)
	if err != nil {
		return nil, err
	}
	sem, err := openLock(at)
	if err != nil {
		return nil, errors.Join(err, posix.Close(fd))
	}
	if err := sem.acquire(ctx, at); err != nil {
		return nil, errors.Join(err, posix.Close(fd), sem.leave(false, false, false))
	}
	var a *posixAttachment
	if err = sem.current(); err == nil {
		a, err = mapMemory(at, fd, sem)
	}
	if err != nil {
		alone, _ := posix.Alone(fd)
		return nil, errors.Join(err, posix.Close(fd), sem.leave(true, alone, false))
	}
	return a.unlocked()
}

// unlocked gives back the lock under which a was made.
func (a *posixAttachment) unlocked() (*posixAttachment, error) {
	if err := a.unlock(); err != nil {
		return nil, errors.Join(err, a.leave(false))
	}
	return a, nil
}

func openMemory(at place) (fd int, err error) {
	flags := posix.ReadWrite
	if at.readOnly {
		flags = posix.ReadOnly
	}
	fd, err = posix.ShmOpen(at.name, flags, 0)
	if err != nil {
		return -1, explainMemory(at, err)
	}
	return fd, nil
}

// explainMemory says why a segment cannot be opened.
func explainMemory(at place, err error) error {
	switch _, dirErr := os.Stat(posix.Dir); {
	case dirErr != nil:
		return noDir(dirErr)
	case errors.Is(err, syscall.ENOENT):
		return hinted{fmt.Errorf("no such segment: %w", err), "no program has created it, or not with a POSIX key"}
	case errors.Is(err, syscall.ELOOP):
		return hinted{fmt.Errorf("%w: %w", ErrSymlink, err), "it is never followed"}
	case errors.Is(err, syscall.EINVAL):
		return hinted{fmt.Errorf("%w: %w", errName, err), "a POSIX name is one slash and then 1 to 255 bytes without another"}
	case errors.Is(err, syscall.EACCES):
		if info, statErr := posix.ShmStat(at.name); statErr == nil {
			return hinted{err, fmt.Sprintf("it belongs to user %d, and Qt's segments are for one user only", info.UID)}
		}
	}
	return err
}

// mapMemory maps the segment open at fd, while sem is held.
func mapMemory(at place, fd int, sem *sharedLock) (*posixAttachment, error) {
	info, err := posix.Fstat(fd)
	switch {
	case err != nil:
		return nil, err
	case info.Links == 0:
		return nil, errReplaced
	case at.requireOwner && info.UID != uint32(os.Geteuid()):
		return nil, foreign("segment "+at.name, info.UID)
	case info.Size == 0:
		return nil, unfinished(fd)
	}
	mem, err := posix.Mmap(fd, info.Size, at.readOnly)
	return &posixAttachment{at: at, sem: sem, fd: fd, info: info, mem: mem}, err
}

// unfinished tells a segment whose size is about to come from one whose maker was killed.
func unfinished(fd int) error {
	alone, err := posix.Alone(fd)
	if err != nil || !alone {
		return errUnfinished
	}
	if info, err := posix.Fstat(fd); err != nil || info.Size > 0 {
		return errUnfinished // it came while we asked
	}
	return hinted{fmt.Errorf("%w 0", ErrSize), `left by a program that was killed while making it; "qtpeer clean" removes it`}
}

func (posixBackend) create(ctx context.Context, at place, size int) (attachment, error) {
	for range openings {
		if err := refuseExistingMemory(at); err != nil {
			return nil, err // before the lock is looked for: it is somebody else's
		}
		sem, err := openLock(at)
		if err != nil {
			return nil, err
		}
		if err := sem.acquire(ctx, at); err != nil {
			if err = errors.Join(err, sem.leave(false, false, false)); errors.Is(err, errReplaced) {
				continue
			}
			return nil, err
		}
		a, err := createPosix(at, size, sem)
		if err == nil {
			if a, err = a.unlocked(); err == nil {
				return a.withBreak(), nil
			}
			return nil, err
		}
		if err = errors.Join(err, sem.leave(true, !errors.Is(err, syscall.EEXIST), false)); !errors.Is(err, errReplaced) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("lock %s: removed again and again while it was opened: %w", at.lock, syscall.EAGAIN)
}

func refuseExistingMemory(at place) error {
	info, err := posix.ShmStat(at.name)
	switch {
	case err == nil:
		return memoryExists(at, info)
	case errors.Is(err, syscall.ENOENT):
		return nil
	}
	return err
}

func memoryExists(at place, info posix.Info) error {
	hint := "attach to it instead"
	if info.UID != uint32(os.Geteuid()) {
		hint = fmt.Sprintf("it belongs to user %d: use another key", info.UID)
	} else if used, err := memoryInUse(at.name); err == nil && !used {
		hint = `no process has it open, and Qt never removes a POSIX segment: attach to it, or remove it with "qtpeer clean"`
	}
	return hinted{fmt.Errorf("segment %s: %w", at.name, syscall.EEXIST), hint}
}

// createPosix makes the segment while sem is held.
func createPosix(at place, size int, sem *sharedLock) (*posixAttachment, error) {
	if err := sem.current(); err != nil {
		return nil, err
	}
	fd, err := posix.ShmOpen(at.name, posix.ReadWrite|posix.Create|posix.Exclusive, objectMode)
	if errors.Is(err, syscall.EEXIST) {
		return nil, cmp.Or(refuseExistingMemory(at), err)
	}
	if err != nil {
		return nil, explainMemory(at, err)
	}
	var a *posixAttachment
	if err = posix.Ftruncate(fd, int64(size)); err == nil {
		a, err = mapMemory(at, fd, sem)
	}
	if err != nil {
		return nil, errors.Join(explainBytes(size, err), posix.Close(fd), posix.ShmUnlink(at.name))
	}
	sem.adopt()
	return a, nil
}

func explainBytes(size int, err error) error {
	switch {
	case errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EINVAL):
		return hinted{fmt.Errorf("%w %d: %w", ErrSize, size, err), "no file can be so large"}
	case errors.Is(err, syscall.ENOMEM):
		return hinted{fmt.Errorf("%d bytes: %w", size, err), "there is not so much address space"}
	}
	return fmt.Errorf("%d bytes: %w", size, err)
}

// leave unmaps the memory. Who may have to remove something asks the kernel first whether anybody else has it open.
func (a *posixAttachment) leave(held bool) error {
	var alone, gone bool
	var err error
	if held && (a.at.removeLast || a.sem.removable()) {
		alone, _ = posix.Alone(a.fd)
	}
	if gone = alone && a.at.removeLast; gone {
		err = unlinkMemory(a.at.name, a.info)
	}
	return errors.Join(err, posix.Munmap(a.mem), posix.Close(a.fd), a.sem.leave(held, alone, gone))
}

// unlinkMemory removes a name that still leads to the segment that info is of.
func unlinkMemory(name string, info posix.Info) error {
	now, err := posix.ShmStat(name)
	if err == nil && now.Dev == info.Dev && now.Ino == info.Ino {
		err = posix.ShmUnlink(name)
	}
	if errors.Is(err, syscall.ENOENT) {
		return nil
	}
	return err
}
