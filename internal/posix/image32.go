//go:build linux

package posix

import (
	"sync/atomic"
	"unsafe"
)

// Parts of image32's word: SEM_NWAITERS_MASK and 1 << SEM_VALUE_SHIFT.
const (
	maybeWaiters = 1
	oneToken     = 2
)

// image32 is the sem_t of a 32-bit glibc, 16 bytes: struct new_sem without 64-bit atomics (sysdeps/nptl/internaltypes.h).
// Its methods are the steps of nptl/sem_waitcommon.c and nptl/sem_post.c without __HAVE_64B_ATOMICS.
//
// Value and waiters cannot change together here. A bit in the word tells posters whether to wake; it is set by whoever
// goes to sleep, and cleared by the last waiter, who may be wrong about being the last and then puts it right.
type image32 struct {
	word    atomic.Uint32 // the value times two, plus maybeWaiters
	private int32         // of type int in glibc
	mark    atomic.Uint32 // pad in glibc, see Mark
	count   atomic.Uint32 // waiters
}

func (m *image32) init(value uint32) {
	m.word.Store(value * oneToken)
	m.private = markShared
}

func (m *image32) shared() bool    { return m.private == markShared }
func (m *image32) value() uint32   { return m.word.Load() / oneToken }
func (m *image32) waiters() uint32 { return m.count.Load() }

// tryWait and postFirst begin with a guess, as image64's do.
func (m *image32) tryWait() bool { return m.word.CompareAndSwap(oneToken, 0) || m.tryWaitAny() }

func (m *image32) postFirst() bool { return m.word.CompareAndSwap(0, oneToken) }

func (m *image32) first() (word *uintptr, one, zero uintptr) {
	return (*uintptr)(unsafe.Pointer(m)), oneToken, 0
}

func (m *image32) tryWaitAny() bool {
	for {
		v := m.word.Load()
		if v < oneToken {
			return false
		}
		if m.word.CompareAndSwap(v, v-oneToken) {
			return true
		}
	}
}

func (m *image32) add(n uint32) (wake, ok bool) {
	for {
		v := m.word.Load()
		if v/oneToken > SemValueMax-n {
			return false, false
		}
		if m.word.CompareAndSwap(v, v+n*oneToken) {
			return v&maybeWaiters != 0, true
		}
	}
}

func (m *image32) set(value uint32) (wake bool) {
	for {
		v := m.word.Load()
		if m.word.CompareAndSwap(v, value*oneToken|v&maybeWaiters) {
			return v&maybeWaiters != 0
		}
	}
}

func (m *image32) enter() { m.count.Add(1) }

func (m *image32) take() bool {
	for {
		v := m.word.Or(maybeWaiters) | maybeWaiters
		if v < oneToken {
			return false
		}
		if m.word.CompareAndSwap(v, v-oneToken) {
			m.leave()
			return true
		}
	}
}

// leave is __sem_wait_32_finish.
func (m *image32) leave() { m.uncount(m.unmark()) }

// unmark clears the bit if the caller seems to be the only waiter, and reports whether it did.
func (m *image32) unmark() bool {
	if m.count.Load() != 1 {
		return false
	}
	m.word.And(^uint32(maybeWaiters))
	return true
}

// uncount ends the caller's wait. If it cleared the bit and was not the only waiter after all, it sets it again and wakes
// as many as there are tokens, which posters may have left without waking anybody.
func (m *image32) uncount(unmarked bool) {
	others := m.count.Add(^uint32(0)) != 0
	if unmarked && others {
		if tokens := m.word.Or(maybeWaiters) / oneToken; tokens > 0 {
			word, _ := m.futex()
			futexWake(word, tokens)
		}
	}
}

func (m *image32) futex() (word *uint32, empty uint32) {
	return (*uint32)(unsafe.Pointer(&m.word)), maybeWaiters
}
