package datastream

import (
	"encoding/hex"
	"errors"
	"io"
	"reflect"
	"testing"
)

// exact checks that v is written as these bytes, without an allocation, and that they read as v, which is an error of
// type typ when any of them lack.
func exact[T any](t *testing.T, typ string, f Format, v T, app func(Format, []byte, T) []byte, read func(*Reader) T, want string) {
	t.Helper()
	bothWays(t, f, v, app, read, want)
	b := unhex(t, want)
	buf := make([]byte, 0, len(b))
	if n := testing.AllocsPerRun(10, func() { app(f, buf, v) }); n != 0 && !raceDetector {
		t.Errorf("%+v: writing %#v makes %v allocations", f, v, n)
	}
	for n := range b {
		refused(t, typ, f, hex.EncodeToString(b[:n]), read, io.ErrUnexpectedEOF)
	}
}

// refused checks that reading the bytes, behind four others, is an error of type typ there with this cause, that the
// result is zero, and that the Reader stays.
func refused[T any](t *testing.T, typ string, f Format, in string, read func(*Reader) T, cause error) {
	t.Helper()
	r := NewReader(f, append([]byte("head"), unhex(t, in)...), Limits{})
	r.Raw(4)
	v := read(r)
	var e *DecodeError
	if !errors.As(r.Err(), &e) || !errors.Is(e, cause) || e.Type != typ || e.Offset != 4 || r.Offset() != 4 {
		t.Errorf("%+v: %s reads as %#v, offset %d, error %v, want %s at byte 4: %v", f, in, v, r.Offset(), r.Err(), typ, cause)
	}
	if value := reflect.ValueOf(&v).Elem(); !value.IsZero() {
		t.Errorf("%+v: %s reads as %#v beside the error %v", f, in, v, r.Err())
	}
}

// must turns an Append method with an error into one without.
func must[T any](t *testing.T, app func(Format, []byte, T) ([]byte, error)) func(Format, []byte, T) []byte {
	return func(f Format, b []byte, v T) []byte {
		b, err := app(f, b, v)
		if err != nil {
			t.Errorf("%+v: %#v: %v", f, v, err)
		}
		return b
	}
}

// notWritten checks that writing v is an error with this cause, and writes nothing.
func notWritten[T any](t *testing.T, f Format, v T, app func(Format, []byte, T) ([]byte, error), cause error) {
	t.Helper()
	if b, err := app(f, []byte("head"), v); string(b) != "head" || !errors.Is(err, cause) {
		t.Errorf("%+v: %#v is written as %x, error %v, want %v", f, v, b, err, cause)
	}
}
