package main

// #include "hot.h"
import "C"

import (
	"fmt"
	"strings"
	"sync"
)

// handle is what a pointer of the C API carries: the number of a slot, and above it a serial number, which says which of
// those that had the slot it is. 0 is no handle.
type handle = C.uintptr_t

// table has everything that C programs have handles of.
type table struct {
	mu      sync.Mutex
	entries []entry // by slot; the first stays empty, so that no handle is 0
	free    []int   // slots
	open    int
}

type entry struct {
	handle handle // now, or last
	object any    // nil when closed
	pins   int    // calls that use the handle
}

var handles = table{entries: make([]entry, 1)}

func slotOf(h handle) int { return int(h % C.SHMBRIDGE_SLOTS) }

// add gives object a handle.
func (t *table) add(object any) (handle, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.free) == 0 {
		if len(t.entries) == C.SHMBRIDGE_SLOTS {
			return 0, problem{C.SHMBRIDGE_E_RESOURCES, fmt.Sprintf("%d handles are open, and there can be no more: close some", t.open)}
		}
		t.free = append(t.free, len(t.entries))
		t.entries = append(t.entries, entry{})
	}
	last := len(t.free) - 1
	slot := t.free[last]
	t.free = t.free[:last]
	e := &t.entries[slot]
	e.object, e.handle = object, e.handle&^(C.SHMBRIDGE_SLOTS-1)+C.SHMBRIDGE_SLOTS|handle(slot)
	t.open++
	return e.handle, nil
}

// pin returns the object of an open handle, nil if it is none. Until unpin nobody else gets its slot.
func (t *table) pin(h handle) (object any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	slot := slotOf(h)
	if slot >= len(t.entries) || t.entries[slot].handle != h || t.entries[slot].object == nil {
		return nil
	}
	t.entries[slot].pins++
	return t.entries[slot].object
}

// drop takes a handle away that nobody has been given.
func (t *table) drop(h handle) {
	t.pin(h)
	t.close(h)
	t.unpin(h)
}

func (t *table) unpin(h handle) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := &t.entries[slotOf(h)]
	e.pins--
	if e.pins == 0 && e.object == nil {
		t.free = append(t.free, slotOf(h))
	}
}

// close ends the use of a handle that the caller has pinned, and reports false if somebody else has done so.
func (t *table) close(h handle) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := &t.entries[slotOf(h)]
	if e.object == nil {
		return false
	}
	e.object = nil
	t.open--
	return true
}

func (t *table) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.open
}

// use calls f with the object of an open handle of its kind.
func use[T any](h handle, f func(T) error) error {
	object := handles.pin(h)
	if object != nil {
		defer handles.unpin(h)
	}
	found, ok := object.(T)
	switch kind := strings.TrimPrefix(fmt.Sprintf("%T", found), "*main."); {
	case ok:
		return f(found)
	case h == 0:
		return problem{C.SHMBRIDGE_E_HANDLE, "the " + kind + "'s handle is NULL"}
	case object == nil:
		return problem{C.SHMBRIDGE_E_HANDLE, "the " + kind + "'s handle is not open: it was closed, or never was one"}
	default:
		return problem{C.SHMBRIDGE_E_HANDLE, "the handle is not that of a " + kind}
	}
}

// errClosedTwice is for those who close a handle that another thread closes.
var errClosedTwice = problem{C.SHMBRIDGE_E_HANDLE, "another thread has closed the handle at the same time"}

//export shmbridgeHandleCount
func shmbridgeHandleCount() C.int32_t { return C.int32_t(handles.count()) }
