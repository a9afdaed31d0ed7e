package datastream

import (
	"errors"
	"io"
	"testing"
)

func TestSizeField(t *testing.T) {
	for _, test := range []struct {
		v    Version
		n    int64
		want string
	}{
		{V6_6, 0, "00000000"},
		{V6_6, 0xfffffffd, "fffffffd"},
		{V6_6, 0xfffffffe, "fffffffe"},
		{V6_7, 0, "00000000"},
		{V6_7, 0xfffffffd, "fffffffd"},
		{V6_7, 0xfffffffe, "fffffffe 00000000fffffffe"},
		{V6_7, 0xffffffff, "fffffffe 00000000ffffffff"},
		{V6_7, 1 << 32, "fffffffe 0000000100000000"},
	} {
		f, want := Format{Version: test.v}, unhex(t, test.want)
		if got, ok := f.appendSize(nil, test.n); !ok || string(got) != string(want) {
			t.Errorf("version %d: size %#x is written as %x, %t, want %x", test.v, test.n, got, ok, want)
		}
		if n, width, err := f.parseSize(want); n != test.n || width != len(want) || err != nil {
			t.Errorf("version %d: %x reads as %#x, %d, error %v, want %#x", test.v, want, n, width, err, test.n)
		}
	}
	f := Format{Version: V6_7, ByteOrder: LittleEndian}
	if got, _ := f.appendSize(nil, 1<<32); string(got) != string(unhex(t, "feffffff 0000000001000000")) {
		t.Errorf("little-endian: size 4 GiB is written as %x", got)
	}
}

func TestSizeTooLargeForVersionAppendsNothing(t *testing.T) {
	for _, n := range []int64{0xffffffff, 1 << 32} {
		if got, ok := (Format{Version: V6_6}).appendSize([]byte("head"), n); ok || string(got) != "head" {
			t.Errorf("size %#x before version 22: got %q, %t", n, got, ok)
		}
	}
}

func TestExtendedSizeOfSmallValue(t *testing.T) {
	reads(t, Format{}, "fffffffe 0000000000000003 616263", (*Reader).QByteArray, []byte("abc"))
	reads(t, Format{}, "fffffffe 0000000000000000", (*Reader).QByteArray, []byte{})
	reads(t, Format{}, "fffffffe ffffffffffffffff", (*Reader).QByteArray, nil)
	reads(t, Format{}, "fffffffe 0000000000000004 00410042", (*Reader).QString, "AB")
	reads(t, Format{}, "fffffffe 0000000000000003 616200", (*Reader).CString, "ab")
	reads(t, little, "feffffff 0300000000000000 616263", (*Reader).QByteArray, []byte("abc"))
}

func TestSizeFieldErrors(t *testing.T) {
	for _, test := range []struct {
		v    Version
		in   string
		want error
	}{
		{V6_6, "fffffffe 0000000000000003 616263", io.ErrUnexpectedEOF},
		{V6_7, "fffffffe 0000000000000003 6162", io.ErrUnexpectedEOF},
		{V6_7, "fffffffe 00000000000003", io.ErrUnexpectedEOF},
		{V6_7, "fffffffe", io.ErrUnexpectedEOF},
		{V6_7, "fffffffe 7fffffffffffffff 61", io.ErrUnexpectedEOF},
		{V6_7, "fffffffe fffffffffffffffe 61", ErrCorrupt},
		{V6_7, "fffffffe 8000000000000000 61", ErrCorrupt},
		{V6_7, "fffffffd 61", io.ErrUnexpectedEOF},
	} {
		r := NewReader(Format{Version: test.v}, unhex(t, test.in), Limits{})
		if p := r.QByteArray(); p != nil || !errors.Is(r.Err(), test.want) || r.Offset() != 0 {
			t.Errorf("version %d: %s reads as %x, offset %d, error %v, want %v", test.v, test.in, p, r.Offset(), r.Err(), test.want)
		}
	}
}
