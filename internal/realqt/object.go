package realqt

import "unsafe"

// objectSize is room for any class used here: the largest, QDataStream and QImage, take 32 bytes in Qt 5.15 and 6.4 (GCC).
const objectSize = 128

// object is a C++ object with an identity. It lives in C memory, because Qt keeps its address from one call to the next:
// QObject's private half points back at it, and a QBuffer at its QByteArray. Go's rules forbid C to
// keep the address of Go memory, which has no promise to stay where it is.
type object struct {
	qt   *Qt
	addr unsafe.Pointer
}

func (q *Qt) newObject() object { return object{q, q.fn.Calloc(1, objectSize)} }

// this returns the address of the object. A method call on a destroyed one panics, which is easier to understand than
// the crash it would be in C++.
func (o *object) this() unsafe.Pointer {
	if o.addr == nil {
		panic("realqt: the object is closed")
	}
	return o.addr
}

// destroy runs a destructor and frees the memory, once.
func (o *object) destroy(destructor func(this unsafe.Pointer)) {
	if o.addr == nil {
		return
	}
	destructor(o.addr)
	o.qt.fn.Free(o.addr)
	o.addr = nil
}
