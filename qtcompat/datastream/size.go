package datastream

import (
	"encoding/binary"
	"fmt"
)

// A length field is a quint32. Two of its values are special (NullCode and ExtendedSize in qdatastream.h): nullCode
// stands for a null value, and from version 22 on extendedSize announces that the length follows as a qint64.
const (
	nullCode     = 0xffffffff
	extendedSize = 0xfffffffe

	nullSize = -1 // what readSize returns for a null value
)

// appendSize appends the length field of n bytes. It reports false, and appends nothing, when n is too large for the
// version. Qt 6.7 and later then write nothing of the value either, and set the status SizeLimitExceeded.
func (f Format) appendSize(b []byte, n int64) ([]byte, bool) {
	switch {
	case n < extendedSize || n == extendedSize && f.version() < V6_7:
		return f.AppendUint32(b, uint32(n)), true
	case f.version() >= V6_7:
		return f.AppendInt64(f.AppendUint32(b, extendedSize), n), true
	}
	return b, false
}

// appendNull appends the length field of a null value. Versions before since do not know null and write empty.
func (f Format) appendNull(b []byte, since Version) []byte {
	if f.version() < since {
		return f.AppendUint32(b, 0)
	}
	return f.AppendUint32(b, nullCode)
}

// parseSize returns the length field at the start of b and its own width in bytes, 4 or 12.
func (f Format) parseSize(b []byte) (n int64, width int, err error) {
	if len(b) < 4 {
		return 0, 0, truncated(4, len(b))
	}
	first := f.swap32(binary.BigEndian.Uint32(b))
	switch {
	case first == nullCode:
		return nullSize, 4, nil
	case first < extendedSize || f.version() < V6_7:
		return int64(first), 4, nil
	case len(b) < 12:
		return 0, 0, truncated(12, len(b))
	}
	n = int64(f.swap64(binary.BigEndian.Uint64(b[4:])))
	if n < nullSize {
		return 0, 0, fmt.Errorf("%w: length %d", ErrCorrupt, n)
	}
	return n, 12, nil
}

// size looks at the length field of the value of type typ, without consuming it.
func (r *Reader) size(typ string) (n int64, width int) {
	n, width, err := r.format.parseSize(r.buf[r.off:])
	if err != nil {
		r.fail(typ, err)
	}
	return n, width
}

// body consumes a length field that size has found and returns the n bytes behind it: nil for a null value and after
// an error, not nil for an empty value.
func (r *Reader) body(typ string, n int64, width int) []byte {
	if r.err != nil {
		return nil
	}
	if n == nullSize {
		r.take(typ, width)
		return nil
	}
	if err := bounded(n, r.Remaining()-width, n, "bytes, Limits.MaxBytes", r.maxBytes); err != nil {
		r.fail(typ, err)
		return nil
	}
	return r.take(typ, width+int(n))[width:]
}

// bounded returns an error if need bytes are more than those left, or n of a unit more than most, which is a limit. It
// is both errors if both are so.
func bounded(need int64, left int, n int64, limit string, most int64) error {
	var err error
	if need > int64(left) {
		err = truncated(need, left)
	}
	if n <= most {
		return err
	}
	large := fmt.Errorf("%w: %d %s is %d", ErrTooLarge, n, limit, most)
	if err == nil {
		return large
	}
	return fmt.Errorf("%w; %w", err, large)
}
