package datastream

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
)

// defaultDepth is where the readers of JSON and CBOR in Qt stop (measured with Qt 5.15.8, 6.4.2 and 6.12.0).
const defaultDepth = 1024

// Limits bounds what a [Reader] accepts. The zero value has safe defaults.
type Limits struct {
	// MaxBytes is the size of the longest text, byte array or image accepted, counted in the stream without the
	// length field. 0 means 1 GiB. Nothing is ever allocated for bytes that the input lacks.
	MaxBytes int

	// MaxElements is the largest number of elements of a list, set, map, hash or QBitArray accepted. 0 means 1<<27,
	// which is 1 GiB of 64-bit numbers.
	MaxElements int

	// MaxDepth is how many composite values may lie within one another: a QPoint in a QList in a QVariant is three
	// deep. 0 means 1024, as in Qt for JSON and CBOR.
	MaxDepth int
}

// Reader reads values from a stream held in memory.
//
// The first error stays: from then on every method returns the zero value, [Reader.Err] the error and
// [Reader.Offset] the place where the value that failed begins. Errors are of type *[DecodeError].
//
// A Reader must not be used by two goroutines at once. The bytes must not change while values read from them are
// in use: copy what lies in a shared memory segment first, or keep the segment locked.
type Reader struct {
	format      Format
	maxBytes    int64
	maxElements int64
	maxDepth    int
	buf         []byte
	off         int
	depth       int
	types       Types
	texts       strings.Builder // see shorttexts.go
	err         *DecodeError    // nil while there is none
}

// NewReader returns a Reader of the values in b, which start at offset 0 and were written in format f. It keeps b
// and never writes to it.
func NewReader(f Format, b []byte, lim Limits) *Reader {
	return &Reader{
		format:      f,
		maxBytes:    int64(cmp.Or(lim.MaxBytes, 1<<30)),
		maxElements: int64(cmp.Or(lim.MaxElements, 1<<27)),
		maxDepth:    cmp.Or(lim.MaxDepth, defaultDepth),
		buf:         b,
	}
}

// Err returns the first error, or nil. It is an error that [errors.As] takes for a *[DecodeError].
func (r *Reader) Err() error {
	if r.err == nil {
		return nil
	}
	return r.err
}

// Offset returns the number of bytes read so far.
func (r *Reader) Offset() int { return r.off }

// Remaining returns the number of bytes not read yet.
func (r *Reader) Remaining() int { return len(r.buf) - r.off }

// Transaction calls read, which reads values that belong together, and reports whether all of them were there. If the
// input ends before, the Reader goes back to where it was and has no error: try again when more bytes have come. Any
// other error stays. With a stream that grows:
//
//	buf = append(buf, received...)
//	r := datastream.NewReader(format, buf, limits)
//	for r.Transaction(func() { id, name = r.Int32(), r.QString() }) {
//		use(id, name)
//	}
//	buf = buf[r.Offset():]
//	if err := r.Err(); err != nil {
//		return err
//	}
//
// What read stored counts only if Transaction returns true. A value beyond the limits is an error at once, no matter
// how much of it is there.
func (r *Reader) Transaction(read func()) bool {
	if r.err != nil {
		return false
	}
	start := r.off
	read()
	if r.err != nil && errors.Is(r.err, io.ErrUnexpectedEOF) && !errors.Is(r.err, ErrTooLarge) {
		r.off, r.err = start, nil
		return false
	}
	return r.err == nil
}

// composite reads a value of type typ that consists of others. If read fails, the error is about the whole value and
// names the part, the Reader goes back to where the whole begins, and the result is zero.
func composite[T any](r *Reader, typ string, read func() T) (v T) {
	start := r.off
	if !r.begin(typ) {
		return v
	}
	if whole := read(); r.end(typ, start) {
		return whole
	}
	return v
}

// begin and end enclose the reading of a composite value. They report whether there is no error.
func (r *Reader) begin(typ string) bool {
	if r.err == nil && r.depth == r.maxDepth {
		r.fail(typ, fmt.Errorf("%w: more than %d values within one another, Limits.MaxDepth", ErrTooLarge, r.maxDepth))
	}
	if r.err != nil {
		return false
	}
	r.depth++
	return true
}

func (r *Reader) end(typ string, start int) bool {
	r.depth--
	if r.err == nil {
		return true
	}
	r.off, r.err = start, &DecodeError{Type: typ, Offset: start, Err: partError(typ, r.err)}
	return false
}

// partError returns the cause of an error in a part of a value of type typ. Of parts within one another it names the
// innermost.
func partError(typ string, part *DecodeError) error {
	var inner *innerError
	if part.Type == typ || errors.As(part.Err, &inner) {
		return part.Err
	}
	return &innerError{part}
}

// innerError says which part of a value could not be read.
type innerError struct{ part *DecodeError }

func (e *innerError) Error() string {
	return fmt.Sprintf("%s at byte %d: %v", e.part.Type, e.part.Offset, e.part.Err)
}

func (e *innerError) Unwrap() error { return e.part.Err }

// fail records err, unless there is one already. typ is the Qt type of the value that begins at the current offset.
func (r *Reader) fail(typ string, err error) {
	if r.err == nil {
		r.err = &DecodeError{Type: typ, Offset: r.off, Err: err}
	}
}

// take consumes n bytes of a value of type typ. It returns nil if there was or is an error.
func (r *Reader) take(typ string, n int) []byte {
	if r.err != nil {
		return nil
	}
	end := r.off + n
	if n > r.Remaining() {
		r.fail(typ, truncated(int64(n), r.Remaining()))
		return nil
	}
	p := r.buf[r.off:end:end]
	r.off = end
	return p
}
