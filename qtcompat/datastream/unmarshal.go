package datastream

import (
	"errors"
	"fmt"
	"reflect"
)

// Unmarshal reads the value at the start of data, which was written in format f, into the Go value that v points to, and
// returns how many bytes it took. Bytes after it are no error. For Go types, and tags of fields, see [Marshal]. In addition,
//
//   - lists and maps are made anew, and are not nil if they are empty. Of equal keys in a map the last one stays.
//   - a null QString is "" in a string.
//   - a QDateTime of local time is one of [time.Local] in a time.Time. One without a date is the zero time if it has no time
//     of the day either. Of all others that are no instant, and of zones that the package time does not know, a time.Time is
//     an error that wraps [errors.ErrUnsupported]: take a [QDateTime].
//   - fields that are left out stay as they are.
//   - byte slices are parts of data, not copies: copy what lies in a shared memory segment first.
//
// Errors are of type *[DecodeError] and name the field. On error *v stays as it was and n is 0. Limits are the defaults: for
// others use [Reader.Value].
func Unmarshal(f Format, data []byte, v any) (n int, err error) {
	r := NewReader(f, data, Limits{})
	r.Value(v)
	return r.Offset(), r.Err()
}

// Value reads a value into the Go value that v points to, as [Unmarshal] does. After an error *v stays as it was.
func (r *Reader) Value(v any) {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		r.fail(fmt.Sprintf("into %T", v), fmt.Errorf("%w: want a pointer that is not nil", errors.ErrUnsupported))
		return
	}
	target = target.Elem()
	c, err := bindingOf(target.Type())
	if err != nil {
		r.fail(target.Type().String(), err)
		return
	}
	value := addressable(target)
	if c.read(r, value); r.err == nil {
		target.Set(value)
	}
}
