//go:build !windows

package realqt

import "unsafe"

// viewQt4 follows the pointer to a QString::Data or a QByteArray::Data, which begin alike (Qt 4.8
// src/corelib/tools/qstring.h, qbytearray.h).
func viewQt4(v *value) (unsafe.Pointer, int) {
	header := (*struct {
		ref, alloc, size int32
		data             unsafe.Pointer
	})(v.d)
	return header.data, int(header.size)
}
