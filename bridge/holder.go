package bridge

import "sync/atomic"

// holder is what the lock of a Segment is held for. What excludes is the kernel's semaphore, goroutines as well as
// processes; the holder tells an Unlock too many from a good one.
type holder struct{ what uint32 }

const (
	holderNone uint32 = iota // free, or held by another
	holderLock               // Lock or TryLock
	holderCall               // Do or Detach
)

// note is called by whoever has just taken the lock. The load orders it after the give that freed the lock, which the
// kernel alone would not let the Go memory model know of; as nobody else writes now, the store can do without the
// locked instruction that an atomic one takes, a fifth of an uncontended POSIX lock.
func (h *holder) note(what uint32) {
	if raceDetector { // it cannot tell that nothing is lost when give of a mistaken Unlock meets the store
		atomic.SwapUint32(&h.what, what)
		return
	}
	_ = atomic.LoadUint32(&h.what)
	h.what = what
}

// give reports whether the lock was held for what, and notes that it is held for instead from now on.
func (h *holder) give(what, instead uint32) bool {
	return atomic.CompareAndSwapUint32(&h.what, what, instead)
}

// held reports whether the lock is held by this Segment.
func (h *holder) held() bool { return atomic.LoadUint32(&h.what) != holderNone }
