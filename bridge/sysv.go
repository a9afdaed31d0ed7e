//go:build linux

package bridge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// sysvBackend is what QSharedMemory and QSystemSemaphore do on System V (qsharedmemory_systemv.cpp and
// qsystemsemaphore_systemv.cpp in qtbase). Every object is found through a key file and ftok; attach, detach and
// create run under the segment's lock; the last one to detach removes the segment.
type sysvBackend struct{}

// shmMode: for the owner only, as Qt since 4.8.5; a read-only attachment asks for half of it.
const shmMode = 0o600

type sysvAttachment struct {
	sysvSegment
	sem    segmentLock
	mem    []byte
	orphan bool // to be left as it was found
}

// sysvSegment is a segment as it was found.
type sysvSegment struct {
	at  place
	key int32 // of the key file at.name
	id  int   // shmid, -1 if there is only the key file
}

func (a *sysvAttachment) memory() []byte                 { return a.mem }
func (a *sysvAttachment) requestedSize() int             { return len(a.mem) }
func (a *sysvAttachment) identity() uint64               { return uint64(a.id) }
func (*sysvAttachment) leavesLocked() bool               { return true }
func (a *sysvAttachment) guarded() bool                  { return a.at.readOnly }
func (a *sysvAttachment) fault(int) error                { return errWriteReadOnly }
func (a *sysvAttachment) quick() *quickLock              { return nil }
func (a *sysvAttachment) lever() Lever                   { return Lever{SemID: int(a.sem.id.Load())} }
func (a *sysvAttachment) lock(ctx context.Context) error { return a.sem.wait(ctx) }

// tryLock and unlock are the whole of an uncontended lock: one system call each, and nothing else unless it fails.
func (a *sysvAttachment) tryLock() (bool, error) {
	ok, err := sysv.SemTry(int(a.sem.id.Load()), -1, true)
	if err != nil {
		return a.sem.tryAcquire()
	}
	return ok, nil
}

func (a *sysvAttachment) unlock() error {
	if _, err := sysv.SemTry(int(a.sem.id.Load()), 1, true); err != nil {
		return lost(err)
	}
	return nil
}

func (sysvBackend) attach(ctx context.Context, at place) (attachment, error) {
	segment, err := findSegment(at)
	if err != nil {
		return nil, err // before the lock is looked for: looking makes it
	}
	lock, err := openSegmentLock(at)
	if err != nil {
		return nil, err
	}
	if err := lock.acquire(ctx); err != nil {
		return nil, err
	}
	a, err := segment.attach(lock)
	if removed(err) { // while we waited; what counts is what is there under the lock
		if segment, err = findSegment(at); err == nil {
			a, err = segment.attach(lock)
		}
	}
	if err != nil {
		return nil, errors.Join(err, lock.leave(true, errors.Is(err, fs.ErrNotExist)))
	}
	return attached(a)
}

// attach maps the segment while lock is held.
func (s sysvSegment) attach(lock segmentLock) (*sysvAttachment, error) {
	orphan := false
	if s.at.leaveOrphan {
		info, err := sysv.Shmstat(s.id)
		if err != nil {
			return nil, err
		}
		orphan = info.Attached == 0
	}
	mem, err := sysv.Shmat(s.id, s.at.readOnly)
	return &sysvAttachment{s, lock, mem, orphan}, err
}

// attached gives back the lock under which a was made, unless it is to be kept.
func attached(a *sysvAttachment) (attachment, error) {
	if a.at.keepLock {
		return a, nil
	}
	if err := a.unlock(); err != nil && !errors.Is(err, ErrLockLost) {
		return nil, errors.Join(err, a.leave(false))
	}
	return a, nil
}

// findSegment looks for the segment as Qt's attach() does and explains its absence better.
func findSegment(at place) (sysvSegment, error) {
	none := sysvSegment{at: at, id: -1}
	file, err := findKeyFile(at.name, at.requireOwner)
	if errors.Is(err, syscall.ENOENT) {
		return none, hinted{fmt.Errorf("no such segment: %w", err),
			"no program has created it, or TMPDIR here is not the Qt program's"}
	}
	if err != nil {
		return none, err
	}
	mode := shmMode
	if at.readOnly {
		mode = 0o400
	}
	key := file.Key(at.id)
	id, err := sysv.Shmget(key, 0, mode)
	switch {
	case errors.Is(err, syscall.ENOENT):
		err = hinted{fmt.Errorf("no such segment: %w", err), hintKeyFileOnly}
	case errors.Is(err, syscall.EACCES):
		err = hinted{err, fmt.Sprintf("the key file belongs to user %d, and Qt's segments are for one user only", file.UID)}
	}
	if err != nil {
		return none, err
	}
	s := sysvSegment{at, key, id}
	return s, s.checkOwner()
}

