package datastream

import (
	"encoding/hex"
	"reflect"
	"strings"
	"testing"
)

// The settings most tests need beside the zero Format.
var (
	little = Format{ByteOrder: LittleEndian}
	single = Format{Precision: Single}
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatalf("bad hex in the test itself: %v", err)
	}
	return b
}

// bothWays checks that v is written as these bytes behind what is there already, and that the bytes read as v,
// leaving what follows.
func bothWays[T any](t *testing.T, f Format, v T, app func(Format, []byte, T) []byte, read func(*Reader) T, want string) {
	t.Helper()
	b := unhex(t, want)
	if got := app(f, []byte("head"), v); string(got) != "head"+string(b) {
		t.Errorf("%+v: %#v is written as %x, want %x", f, v, got[4:], b)
	}
	reads(t, f, want, read, v)
}

// reads checks that all of the bytes, and not what follows, read as v.
func reads[T any](t *testing.T, f Format, in string, read func(*Reader) T, v T) {
	t.Helper()
	b := unhex(t, in)
	r := NewReader(f, append(b, "tail"...), Limits{})
	if got := read(r); !reflect.DeepEqual(got, v) || r.Err() != nil {
		t.Errorf("%+v: %x reads as %#v, error %v, want %#v", f, b, got, r.Err(), v)
	}
	if r.Offset() != len(b) || r.Remaining() != len("tail") {
		t.Errorf("%+v: %x: offset %d, remaining %d, want %d, %d", f, b, r.Offset(), r.Remaining(), len(b), len("tail"))
	}
}
