package datastream

import "fmt"

// AppendBytes appends what QDataStream::writeBytes writes: the number of bytes and the bytes. Unlike
// [Format.AppendQByteArray] it takes a nil p for no bytes.
//
// Before version 22 more than 4294967294 bytes cannot be written: nothing is appended.
func (f Format) AppendBytes(b, p []byte) []byte {
	b, ok := f.appendSize(b, int64(len(p)))
	if !ok {
		return b
	}
	return append(b, p...)
}

// Bytes reads what QDataStream::readBytes reads. The result is a part of the bytes given to [NewReader], not a copy.
// It is nil after an error only.
func (r *Reader) Bytes() []byte {
	n, width := r.size("bytes")
	if n == nullSize {
		r.fail("bytes", fmt.Errorf("%w: the null code of QString and QByteArray", ErrCorrupt))
	}
	return r.body("bytes", n, width)
}

// Raw reads n bytes, as QDataStream::readRawData and skipRawData do; to write them, append them. The result is a part
// of the bytes given to [NewReader], not a copy. A negative n is an error.
func (r *Reader) Raw(n int) []byte {
	if n < 0 {
		r.fail("raw data", fmt.Errorf("%w: %d bytes asked for", ErrCorrupt, n))
	}
	return r.take("raw data", n)
}
