//go:build linux

package posix

import (
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/cpu"
)

// oneWaiter is one in the upper half of image64's data (1 << SEM_NWAITERS_SHIFT).
const oneWaiter = 1 << 32

// image64 is the sem_t of a 64-bit glibc, 32 bytes: struct new_sem with 64-bit atomics (sysdeps/nptl/internaltypes.h) and
// the rest zero. Its methods are the steps of nptl/sem_waitcommon.c and nptl/sem_post.c under __HAVE_64B_ATOMICS.
type image64 struct {
	data    atomic.Uint64 // the value in the lower half, the number of waiters in the upper
	private int32         // of type int in glibc
	mark    atomic.Uint32 // unused by glibc, see Mark
	_       [16]byte
}

func (m *image64) init(value uint32) {
	m.data.Store(uint64(value))
	m.private = markShared
}

func (m *image64) shared() bool    { return m.private == markShared }
func (m *image64) value() uint32   { return uint32(m.data.Load()) }
func (m *image64) waiters() uint32 { return uint32(m.data.Load() / oneWaiter) }

// tryWait and postFirst try the state of an undisturbed lock before they look: the load would cost as much as the exchange.
func (m *image64) tryWait() bool { return m.data.CompareAndSwap(1, 0) || m.tryWaitAny() }

func (m *image64) postFirst() bool { return m.data.CompareAndSwap(0, 1) }

func (m *image64) first() (word *uintptr, one, zero uintptr) {
	return (*uintptr)(unsafe.Pointer(m)), 1, 0
}

func (m *image64) tryWaitAny() bool {
	for {
		d := m.data.Load()
		if uint32(d) == 0 {
			return false
		}
		if m.data.CompareAndSwap(d, d-1) {
			return true
		}
	}
}

func (m *image64) add(n uint32) (wake, ok bool) {
	for {
		d := m.data.Load()
		if uint32(d) > SemValueMax-n {
			return false, false
		}
		if m.data.CompareAndSwap(d, d+uint64(n)) {
			return d >= oneWaiter, true
		}
	}
}

func (m *image64) set(value uint32) (wake bool) {
	for {
		d := m.data.Load()
		if m.data.CompareAndSwap(d, d&^(oneWaiter-1)|uint64(value)) {
			return d >= oneWaiter
		}
	}
}

func (m *image64) enter() { m.data.Add(oneWaiter) }

func (m *image64) take() bool {
	for {
		d := m.data.Load()
		if uint32(d) == 0 {
			return false
		}
		if m.data.CompareAndSwap(d, d-1-oneWaiter) {
			return true
		}
	}
}

func (m *image64) leave() { m.data.Add(^uint64(oneWaiter - 1)) }

// futex points at the lower half of data, wherever the byte order puts it (SEM_VALUE_OFFSET).
func (m *image64) futex() (word *uint32, empty uint32) {
	halves := (*[2]uint32)(unsafe.Pointer(&m.data))
	if cpu.IsBigEndian {
		return &halves[1], 0
	}
	return &halves[0], 0
}
