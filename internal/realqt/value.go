package realqt

import (
	"unicode/utf16"
	"unsafe"
)

// value is a QString or a QByteArray as C++ has it in memory: in Qt 6 these three words, before only the first.
//
// Being classes with a copy constructor, C++ returns both by a hidden pointer, whatever their size. purego uses one for structs
// of more than 16 bytes only (on Windows 8), so that three words serve Qt 4 and Qt 5 as well. Qt keeps no pointer to a value,
// and a value may be moved: it can live in Go memory. What it refers to belongs to Qt, counted by reference; Qt's destructors
// are inline functions, absent from the library, hence a value is released by assigning a null one to it.
type value struct {
	d, ptr unsafe.Pointer
	size   int
}

// view says where the elements of a value are and how many there are.
type view func(v *value) (unsafe.Pointer, int)

// viewQt5 follows the pointer to a QArrayData (Qt 5 src/corelib/tools/qarraydata.h).
func viewQt5(v *value) (unsafe.Pointer, int) {
	header := (*struct {
		ref, size int32
		alloc     uint32
		offset    uintptr
	})(v.d)
	return unsafe.Add(v.d, header.offset), int(header.size)
}

// viewQt6 reads a QArrayDataPointer (Qt 6 src/corelib/tools/qarraydatapointer.h).
func viewQt6(v *value) (unsafe.Pointer, int) { return v.ptr, v.size }

// newString makes a QString, not null even if empty, for releaseString. Bytes that are not UTF-8 become U+FFFD.
func (q *Qt) newString(s string) *value {
	units := utf16.Encode([]rune(s))
	str := new(value)
	q.fn.StringNew(str, unsafe.SliceData(units), len(units))
	return str
}

func (q *Qt) releaseString(str *value) { q.fn.StringAssign(str, &q.nullString) }

// takeString copies a QString and releases it.
func (q *Qt) takeString(str value) string {
	defer q.releaseString(&str)
	return q.copyString(&str)
}

// copyString copies a QString. Unpaired surrogates become U+FFFD.
func (q *Qt) copyString(str *value) string {
	units, n := q.generation.view(str)
	return string(utf16.Decode(unsafe.Slice((*uint16)(units), n)))
}

// newByteArray makes a QByteArray, null if b is nil, for releaseByteArray.
func (q *Qt) newByteArray(b []byte) *value {
	array := new(value)
	q.fn.ByteArrayNew(array, unsafe.SliceData(b), len(b))
	return array
}

func (q *Qt) releaseByteArray(array *value) { q.fn.ByteArrayAssign(array, &q.nullByteArray) }

// collect returns what fill puts into a QByteArray that has an address to keep.
func (q *Qt) collect(fill func(array unsafe.Pointer)) []byte {
	array := q.newObject()
	defer array.destroy(func(this unsafe.Pointer) { q.releaseByteArray((*value)(this)) })
	q.fn.ByteArrayNew((*value)(array.this()), nil, 0)
	fill(array.this())
	return q.bytes((*value)(array.this()))
}

// bytes copies the content of a QByteArray.
func (q *Qt) bytes(array *value) []byte {
	data, n := q.generation.view(array)
	return append([]byte{}, unsafe.Slice((*byte)(data), n)...)
}
