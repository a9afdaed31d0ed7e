package datastream

import (
	"bytes"
	"fmt"
	"strings"
)

// AppendQByteArray appends a QByteArray: its length and its bytes. A nil p is Qt's null array, QByteArray(), which
// before version 6 is written as empty; any other p of length 0 is Qt's empty array.
//
// Before version 22 more than 4294967294 bytes cannot be written: nothing is appended.
func (f Format) AppendQByteArray(b, p []byte) []byte {
	if p == nil {
		return f.appendNull(b, V3_3)
	}
	b, ok := f.appendSize(b, int64(len(p)))
	if !ok {
		return b
	}
	return append(b, p...)
}

// AppendCString appends a const char*: its length with the final NUL, its bytes, the NUL. The bytes are written as
// they are, in whatever encoding the C++ program expects. As there, the text ends at the first NUL in s.
//
// Before version 22 more than 4294967294 bytes cannot be written: nothing is appended.
func (f Format) AppendCString(b []byte, s string) []byte {
	s, _, _ = strings.Cut(s, "\x00")
	b, ok := f.appendSize(b, int64(len(s))+1)
	if !ok {
		return b
	}
	return append(append(b, s...), 0)
}

// AppendNullCString appends a null const char*: the length 0. (The length of "" is 1.)
func (f Format) AppendNullCString(b []byte) []byte { return f.AppendUint32(b, 0) }

// QByteArray reads a QByteArray. The result is nil for Qt's null array, and after an error; it is empty, but not nil,
// for an empty array. It is a part of the bytes given to [NewReader], not a copy.
func (r *Reader) QByteArray() []byte {
	n, width := r.size("QByteArray")
	return r.body("QByteArray", n, width)
}

// CString reads a const char*, without its final NUL. Null reads as "". The bytes are returned as they are, in the
// encoding of the C++ program. The text ends at the first NUL and need not have one, as in Qt.
func (r *Reader) CString() string {
	s, _ := r.NullableCString()
	return s
}

// NullableCString reads a const char* and tells null from empty: ok is false for null, and after an error.
func (r *Reader) NullableCString() (s string, ok bool) {
	n, width := r.size("cstring")
	if n == nullSize {
		r.fail("cstring", fmt.Errorf("%w: the null code of QString and QByteArray", ErrCorrupt))
	}
	p := r.body("cstring", n, width)
	if len(p) == 0 {
		return "", false
	}
	p, _, _ = bytes.Cut(p, []byte{0})
	return string(p), true
}
