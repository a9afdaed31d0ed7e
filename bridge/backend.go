package bridge

import (
	"context"
	"errors"
	"fmt"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// backend is Qt's policy on one family. It takes names and numbers and knows neither Segment nor Semaphore; its errors
// are wrapped by the caller. The families that this system has are listed in backends_<os>.go.
type backend interface {
	// create makes a segment of size bytes and attaches to it, under the lock. It touches nothing if one exists.
	create(ctx context.Context, at place, size int) (attachment, error)
	// guard is create of a segment that holds block; but one that the dead have left it removes. The error is a TakenError if
	// the living have one.
	guard(ctx context.Context, at place, block []byte) (attachment, error)
	// attach attaches to what exists, under the lock, and creates nothing where nothing exists.
	attach(ctx context.Context, at place) (attachment, error)
	// exists reports whether there is such a segment, without anything else that inspect would find out.
	exists(at place) (bool, error)
	// inspect looks without attaching, locking or changing anything.
	inspect(at place) (Info, error)
	// list inspects all that there is, as List has it.
	list() ([]Info, error)
	// remove removes a segment that nobody is attached to, with its lock and key files.
	remove(ctx context.Context, at place) error
	// maxCount is the largest value of a counting semaphore.
	maxCount() int
	// semaphore opens or makes a counting semaphore.
	semaphore(at place, initial int, create bool) (counter, error)
	// inspectSemaphore looks without changing anything.
	inspectSemaphore(at place) (SemaphoreInfo, error)
}

// place is where an object is and how it is to be treated.
type place struct {
	id, lockID   uint8  // ftok's project ids, System V only
	name         string // native key of the segment or the semaphore
	lock         string // native key of the semaphore that guards the segment
	readOnly     bool
	requireOwner bool
	removeLast   bool  // POSIX only: the other families do so anyway
	leaveOrphan  bool  // System V only: the other families do so anyway
	keepLock     bool  // create and attach keep the lock, if it is leavesLocked
	breakDead    bool  // POSIX only: elsewhere the kernel gives back what the dead held
	only         *Info // what remove is to remove, and nothing that has taken its place
	rules        ipckey.Rules
	keyType      ipckey.Type // of a key that is to be derived
}

// attachment is a mapped segment and its lock. lock, tryLock and unlock may be called by many goroutines at once; after
// leave, which is called once, those that wait for the lock get ErrDetached.
type attachment interface {
	memory() []byte
	// requestedSize is what create was asked for, or the size of what was attached to.
	requestedSize() int
	// identity is what Segment.ID returns.
	identity() uint64
	// guarded tells whether touching the memory may fault. fault says why it did, at an offset.
	guarded() bool
	fault(offset int) error
	// quick is the lock, if taking it is no more than one atomic instruction, otherwise nil.
	quick() *quickLock
	// lever is the same for code that is not Go.
	lever() Lever
	lock(ctx context.Context) error // after tryLock has failed
	tryLock() (bool, error)
	unlock() error
	// leavesLocked tells whether leave is to be called under the lock.
	leavesLocked() bool
	// leave detaches and, as the last one, removes the segment. locked tells whether the lock is held; it is not
	// afterwards, in any case. The memory is unmapped whatever leave returns.
	leave(locked bool) error
}

// counter is a counting semaphore. All methods may be called by many goroutines at once.
type counter interface {
	wait(ctx context.Context) error // acquires, after tryAcquire has failed
	tryAcquire() (bool, error)
	release(n int) error
	close() error
}

// backendOf finds the backend of a key and the place that the key stands for.
func backendOf(key ipckey.Key, kind ipckey.Kind, opts []Option) (backend, place, error) {
	b, ok := backends[key.Type.Family()]
	if !ok {
		return nil, place{}, fmt.Errorf("keys of type %q: %w on this system", key.Type, errors.ErrUnsupported)
	}
	if key.Native == "" {
		return nil, place{}, ipckey.ErrEmptyKey
	}
	at := placed(opts)
	at.id, at.name = key.ProjectID(at.rules), key.Native
	if kind == ipckey.Segment {
		lock, err := lockOf(key, legacyEnvironment(key.Type, at.rules))
		if err != nil {
			return nil, place{}, err
		}
		at.lockID, at.lock = lock.ProjectID(at.rules), lock.Native
	}
	return b, at, nil
}

// lockOf is the lock of a segment. Qt before 6.6 has none for a native key; ours takes the one of later versions there,
// so that at least our own programs exclude each other.
func lockOf(key ipckey.Key, env ipckey.Env) (ipckey.Key, error) {
	lock, err := key.Semaphore(env)
	if errors.Is(err, ipckey.ErrNoLock) {
		env.Rules.Lock = ipckey.LockCommon
		lock, err = key.Semaphore(env)
	}
	return lock, err
}

// ofLock is the place of a segment's lock.
func (at place) ofLock() place {
	return place{id: at.lockID, name: at.lock, requireOwner: at.requireOwner}
}
