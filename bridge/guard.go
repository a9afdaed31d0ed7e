package bridge

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// Guard makes its process the single instance of a key until Release, or until the process ends.
// All methods may be called by many goroutines at once.
type Guard struct{ segment *Segment }

// TakenError says that a living process is the single instance of a key. It is fs.ErrExist.
type TakenError struct {
	// PID is that process, as far as it can be told at once, or 0. On System V it is the one that made the segment, if it
	// lives, or else the one that attached last; in the other families the one that the segment names, if it lives.
	// Inspect finds all that are attached, which takes longer.
	PID int
}

func (e *TakenError) Error() string {
	if e.PID == 0 {
		return "another instance is running"
	}
	return fmt.Sprintf("another instance is running: process %d", e.PID)
}

// Is makes the error fs.ErrExist.
func (*TakenError) Is(target error) bool { return target == fs.ErrExist }

// TakeGuard makes this process the single instance of key, or fails with a TakenError. Programs that ask before they start
// whether they are the first one, in one of these ways, and this function recognise each other:
//
//   - a Qt program that does if (memory.attach()) return; memory.create(size); or that exits if create() fails,
//   - the class SingleApplication of github.com/itay-grudev, 3.0 and later, whose key is a hash of the application's name,
//     version, path and user. The segment has its block of data, with this process as the primary instance.
//
// Whether somebody has the guard the kernel decides, and not what is in the segment: it has whoever is attached to it, or, on
// POSIX, has it open, and lives. What a killed process has left is replaced, whatever it holds. A SingleApplication of which
// secondary instances have outlived the primary one is still running.
//
// The wait for the segment's lock ends with ctx. It is short as a rule, and no wait is needed where another instance is found
// at once. A lock whose holder has died does not stop it: see BreakDeadLock, which is implied. A POSIX lock that stays held
// for a second although nobody has the segment open counts as such; Qt's create() would replace it without looking.
//
// Among callers of TakeGuard exactly one succeeds. Qt's own protocol is weaker, which limits what can be said of a mixture:
//
//   - A program that ignores that its create() has failed starts although another was faster in the instant since its attach().
//   - A create() of Qt that fails resets a System V lock, or replaces a POSIX one, under whoever holds it, and when its object
//     goes it removes the System V lock. Programs that start in the same instants may then each have a lock of their own, and
//     a Qt program that removes leftovers takes the key file of another's segment along.
//   - The same makes Qt programs hang in attach() or create() now and then when many start at once, with a lock that has never
//     got a value. A TakeGuard or Release that needs the lock removes such a one after a second.
//   - What a killed process has left stops Qt programs of the first kind, up to Qt 6.5 and on POSIX: their attach() succeeds.
//   - Whoever deletes the key file of a living segment lets a second instance start.
//   - A QSharedMemory whose lock was removed at the wrong moment stays attached when it is destroyed. As long as its process lives
//     the guard is taken.
//
// On Windows, where the kernel removes what ended programs had open, the guard is a segment like that of Create.
func TakeGuard(ctx context.Context, key ipckey.Key, opts ...Option) (*Guard, error) {
	b, at, err := backendOf(key, ipckey.Segment, opts)
	if err != nil {
		return nil, wrap("guard", key, err)
	}
	at.readOnly, at.keepLock = false, false
	a, err := b.guard(ctx, at, primaryBlock())
	if err != nil {
		return nil, wrap("guard", key, err)
	}
	s, err := newSegment(ctx, key, opts, at, a)
	if err != nil {
		return nil, wrap("guard", key, err)
	}
	return &Guard{s}, nil
}

// guardPatience is how long a guard waits for a lock before it looks whether anybody can still hold it.
const guardPatience = time.Second

// Release lets another process be the single instance: a System V or POSIX segment is removed unless others have attached
// meanwhile, and then says that there is no primary instance. When ctx ends before the lock comes, the Guard stays.
// A second Release does nothing and returns nil.
func (g *Guard) Release(ctx context.Context) error {
	patience, cancel := context.WithTimeout(ctx, 2*guardPatience)
	defer cancel()
	_ = g.segment.Do(patience, func(mem []byte) error { // what is wrong Detach tells
		if blockPID(mem) == os.Getpid() {
			copy(mem, freeBlock())
		}
		return nil
	})
	return g.segment.Detach(ctx)
}
