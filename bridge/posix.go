//go:build linux

package bridge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

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
	exit posix.Exit // for those who wait for the lock
}

func (a *posixAttachment) memory() []byte     { return a.mem }
func (a *posixAttachment) requestedSize() int { return len(a.mem) }
func (a *posixAttachment) identity() uint64   { return a.info.Ino }
func (*posixAttachment) leavesLocked() bool   { return true }
func (a *posixAttachment) guarded() bool      { return true }
func (a *posixAttachment) quick() *quickLock  { return a.sem.Sem }
func (a *posixAttachment) lever() Lever {
	word, free, taken := a.sem.Word()
	return Lever{Word: word, Free: free, Taken: taken, SemID: -1}
}
func (a *posixAttachment) lock(ctx context.Context) error { return a.sem.wait(ctx, &a.exit) }
func (a *posixAttachment) tryLock() (bool, error)         { return a.sem.TryWait(), nil }
func (a *posixAttachment) unlock() error                  { return a.sem.Post() }

// fault tells the reasons for a fault apart: beyond the end of the segment there is nothing, and what is within it, but
// has never been touched, takes memory when it is.
func (a *posixAttachment) fault(offset int) error {
	info, err := posix.Fstat(a.fd)
	switch {
	case err != nil:
		return err
	case int64(offset) < info.Size && posix.Full():
		return hinted{fmt.Errorf("offset %d: %w", offset, syscall.ENOSPC), posix.Dir + " is full"}
	}
	return hinted{ErrTruncated, fmt.Sprintf("it has %d bytes now, and had %d when attached: detach and attach again", info.Size, a.info.Size)}
}

func (posixBackend) attach(ctx context.Context, at place) (attachment, error) {
	for {
		a, err := attachPosix(ctx, at)
		if err == nil {
			return a.withBreak(), nil
		}
		if err = lookAgain(ctx, at, err); err != nil {
			return nil, err
		}
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
		last := isLast(at.name, fd)
		return nil, errors.Join(err, posix.Close(fd), sem.leave(true, last, false))
	}
	return a.attached()
}

// attached gives back the lock under which a was made, unless it is to be kept.
func (a *posixAttachment) attached() (*posixAttachment, error) {
	if err := a.sem.attached(a.at.keepLock); err != nil {
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
		return -1, explainMemory(at.name, err)
	}
	info, err := posix.Fstat(fd)
	if err == nil {
		err = checkMemory(at.name, info)
	}
	if err != nil {
		return -1, errors.Join(err, posix.Close(fd))
	}
	return fd, nil
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
	for {
		a, err := createPosix(ctx, at, size)
		if err == nil {
			return a.withBreak(), nil
		}
		if err = lookAgain(ctx, at, err); err != nil {
			return nil, err
		}
	}
}

// createPosix looks for a segment before it opens the lock, which is somebody else's if there is one.
func createPosix(ctx context.Context, at place, size int) (*posixAttachment, error) {
	if err := refuseExistingMemory(at.name); err != nil {
		return nil, err
	}
	sem, err := openLock(at)
	if err != nil {
		return nil, err
	}
	if err := sem.acquire(ctx, at); err != nil {
		return nil, errors.Join(err, sem.leave(false, false, false))
	}
	var a *posixAttachment
	if err = sem.current(); err == nil {
		a, err = makeMemory(at, size, sem)
	}
	if err != nil {
		return nil, errors.Join(err, sem.leave(true, !errors.Is(err, syscall.EEXIST), false))
	}
	sem.adopt()
	return a.attached()
}

func refuseExistingMemory(name string) error {
	info, err := posix.ShmStat(name)
	switch {
	case err == nil:
		return memoryExists(name, info)
	case errors.Is(err, syscall.ENOENT):
		return nil
	}
	return explainMemory(name, err)
}

func memoryExists(name string, info posix.Info) error {
	hint := "attach to it instead"
	if checkMemory(name, info) != nil {
		hint = "it is no segment: find out whose it is, and remove it"
	} else if info.UID != uint32(os.Geteuid()) {
		hint = fmt.Sprintf("it belongs to user %d: use another key", info.UID)
	} else if used, err := memoryInUse(name); err == nil && !used {
		hint = `no process has it open, and Qt never removes a POSIX segment: attach to it, or remove it with "qtpeer clean"`
	}
	return hinted{fmt.Errorf("segment %s: %w", name, syscall.EEXIST), hint}
}

// makeMemory makes and maps a segment while its lock is held.
func makeMemory(at place, size int, sem *sharedLock) (*posixAttachment, error) {
	fd, err := posix.ShmOpen(at.name, posix.ReadWrite|posix.Create|posix.Exclusive, objectMode)
	if errors.Is(err, syscall.EEXIST) {
		return nil, cmp.Or(refuseExistingMemory(at.name), err)
	}
	if err != nil {
		return nil, explainMemory(at.name, err)
	}
	made, err := posix.Fstat(fd)
	if err == nil {
		err = posix.Ftruncate(fd, int64(size))
	}
	var a *posixAttachment
	if err == nil {
		a, err = mapMemory(at, fd, sem)
	}
	if err != nil {
		return nil, errors.Join(explainBytes(size, err), posix.Close(fd), unlinkMemory(at.name, made))
	}
	return a, nil
}

// leave unmaps the memory. Who may have to remove something asks the kernel first whether anybody else has it open.
func (a *posixAttachment) leave(held bool) error {
	a.sem.Expel(&a.exit)
	last := held && (a.at.removeLast || a.sem.removable()) && isLast(a.at.name, a.fd)
	gone := last && a.at.removeLast
	var err error
	if gone {
		err = unlinkMemory(a.at.name, a.info)
	}
	return errors.Join(err, posix.Munmap(a.mem), posix.Close(a.fd), a.sem.detach(held, last, gone))
}

// isLast reports whether nobody else has the segment open, and there is no newer one of the same name.
func isLast(name string, fd int) bool {
	alone, err := posix.Alone(fd)
	if err != nil || !alone {
		return false
	}
	info, err := posix.Fstat(fd)
	if err != nil {
		return false
	}
	named, err := posix.ShmStat(name)
	return errors.Is(err, syscall.ENOENT) || err == nil && named.Same(info)
}

// unlinkMemory removes a name that still leads to the segment that info is of.
func unlinkMemory(name string, info posix.Info) error {
	now, err := posix.ShmStat(name)
	if err == nil && now.Same(info) {
		err = posix.ShmUnlink(name)
	}
	if errors.Is(err, syscall.ENOENT) {
		return nil
	}
	return err
}
