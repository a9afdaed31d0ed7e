package datastream

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

func TestQByteArray(t *testing.T) {
	for _, test := range []struct {
		p    []byte
		want string
	}{
		{nil, "ffffffff"},
		{[]byte{}, "00000000"},
		{[]byte("ab"), "00000002 6162"},
		{[]byte{0, 0xff}, "00000002 00ff"},
	} {
		bothWays(t, Format{}, test.p, Format.AppendQByteArray, (*Reader).QByteArray, test.want)
	}
	bothWays(t, little, []byte("ab"), Format.AppendQByteArray, (*Reader).QByteArray, "02000000 6162")
	bothWays(t, Format{Version: V3_3}, nil, Format.AppendQByteArray, (*Reader).QByteArray, "ffffffff")
	if got := (Format{Version: V3_1}).AppendQByteArray(nil, nil); !bytes.Equal(got, make([]byte, 4)) {
		t.Errorf("version 5: null is written as %x, want 00000000", got)
	}
}

func TestQByteArrayIsPartOfInput(t *testing.T) {
	in := unhex(t, "00000001 61 62")
	p := NewReader(Format{}, in, Limits{}).QByteArray()
	in[4] = 'x'
	if string(p) != "x" {
		t.Errorf("got %q: the bytes were copied", p)
	}
	if _ = append(p, 'y'); in[5] != 'b' {
		t.Error("append to the result overwrote what follows it in the input")
	}
}

func TestCString(t *testing.T) {
	for _, test := range []struct{ s, want string }{
		{"", "00000001 00"},
		{"ab", "00000003 616200"},
		{"caf\xe9", "00000005 636166e900"},
		{"test sharedMemory", "00000012 74657374207368617265644d656d6f727900"},
	} {
		bothWays(t, Format{}, test.s, Format.AppendCString, (*Reader).CString, test.want)
	}
	bothWays(t, little, "ab", Format.AppendCString, (*Reader).CString, "03000000 616200")
}

func TestCStringEndsAtNUL(t *testing.T) {
	got, want := Format{}.AppendCString(nil, "ab\x00cd"), unhex(t, "00000003 616200")
	if !bytes.Equal(got, want) {
		t.Errorf("got %x, want %x", got, want)
	}
	reads(t, Format{}, "00000005 6162006364", (*Reader).CString, "ab")
	reads(t, Format{}, "00000002 6162", (*Reader).CString, "ab")
}

func TestCStringNull(t *testing.T) {
	b := Format{}.AppendNullCString(nil)
	if !bytes.Equal(b, make([]byte, 4)) {
		t.Errorf("null is written as %x, want 00000000", b)
	}
	for _, test := range []struct {
		in string
		ok bool
	}{{"00000000", false}, {"00000001 00", true}, {"00000002 0000", true}} {
		r := NewReader(Format{}, unhex(t, test.in), Limits{})
		if s, ok := r.NullableCString(); s != "" || ok != test.ok || r.Err() != nil {
			t.Errorf("%s reads as %q, %t, error %v, want \"\", %t", test.in, s, ok, r.Err(), test.ok)
		}
	}
}

func TestByteArrayAndCStringErrors(t *testing.T) {
	array := func(r *Reader) bool { return r.QByteArray() == nil }
	cstring := func(r *Reader) bool { s, ok := r.NullableCString(); return s == "" && !ok }
	for _, test := range []struct {
		name string
		read func(*Reader) (zero bool)
		in   string
		want error
	}{
		{"QByteArray", array, "000000", io.ErrUnexpectedEOF},
		{"QByteArray", array, "00000003 6162", io.ErrUnexpectedEOF},
		{"cstring", cstring, "000000", io.ErrUnexpectedEOF},
		{"cstring", cstring, "00000003 6162", io.ErrUnexpectedEOF},
		{"cstring", cstring, "ffffffff 6162", ErrCorrupt},
	} {
		r := NewReader(Format{}, unhex(t, test.in), Limits{})
		zero := test.read(r)
		var e *DecodeError
		if !errors.As(r.Err(), &e) || !errors.Is(e, test.want) || e.Type != test.name || !zero || r.Offset() != 0 {
			t.Errorf("%s from %s: zero %t, offset %d, error %v, want %v", test.name, test.in, zero, r.Offset(), r.Err(), test.want)
		}
	}
}
