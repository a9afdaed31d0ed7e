package datastream

import (
	"fmt"
	"math"
)

// AppendQBitArray appends a QBitArray: the number of bits, 64 bits wide from version 20 on, and the bits, of which the
// first is the lowest of the first byte.
//
// Before version 20 more than 4294967295 bits cannot be written: nothing is appended.
func (f Format) AppendQBitArray(b []byte, bits []bool) []byte {
	switch n := uint64(len(bits)); {
	case f.version() >= V6_0:
		b = f.AppendUint64(b, n)
	case n > math.MaxUint32:
		return b
	default:
		b = f.AppendUint32(b, uint32(n))
	}
	for i, bit := range bits {
		if i%8 == 0 {
			b = append(b, 0)
		}
		if bit {
			b[len(b)-1] |= 1 << (i % 8)
		}
	}
	return b
}

// QBitArray reads a QBitArray. An empty one is not nil. Bits set behind the last are an error, as in Qt.
func (r *Reader) QBitArray() []bool {
	return composite(r, "QBitArray", func() []bool {
		n := r.bitCount()
		p := r.take("QBitArray", (n+7)/8)
		if n%8 != 0 && p != nil && p[n/8]>>(n%8) != 0 {
			r.fail("QBitArray", fmt.Errorf("%w: last byte %#02x of %d bits", ErrCorrupt, p[n/8], n))
		}
		if r.err != nil {
			return nil
		}
		bits := make([]bool, n)
		for i := range bits {
			bits[i] = p[i/8]>>(i%8)&1 != 0
		}
		return bits
	})
}

// bitCount reads the number of bits. It is 0 after an error.
func (r *Reader) bitCount() int {
	var n uint64
	if r.format.version() >= V6_0 {
		n = r.Uint64()
	} else {
		n = uint64(r.Uint32())
	}
	if n > math.MaxInt64 {
		r.fail("QBitArray", fmt.Errorf("%w: %d bits", ErrCorrupt, n))
		return 0
	}
	size := int64(n/8 + min(n%8, 1))
	if err := bounded(size, r.Remaining(), int64(n), "bits, Limits.MaxElements", r.maxElements); err != nil {
		r.fail("QBitArray", err)
		return 0
	}
	return int(n)
}
