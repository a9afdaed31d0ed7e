package bridge

import (
	"sync/atomic"
	"time"
)

// holder is what the lock of a Segment is held for. What excludes is the kernel's semaphore, goroutines as well as
// processes; the holder tells an Unlock too many from a good one.
type holder struct {
	gate *uint32 // used instead of what when the lock is handed out
	what uint32
}

const (
	holderNone = GateFree // free, or held by another
	holderLock = GateHeld // Lock or TryLock
	holderCall = 2        // Do or Detach
)

// note is called by whoever has just taken the lock.
func (h *holder) note(what uint32) {
	if h.gate == nil {
		h.noteQuickly(what)
		return
	}
	h.setGate(what)
}

// noteQuickly is note for a lock that is not handed out. The load orders it after the give that freed the lock, which the
// kernel alone would not let the Go memory model know of; as nobody else writes now, the store can do without the
// locked instruction that an atomic one takes, a fifth of an uncontended POSIX lock.
func (h *holder) noteQuickly(what uint32) {
	if raceDetector { // it cannot tell that nothing is lost when give of a mistaken Unlock meets the store
		atomic.SwapUint32(&h.what, what)
		return
	}
	_ = atomic.LoadUint32(&h.what)
	h.what = what
}

// give reports whether the lock was held for what, and notes that it is held for instead from now on.
func (h *holder) give(what, instead uint32) bool {
	if h.gate == nil {
		return h.giveQuickly(what, instead)
	}
	return h.changeGate(what, instead)
}

// giveQuickly is give for a lock that is not handed out.
func (h *holder) giveQuickly(what, instead uint32) bool {
	return atomic.CompareAndSwapUint32(&h.what, what, instead)
}

// held reports whether the lock is held by this Segment.
func (h *holder) held() bool {
	word := &h.what
	if h.gate != nil {
		word = h.gate
	}
	what := atomic.LoadUint32(word)
	return what == holderLock || what == holderCall
}

func (h *holder) setGate(what uint32) {
	for !atomic.CompareAndSwapUint32(h.gate, h.passed(), what) {
	}
}

func (h *holder) changeGate(what, instead uint32) bool {
	for !atomic.CompareAndSwapUint32(h.gate, what, instead) {
		if h.passed() != what {
			return false
		}
	}
	return true
}

// passed returns what the gate says once no thread is passing. Such a thread is at most a system call away from the end.
func (h *holder) passed() uint32 {
	for tries := 0; ; tries++ {
		if what := atomic.LoadUint32(h.gate); what != GatePassing {
			return what
		}
		if tries >= 100 {
			time.Sleep(10 * time.Microsecond)
		}
	}
}
