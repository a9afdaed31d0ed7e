//go:build linux

package bridge

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/proc"
	"github.com/shmbridge/shmbridge/internal/sysv"
)

func (sysvBackend) guard(ctx context.Context, at place, block []byte) (attachment, error) {
	for {
		a, err := guardSysv(ctx, at, block)
		if !overtaken(err) {
			return a, err
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
}

// overtaken reports whether others, under other locks, have removed or replaced something meanwhile: a key file that was there
// a moment ago, a semaphore, or the segment.
func overtaken(err error) bool {
	vanished := errors.Is(err, syscall.ENOENT) && !errors.Is(err, errKeyFile)
	return vanished || removed(err) && !errors.Is(err, ErrSize) || errors.Is(err, errReplaced)
}

// guardSysv needs the lock only to keep Qt programs out, which believe in it: among guards shmget(2) decides.
func guardSysv(ctx context.Context, at place, block []byte) (attachment, error) {
	file, err := findKeyFile(at.name, at.requireOwner)
	if err == nil {
		_, err = findOrphan(file.Key(at.id))
	}
	if err != nil && !errors.Is(err, syscall.ENOENT) {
		return nil, err
	}
	lock, err := openSegmentLock(at)
	if err != nil {
		return nil, err
	}
	if err := lock.acquireFromDead(ctx); err != nil {
		return nil, err
	}
	a, err := replaceOrphan(at, len(block), lock)
	if err != nil {
		return nil, errors.Join(err, lock.leave(true, !errors.Is(err, fs.ErrExist)))
	}
	copy(a.mem, block)
	if err := errors.Join(a.current(), lock.adopt()); err != nil {
		return nil, errors.Join(err, sysv.Shmrm(a.id), sysv.Shmdt(a.mem), lock.leave(true, false))
	}
	if _, err := attached(a); err != nil {
		return nil, err
	}
	return guardingAttachment{a}, nil
}

// guardingAttachment is one whose end waits for no lock of the dead either, and which is never seen as an orphan: while it ends a
// guard that is taken under another lock would make a segment in its place, by the key file that goes then.
type guardingAttachment struct{ *sysvAttachment }

func (a guardingAttachment) lock(ctx context.Context) error { return a.sem.acquireFromDead(ctx) }

func (a guardingAttachment) leave(held bool) error {
	if info, err := sysv.Shmstat(a.id); err != nil || info.Attached != 1 {
		return a.sysvAttachment.leave(held)
	}
	return errors.Join(unlinkKeyFile(a.at.name, a.at.id, a.key), sysv.Shmrm(a.id), sysv.Shmdt(a.mem), a.sem.leave(held, true))
}

// replaceOrphan makes a segment in the place of one that the dead have left, while the lock is held.
func replaceOrphan(at place, size int, lock segmentLock) (*sysvAttachment, error) {
	file, made, err := makeKeyFile(at.name, at.requireOwner)
	if err != nil {
		return nil, err
	}
	id, err := findOrphan(file.Key(at.id))
	if err == nil {
		err = (sysvSegment{at: at, id: id}).checkOwner()
	}
	if err == nil {
		err = sysv.Shmrm(id)
	}
	if err != nil && !errors.Is(err, syscall.ENOENT) && !removed(err) {
		return nil, err
	}
	a, err := createLocked(at, size, lock)
	if errors.Is(err, syscall.EEXIST) { // somebody was faster, under another lock
		return nil, errReplaced
	}
	if err != nil && made {
		err = errors.Join(err, unlinkKeyFile(at.name, at.id, file.Key(at.id)))
	}
	return a, err
}

// findOrphan finds a segment that nobody is attached to. The error is a TakenError if somebody is, or is about to be.
func findOrphan(key int32) (id int, err error) {
	if id, err = sysv.Shmget(key, 0, 0); err != nil {
		return -1, err
	}
	info, err := sysv.Shmstat(id)
	switch {
	case removed(err):
		return -1, syscall.ENOENT
	case err != nil:
		return -1, err
	case info.Attached > 0, beingMade(info):
		return -1, taken(info)
	}
	return id, nil
}

// beingMade reports whether the process that has made the segment lives, and has not attached to it yet.
func beingMade(info sysv.ShmInfo) bool {
	return info.AtTime == 0 && !ended(info.CreatorPID) && !proc.StartedAfter(info.CreatorPID, info.CtTime)
}

func taken(info sysv.ShmInfo) error {
	for _, pid := range []int{info.CreatorPID, info.LastPID} {
		if pid > 0 && !ended(pid) {
			return &TakenError{pid}
		}
	}
	return &TakenError{}
}

// acquireFromDead is acquire, but does not wait for ever for a lock that nobody will give back: because its holder has died
// after a create() of Qt had made the kernel forget what to undo; because its maker was killed before it set the first value; or
// because it is Qt's, whose second semget(2) makes one without a value if the first has found one that has been removed since.
func (l segmentLock) acquireFromDead(ctx context.Context) error {
	for {
		slice, cancel := context.WithTimeoutCause(ctx, guardPatience, errAside)
		err := l.acquire(slice)
		cancel()
		if err == nil || ctx.Err() != nil || !errors.Is(err, errAside) {
			return err
		}
		if id := int(l.id.Load()); unborn(id) || l.dead() {
			_ = sysv.Semrm(id) // by its id: what others have made since is another one
		}
	}
}

// unborn reports whether the semaphore has the value 0 and nobody ever operated on it. When a process is killed that waits for
// it, only the time of that tells from one on which a process of another PID namespace has operated, unless there can be none.
func unborn(id int) bool {
	entry, err := findSemEntry(id)
	value, err2 := sysv.SemValue(id)
	pid, err3 := sysv.SemLastPID(id)
	return errors.Join(err, err2, err3) == nil && value == 0 && pid == 0 && (entry.OpTime == 0 || proc.SeesAll())
}

// dead reports whether whoever used the lock last took it and has ended.
func (l segmentLock) dead() bool {
	var info SemaphoreInfo
	err := info.lookAt(int(l.id.Load()))
	return err == nil && info.State() == LockDead
}

// current fails with errReplaced if a newcomer would find another key file, or another lock.
func (a *sysvAttachment) current() error {
	file, err := sysv.StatKeyFile(a.at.name)
	if err == nil && file.Key(a.at.id) == a.key {
		file, err = sysv.StatKeyFile(a.at.lock)
		if err == nil && file.Key(a.at.lockID) == a.sem.key {
			return nil
		}
	}
	if err == nil || errors.Is(err, syscall.ENOENT) {
		err = errReplaced
	}
	return err
}
