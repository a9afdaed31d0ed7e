package main

// #include "hot.h"
import "C"

import (
	"context"
	"sync/atomic"
	"unsafe"

	"github.com/shmbridge/shmbridge/bridge"
)

// The two sides of the gate name its states apart.
const _ = uint(C.SHMBRIDGE_GATE_FREE-bridge.GateFree) + uint(C.SHMBRIDGE_GATE_HELD-bridge.GateHeld) + uint(C.SHMBRIDGE_GATE_PASSING-bridge.GatePassing)

// publish gives the C side what its hot path needs.
func (s *segment) publish(h handle) {
	s.waits, s.cancel = context.WithCancelCause(context.Background())
	s.slot = &C.shmbridge_slots[slotOf(h)]
	s.HandOut((*uint32)(unsafe.Pointer(&s.slot.gate)))
	lever := s.Lever()
	s.slot.data = C.uintptr_t(uintptr(unsafe.Pointer(unsafe.SliceData(s.Bytes()))))
	s.slot.size, s.slot.requested = C.uintptr_t(s.Size()), C.uintptr_t(s.RequestedSize())
	s.slot.word = (*C.uintptr_t)(unsafe.Pointer(lever.Word))
	s.slot.free, s.slot.taken = C.uintptr_t(lever.Free), C.uintptr_t(lever.Taken)
	s.refresh()
	atomic.StoreUintptr((*uintptr)(unsafe.Pointer(&s.slot.handle)), uintptr(h))
}

// refresh follows a System V semaphore that was removed and made again.
func (s *segment) refresh() {
	atomic.StoreInt32((*int32)(unsafe.Pointer(&s.slot.semid)), int32(s.Lever().SemID))
}

// retire takes the handle of a detached segment away. The call has pinned it: nobody else has the slot yet.
func (s *segment) retire(h handle) error {
	if !handles.close(h) {
		return errClosedTwice
	}
	atomic.StoreUintptr((*uintptr)(unsafe.Pointer(&s.slot.handle)), 0)
	atomic.StoreUint32((*uint32)(unsafe.Pointer(&s.slot.gate)), bridge.GateFree)
	s.cancel(bridge.ErrDetached)
	return nil
}
