package datastream

import (
	"errors"
	"io"
	"testing"
)

func TestBytes(t *testing.T) {
	exact(t, "bytes", Format{}, []byte("ab"), Format.AppendBytes, (*Reader).Bytes, "00000002 6162")
	exact(t, "bytes", little, []byte{}, Format.AppendBytes, (*Reader).Bytes, "00000000")
	if b, want := (Format{}).AppendBytes(nil, nil), unhex(t, "00000000"); string(b) != string(want) {
		t.Errorf("nil is written as %x, want %x", b, want)
	}
	reads(t, Format{}, "fffffffe 0000000000000001 61", (*Reader).Bytes, []byte("a"))
	refused(t, "bytes", Format{}, "ffffffff", (*Reader).Bytes, ErrCorrupt)
	refused(t, "bytes", Format{Version: V6_6}, "fffffffe 0000000000000001 61", (*Reader).Bytes, io.ErrUnexpectedEOF)
}

func TestRaw(t *testing.T) {
	r := NewReader(Format{}, []byte("abcd"), Limits{})
	if a, b, none := r.Raw(1), r.Raw(2), r.Raw(0); string(a) != "a" || string(b) != "bc" || none == nil || len(none) != 0 || r.Err() != nil {
		t.Errorf("got %q, %q, %q, error %v", a, b, none, r.Err())
	}
	if p := r.Raw(2); p != nil || !errors.Is(r.Err(), io.ErrUnexpectedEOF) || r.Offset() != 3 {
		t.Errorf("got %q, offset %d, error %v", p, r.Offset(), r.Err())
	}
	for _, n := range []int{-1, -1 << 31} {
		r = NewReader(Format{}, []byte("abcd"), Limits{})
		if p := r.Raw(n); p != nil || !errors.Is(r.Err(), ErrCorrupt) || r.Offset() != 0 {
			t.Errorf("%d bytes: got %q, offset %d, error %v", n, p, r.Offset(), r.Err())
		}
	}
}
