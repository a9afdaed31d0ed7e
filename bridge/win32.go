//go:build windows

package bridge

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/win32"
)

// win32Backend is what QSharedMemory and QSystemSemaphore do on Windows (qsharedmemory_win.cpp and qsystemsemaphore_win.cpp in
// qtbase). A segment is a named file mapping, and its lock a named semaphore. Both go with the last handle to them, which
// the kernel closes when a process ends, so that nothing is ever left behind; but what a dead process took of a
// semaphore stays taken for as long as others have it open.
type win32Backend struct{}

// win32Attachment is a mapped segment.
type win32Attachment struct {
	at        place
	mapping   win32.Handle // kept for its name, which goes with the last handle although views live
	mem       []byte
	requested int
	sem       *win32Lock

	leaving context.Context // ends with leave, so that nobody goes on waiting
	left    context.CancelCauseFunc
}

func (a *win32Attachment) memory() []byte     { return a.mem }
func (a *win32Attachment) requestedSize() int { return a.requested }
func (*win32Attachment) identity() uint64     { return 0 }
func (a *win32Attachment) guarded() bool      { return a.at.readOnly }
func (*win32Attachment) leavesLocked() bool   { return false }
func (*win32Attachment) quick() *quickLock    { return nil }
func (*win32Attachment) lever() Lever         { return Lever{SemID: -1} }
func (*win32Attachment) fault(offset int) error {
	return fmt.Errorf("offset %d cannot be read", offset)
}

func (a *win32Attachment) tryLock() (bool, error) { return a.sem.tryTake() }
func (a *win32Attachment) unlock() error          { return a.sem.give() }

func (a *win32Attachment) lock(ctx context.Context) error {
	ctx, done := endedBy(ctx, a.leaving)
	defer done()
	return a.sem.take(ctx)
}

func (a *win32Attachment) takeFromDead() (bool, error)         { return a.sem.takeFromDead() }
func (a *win32Attachment) stepAside(ctx context.Context) error { return a.sem.stepAside(ctx) }

func (a *win32Attachment) waitAside(ctx context.Context) error {
	ctx, done := endedBy(ctx, a.leaving)
	defer done()
	return a.sem.waitAside(ctx)
}

// create does not wait: to make a mapping is one step for the kernel. Qt takes the lock first, which may never come, and keeps
// the handle of an existing mapping open although its create() fails.
func (win32Backend) create(_ context.Context, at place, size int) (attachment, error) {
	mapping, err := win32.CreateMapping(at.name, int64(size))
	if err != nil {
		return nil, explainCreate(at.name, size, err)
	}
	return newWin32Attachment(at, mapping, size)
}

// attach does not wait either. It opens the mapping before the lock, because opening that makes one where there is none.
func (win32Backend) attach(_ context.Context, at place) (attachment, error) {
	mapping, err := win32.OpenMapping(at.name)
	if err != nil {
		return nil, explainMapping(at.name, err)
	}
	return newWin32Attachment(at, mapping, 0)
}

// newWin32Attachment makes an attachment of an open mapping, or closes it.
func newWin32Attachment(at place, mapping win32.Handle, requested int) (attachment, error) {
	a := &win32Attachment{at: at, mapping: mapping, requested: requested}
	if err := a.enter(); err != nil {
		return nil, errors.Join(err, win32.Close(mapping))
	}
	a.leaving, a.left = context.WithCancelCause(context.Background())
	if at.breakDead {
		return &breakingAttachment{mortalAttachment: a}, nil
	}
	return a, nil
}

func (a *win32Attachment) enter() (err error) {
	if err = a.at.checkOwner(a.mapping, "segment"); err != nil {
		return err
	}
	if a.sem, err = openWin32Lock(a.at); err != nil {
		return err
	}
	if a.mem, err = win32.MapView(a.mapping, a.at.readOnly); err != nil {
		return errors.Join(explainView(err), a.sem.close())
	}
	if a.requested == 0 {
		a.requested = len(a.mem)
	}
	return nil
}

// leave needs no lock, for the kernel knows who has the mapping open.
func (a *win32Attachment) leave(bool) error {
	a.left(ErrDetached)
	return errors.Join(win32.UnmapView(a.mem), win32.Close(a.mapping), a.sem.leave())
}

// remove has nothing to remove: what exists is open somewhere.
func (b win32Backend) remove(_ context.Context, at place) error {
	info, err := b.inspect(at)
	what := "segment"
	switch {
	case err != nil:
		return err
	case !info.Exists && !info.Semaphore.Exists:
		return explainMapping(at.name, syscall.ERROR_FILE_NOT_FOUND)
	case !info.Exists:
		what = "its lock"
	}
	return hinted{fmt.Errorf("%s: %w", what, ErrInUse), "Windows removes it when the last program that has it open closes it or ends"}
}
