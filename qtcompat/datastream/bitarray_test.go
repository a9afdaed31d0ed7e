package datastream

import (
	"errors"
	"io"
	"testing"
)

func bitsOf(s string) []bool {
	b := []bool{}
	for _, c := range s {
		b = append(b, c == '1')
	}
	return b
}

// The bytes of version 19 are those of Qt 5.15.8, those of version 20 of Qt 6.4.2.
func TestQBitArray(t *testing.T) {
	v19 := Format{Version: V5_13}
	for _, test := range []struct{ bits, count19, count20, want string }{
		{"", "00000000", "0000000000000000", ""},
		{"1", "00000001", "0000000000000001", "01"},
		{"11111111", "00000008", "0000000000000008", "ff"},
		{"1001001001", "0000000a", "000000000000000a", "4902"},
		{"00000000000000000", "00000011", "0000000000000011", "000000"},
	} {
		exact(t, "QBitArray", v19, bitsOf(test.bits), Format.AppendQBitArray, (*Reader).QBitArray, test.count19+test.want)
		exact(t, "QBitArray", Format{Version: V6_0}, bitsOf(test.bits), Format.AppendQBitArray, (*Reader).QBitArray, test.count20+test.want)
	}
	exact(t, "QBitArray", little, bitsOf("011"), Format.AppendQBitArray, (*Reader).QBitArray, "0300000000000000 06")
	for _, test := range []struct {
		f     Format
		in    string
		cause error
	}{
		{v19, "0000000a ff04", ErrCorrupt}, // as in Qt 5.15.8 and 6.4.2
		{v19, "00000001 80", ErrCorrupt},
		{Format{}, "0000000000000007 80", ErrCorrupt},
		{Format{}, "8000000000000000 00", ErrCorrupt}, // Qt 6.4.2 crashes of ffffffffffffffff
		{Format{}, "ffffffffffffffff 00", ErrCorrupt},
		{Format{}, "7fffffffffffffff 00", io.ErrUnexpectedEOF},
		{v19, "ffffffff 00", io.ErrUnexpectedEOF},
	} {
		refused(t, "QBitArray", test.f, test.in, (*Reader).QBitArray, test.cause)
	}
}

func TestQBitArrayLimitMaxElements(t *testing.T) {
	in := unhex(t, "0000000000000009 0100")
	if bits := NewReader(Format{}, in, Limits{MaxElements: 9}).QBitArray(); len(bits) != 9 {
		t.Errorf("9 bits, limit 9: %v", bits)
	}
	r := NewReader(Format{}, in, Limits{MaxElements: 8})
	if bits := r.QBitArray(); bits != nil || !errors.Is(r.Err(), ErrTooLarge) {
		t.Errorf("9 bits, limit 8: %v, error %v", bits, r.Err())
	}
}
