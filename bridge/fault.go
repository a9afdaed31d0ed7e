package bridge

import (
	"runtime"
	"runtime/debug"
	"unsafe"
)

// errWriteReadOnly is why writing to memory that is mapped for reading only faults.
var errWriteReadOnly error = hinted{ErrReadOnly, "attach for reading and writing"}

// guard runs touch, which may touch the memory. A write where only reading is allowed, or an access to what another
// process has cut off, makes the processor fault; the Go runtime turns that into a panic when asked to, and this into
// an error.
func (s *Segment) guard(op string, touch func() error) (err error) {
	addr, faulted := faultIn(s.mem, func() { err = touch() })
	switch {
	case !faulted:
		return err
	case s.readOnly && op != "read" && s.readable(addr):
		return wrap("write", s.key, errWriteReadOnly)
	}
	return wrap(op, s.key, s.at.fault(addr))
}

func (s *Segment) readable(offset int) bool {
	var b byte
	_, faulted := faultIn(s.mem, func() { b = s.mem[offset] })
	runtime.KeepAlive(b)
	return !faulted
}

// faultIn runs touch and reports whether it faulted in mem, and at which offset.
func faultIn(mem []byte, touch func()) (offset int, faulted bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		f, ok := r.(interface {
			runtime.Error
			Addr() uintptr
		})
		start := uintptr(unsafe.Pointer(unsafe.SliceData(mem)))
		if !ok || f.Addr() < start || f.Addr()-start >= uintptr(len(mem)) {
			panic(r)
		}
		offset, faulted = int(f.Addr()-start), true
	}()
	touch()
	return 0, false
}
