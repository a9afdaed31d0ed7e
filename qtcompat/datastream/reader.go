package datastream

// Limits bounds what a [Reader] accepts. The zero value has safe defaults.
type Limits struct {
	// MaxBytes is the size of the longest QString, QByteArray, const char* or QImage accepted, counted in the
	// stream without the length field. 0 means 1 GiB. Nothing is ever allocated for bytes that the input lacks.
	MaxBytes int
}

// Reader reads values from a stream held in memory.
//
// The first error stays: from then on every method returns the zero value, [Reader.Err] the error and
// [Reader.Offset] the place where the value that failed begins. Errors are of type *[DecodeError].
//
// A Reader must not be used by two goroutines at once. The bytes must not change while values read from them are
// in use: copy what lies in a shared memory segment first, or keep the segment locked.
type Reader struct {
	format   Format
	maxBytes int64
	buf      []byte
	off      int
	err      error
}

// NewReader returns a Reader of the values in b, which start at offset 0 and were written in format f. It keeps b
// and never writes to it.
func NewReader(f Format, b []byte, lim Limits) *Reader {
	if lim.MaxBytes == 0 {
		lim.MaxBytes = 1 << 30
	}
	return &Reader{format: f, maxBytes: int64(lim.MaxBytes), buf: b}
}

// Err returns the first error, or nil. It is an error that [errors.As] takes for a *[DecodeError].
func (r *Reader) Err() error { return r.err }

// Offset returns the number of bytes read so far.
func (r *Reader) Offset() int { return r.off }

// Remaining returns the number of bytes not read yet.
func (r *Reader) Remaining() int { return len(r.buf) - r.off }

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
