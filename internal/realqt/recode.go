package realqt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unsafe"
)

// RecodeQVariant reads the QVariant at the start of data from a stream of a version, and returns what a stream of that version
// writes for it, and whether data ended where it ended. All types of the library are known, and those of its QtGui if that can
// be loaded. A version above [Qt.StreamVersion] gives an error that is errors.ErrUnsupported.
//
// It is an error if Qt says that reading failed, or without that gives the invalid QVariant for a type that has a number: that
// of QtGui where that is missing, or one of a newer Qt. A QPixmap, QBitmap or QCursor ends the process, for Qt wants a
// QGuiApplication first (measured with Qt 5.15.8 and 6.4.2).
func (q *Qt) RecodeQVariant(version int, data []byte) (again []byte, whole bool, err error) {
	if version < 1 || version > q.StreamVersion() {
		return nil, false, fmt.Errorf("realqt: stream version %d: Qt %s knows 1 to %d: %w", version, q.version, q.StreamVersion(),
			errors.ErrUnsupported)
	}
	_, _ = q.gui() // which makes its types known when it is loaded
	variant := q.newVariant()
	defer variant.destroy(q.fn.VariantDelete)
	err = q.decode("QVariant", data, func(stream unsafe.Pointer) {
		*q.versionIn(stream) = int32(version)
		q.fn.StreamReadVariant(stream, variant.this())
		whole = q.fn.StreamAtEnd(stream)
	})
	if err != nil {
		return nil, false, err
	}
	if number := binary.BigEndian.Uint32(data); number != 0 && q.fn.VariantTypeName(variant.this()) == "" {
		return nil, false, fmt.Errorf("realqt: decode QVariant: Qt %s has no type of the number %d", q.version, number)
	}
	return q.encode(func(stream unsafe.Pointer) {
		*q.versionIn(stream) = int32(version)
		q.fn.StreamWriteVariant(stream, variant.this())
	}), whole, nil
}
