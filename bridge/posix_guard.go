//go:build linux

package bridge

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"syscall"
	"time"

	"github.com/shmbridge/shmbridge/internal/posix"
)

// Why a guard looks again, beside errReplaced and errAside.
var (
	errOpened = errors.New("somebody has it open, maybe to look at it")
	errYoung  = errors.New("somebody may be about to open it")
)

const (
	guardDoubt = 250 * time.Millisecond // the longest that others who only look are taken for
	guardYouth = 100 * time.Millisecond // Qt's create() closes a segment once it has a size, and opens it again
	guardPause = 64 * time.Millisecond  // the longest between two looks
)

// guard looks at short intervals instead of waiting, and has nothing open in between: so that others who do the same, and there
// may be hundreds, can tell what the dead have left from what is in use.
func (posixBackend) guard(ctx context.Context, at place, block []byte) (attachment, error) {
	at.breakDead, at.removeLast = true, true
	if err := peek(at); err != nil {
		return nil, err
	}
	var busy, opened moment
	overdue := false
	for longest := time.Millisecond; ; longest = min(2*longest, guardPause) {
		a, err := guardPosix(at, block, overdue)
		overdue = overdue || busy.lasts(errors.Is(err, errAside)) > guardPatience
		switch {
		case err == nil:
			return a.withBreak(), nil
		case opened.lasts(errors.Is(err, errOpened)) > guardDoubt:
			return nil, &TakenError{}
		case !errors.Is(err, errAside) && !errors.Is(err, errOpened) && !errors.Is(err, errYoung) && !errors.Is(err, errReplaced):
			return nil, err
		}
		if err := pause(ctx, rand.N(longest)); err != nil {
			return nil, err
		}
	}
}

// moment is since when something has been so.
type moment struct{ start time.Time }

func (m *moment) lasts(so bool) time.Duration {
	if !so {
		*m = moment{}
		return 0
	}
	if m.start.IsZero() {
		m.start = time.Now()
	}
	return time.Since(m.start)
}

// peek fails with a TakenError if a living process says in the segment that it has it.
func peek(at place) error {
	fd, _, err := openOrphan(at)
	if err == nil && fd >= 0 {
		_ = posix.Close(fd)
	}
	if errors.As(err, new(*TakenError)) {
		return err
	}
	return nil
}

// guardPosix needs the lock only to keep Qt programs out that attach: among guards the kernel decides, by shm_open(3) and by
// Alone. If it is overdue, whoever holds the lock has died, or cannot be inside.
func guardPosix(at place, block []byte, overdue bool) (*posixAttachment, error) {
	sem, err := openLock(at)
	if err != nil {
		return nil, err
	}
	held := sem.take(true)
	if !held && !overdue {
		return nil, errors.Join(errAside, sem.leave(false, false, false), closeIfIdle(at.lock))
	}
	a, err := replaceMemory(at, block, sem)
	if err != nil {
		exists, _ := posixBackend{}.exists(at)
		return nil, errors.Join(err, sem.leave(held, !exists, false), closeIfIdle(at.lock))
	}
	if !held {
		sem.seize()
	}
	sem.adopt()
	return a.attached()
}

// seize takes the lock by leaving it at 0, whoever holds it.
func (l *sharedLock) seize() {
	locks.mu.Lock()
	defer locks.mu.Unlock()
	l.taken = true
}

// replaceMemory makes a segment in the place of one that the dead have left, while the lock is held.
func replaceMemory(at place, block []byte, sem *sharedLock) (*posixAttachment, error) {
	if err := sem.current(); err != nil {
		return nil, err
	}
	fd, orphan, err := openOrphan(at)
	if err != nil {
		return nil, err
	}
	if fd >= 0 {
		// Nobody else unlinks it, or another of its name, before it is closed here: they, too, have to be alone with it.
		if err := errors.Join(unlinkMemory(at.name, orphan), posix.Close(fd)); err != nil {
			return nil, err
		}
	}
	a, err := makeMemory(at, len(block), sem)
	if errors.Is(err, syscall.EEXIST) {
		return nil, errReplaced
	}
	if err != nil {
		return nil, err
	}
	if _, err := syscall.Pwrite(a.fd, block, 0); err != nil { // where there is no memory left, touching it would fault
		return nil, errors.Join(os.NewSyscallError("pwrite", err), unlinkMemory(at.name, a.info), posix.Munmap(a.mem), posix.Close(a.fd))
	}
	return a, nil
}

// openOrphan opens a segment that nobody else has open. fd is -1 if there is none. The error is a TakenError if a living process
// says in the segment that it has it.
func openOrphan(at place) (fd int, info posix.Info, err error) {
	fd, err = openMemory(place{name: at.name, readOnly: true})
	if errors.Is(err, syscall.ENOENT) {
		return -1, info, nil
	}
	if err != nil {
		return -1, info, err
	}
	alone, err := posix.Alone(fd)
	if err == nil {
		info, err = posix.Fstat(fd)
	}
	if err == nil {
		err = refuseGuarded(at, fd, alone, info)
	}
	if err != nil {
		return -1, info, errors.Join(err, posix.Close(fd))
	}
	return fd, info, nil
}

func refuseGuarded(at place, fd int, alone bool, info posix.Info) error {
	block := make([]byte, blockSize)
	n, _ := syscall.Pread(fd, block, 0)
	pid := blockPID(block[:max(n, 0)])
	dead := pid <= 0 || ended(pid)
	switch {
	case !alone && !dead:
		return &TakenError{pid}
	case !alone:
		return errOpened
	case info.Links == 0:
		return errReplaced
	case at.requireOwner && info.UID != uint32(os.Geteuid()):
		return foreign("segment "+at.name, info.UID)
	case pid == 0 && time.Since(info.CTime) < guardYouth:
		return errYoung
	}
	return nil
}
