package bridge

import (
	"errors"
	"runtime"
	"runtime/debug"
	"unsafe"
)

// errWriteReadOnly is why writing to memory that is mapped for reading only faults.
var errWriteReadOnly error = hinted{ErrReadOnly, "attach with bridge.ReadWrite"}

// guard runs touch, which may touch the memory. A write where only reading is allowed, or an access to what another
// process has cut off, makes the processor fault; the Go runtime turns that into a panic when asked to, and this into
// an error.
func (s *Segment) guard(op string, touch func() error) (err error) {
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
		start := uintptr(unsafe.Pointer(unsafe.SliceData(s.mem)))
		if !ok || f.Addr() < start || f.Addr()-start >= uintptr(s.size) {
			panic(r)
		}
		err = s.at.fault(int(f.Addr() - start))
		if errors.Is(err, ErrReadOnly) {
			op = "write"
		}
		err = wrap(op, s.key, err)
	}()
	return touch()
}
