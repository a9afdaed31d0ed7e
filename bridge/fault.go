package bridge

import (
	"runtime"
	"runtime/debug"
	"unsafe"
)

// doReadOnly runs fn over memory that is mapped for reading only. A write there makes the processor fault; the Go
// runtime turns that into a panic when asked to, and this into an error.
func (s *Segment) doReadOnly(fn func(mem []byte) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if f, ok := r.(interface {
			runtime.Error
			Addr() uintptr
		}); ok && contains(s.mem, f.Addr()) {
			err = wrap("write", s.key, hinted{ErrReadOnly, "attach with bridge.ReadWrite"})
			return
		}
		panic(r)
	}()
	return fn(s.mem)
}

func contains(mem []byte, addr uintptr) bool {
	start := uintptr(unsafe.Pointer(unsafe.SliceData(mem)))
	return addr >= start && addr-start < uintptr(len(mem))
}