func (s sysvSegment) checkOwner() error {
	if !s.at.requireOwner {
		return nil
	}
	info, err := sysv.Shmstat(s.id)
	if err == nil && info.UID != uint32(os.Geteuid()) {
		err = foreign(fmt.Sprintf("segment %d", s.id), info.UID)
	}
	return err
}

func (sysvBackend) create(ctx context.Context, at place, size int) (attachment, error) {
	if err := refuseExisting(at); err != nil {
		return nil, err // before the lock is looked for: it is somebody else's
	}
	lock, err := openSegmentLock(at)
	if err != nil {
		return nil, err
	}
	if err := lock.acquire(ctx); err != nil {
		return nil, err
	}
	a, err := createLocked(at, size, lock)
	if err != nil {
		return nil, errors.Join(err, lock.leave(true, !errors.Is(err, fs.ErrExist)))
	}
	if err := lock.adopt(); err != nil {
		return nil, errors.Join(err, a.leave(true))
	}
	return attached(a)
}

// refuseExisting looks for a segment in a way that needs no permission on it.
func refuseExisting(at place) error {
	file, err := findKeyFile(at.name, at.requireOwner)
	if errors.Is(err, syscall.ENOENT) {
		return nil
	}
	if err != nil {
		return err
	}
	id, err := sysv.Shmget(file.Key(at.id), 0, 0)
	if errors.Is(err, syscall.ENOENT) {
		return nil
	}
	if err != nil {
		return err
	}
	return exists(id)
}

func exists(id int) error {
	hint := "attach to it instead"
	info, err := sysv.Shmstat(id)
	switch {
	case errors.Is(err, syscall.EACCES):
		hint = "it belongs to another user: use another key"
	case err == nil && info.Attached == 0:
		hint = fmt.Sprintf(`no process is attached: process %d left it behind; "qtpeer clean" removes it`, info.LastPID)
	case err == nil:
		hint = fmt.Sprintf("%d attached, created by process %d: attach to it instead", info.Attached, info.CreatorPID)
	}
	return hinted{fmt.Errorf("segment %d: %w", id, syscall.EEXIST), hint}
}

func createLocked(at place, size int, lock segmentLock) (_ *sysvAttachment, err error) {
	file, made, err := makeKeyFile(at.name, at.requireOwner)
	if err != nil {
		return nil, err
	}
	key := file.Key(at.id)
	defer func() {
		if err != nil && made {
			err = errors.Join(err, unlinkKeyFile(at.name, at.id, key))
		}
	}()
	id, err := sysv.Shmget(key, size, shmMode|sysv.Create|sysv.Exclusive)
	if errors.Is(err, syscall.EEXIST) {
		made = false // the key file is the other's as well
		id, _ = sysv.Shmget(key, 0, 0)
		return nil, exists(id)
	}
	if err != nil {
		return nil, explainSize(size, err)
	}
	mem, err := sysv.Shmat(id, at.readOnly)
	if err != nil {
		return nil, errors.Join(explainSize(size, err), sysv.Shmrm(id))
	}
	return &sysvAttachment{sysvSegment: sysvSegment{at, key, id}, sem: lock, mem: mem}, nil
}

func explainSize(size int, err error) error {
	switch {
	case errors.Is(err, syscall.EINVAL):
		return hinted{fmt.Errorf("%w %d: %w", ErrSize, size, err), "the system allows no segment of that size: see kernel.shmmax"}
	case errors.Is(err, syscall.ENOMEM):
		return hinted{fmt.Errorf("%d bytes: %w", size, err), "there is not so much memory"}
	case errors.Is(err, syscall.ENOSPC):
		return hinted{fmt.Errorf("%d bytes: %w", size, err),
			`the system's segments are used up: "qtpeer clean" removes what was left behind; the limits are kernel.shmmni and kernel.shmall`}
	}
	return err
}

// maxCount is SEMVMX of the kernel.
func (sysvBackend) maxCount() int { return 32767 }

func (sysvBackend) semaphore(at place, initial int, create bool) (counter, error) {
	s, err := openSemSet(at, initial)
	if err != nil {
		return nil, err
	}
	if create {
		s.takeOver()
		if err := sysv.SemSetValue(int(s.id.Load()), initial); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}
