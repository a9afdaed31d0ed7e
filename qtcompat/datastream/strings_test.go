package datastream

import (
	"errors"
	"io"
	"testing"
)

func TestQString(t *testing.T) {
	for _, test := range []struct{ s, want string }{
		{"", "00000000"},
		{"AB", "00000004 0041 0042"},
		{"\U0001f600", "00000004 d83d de00"},
		{"\uffff\U0010ffff\u07ff", "00000008 ffff dbff dfff 07ff"},
		{"\u007f\u0080\uffff\U00010000", "0000000a 007f 0080 ffff d800 dc00"},
		{"a\x00b", "00000006 0061 0000 0062"},
		{"\ufeffA", "00000004 feff 0041"},
	} {
		bothWays(t, Format{}, test.s, Format.AppendQString, (*Reader).QString, test.want)
	}
	bothWays(t, little, "AB", Format.AppendQString, (*Reader).QString, "04000000 4100 4200")
	bothWays(t, little, "\U0001f600", Format.AppendQString, (*Reader).QString, "04000000 3dd8 00de")
}

func TestQStringWritesInvalidUTF8AsReplacement(t *testing.T) {
	got := Format{}.AppendQString(nil, "A\xff\xe2\x82B\xed\xa0\x80")
	want := unhex(t, "00000010 0041 fffd fffd fffd 0042 fffd fffd fffd")
	if string(got) != string(want) {
		t.Errorf("got %x, want %x", got, want)
	}
}

func TestQStringReadsUnpairedSurrogateAsReplacement(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"00000002 d800", "\ufffd"},
		{"00000002 dc00", "\ufffd"},
		{"00000004 d800 0041", "\ufffdA"},
		{"00000004 dc00 d800", "\ufffd\ufffd"},
		{"00000006 d800 d83d de00", "\ufffd\U0001f600"},
	} {
		reads(t, Format{}, test.in, (*Reader).QString, test.want)
	}
}

func TestQStringNull(t *testing.T) {
	for _, test := range []struct {
		v        Version
		want     string
		distinct bool
	}{
		{V2_0, "00000000", false},
		{V2_1, "ffffffff", true},
		{Latest, "ffffffff", true},
	} {
		b := Format{Version: test.v}.AppendNullQString(nil)
		if want := unhex(t, test.want); string(b) != string(want) {
			t.Errorf("version %d: null is written as %x, want %x", test.v, b, want)
		}
		r := NewReader(Format{Version: test.v}, b, Limits{})
		if s, ok := r.NullableQString(); s != "" || ok == test.distinct || r.Err() != nil {
			t.Errorf("version %d: null reads as %q, %t, error %v", test.v, s, ok, r.Err())
		}
	}
	reads(t, Format{}, "ffffffff", (*Reader).QString, "")
	if _, ok := NewReader(Format{}, unhex(t, "00000000"), Limits{}).NullableQString(); !ok {
		t.Error("the empty string reads as null")
	}
}

func TestQStringIsLatin1InVersion1(t *testing.T) {
	f := Format{Version: V1_0}
	bothWays(t, f, "A\u0080\u00ff", Format.AppendQString, (*Reader).QString, "00000003 4180ff")
	got, want := f.AppendQString(nil, "\u0100\uffff\U00010000\xff"), unhex(t, "00000005 3f3f3f3f3f")
	if string(got) != string(want) {
		t.Errorf("text beyond Latin-1 is written as %x, want %x", got, want)
	}
	reads(t, f, "00000003 410042", (*Reader).QString, "A\x00B")
}

func TestQStringErrors(t *testing.T) {
	for _, test := range []struct {
		in   string
		want error
	}{
		{"", io.ErrUnexpectedEOF},
		{"000000", io.ErrUnexpectedEOF},
		{"00000002", io.ErrUnexpectedEOF},
		{"00000004 0041", io.ErrUnexpectedEOF},
		{"00000003 004100", ErrCorrupt},
		{"00000003 0041004200", ErrCorrupt},
		{"00000005 0041", ErrCorrupt},
	} {
		r := NewReader(Format{}, unhex(t, test.in), Limits{})
		if s, ok := r.NullableQString(); s != "" || ok || !errors.Is(r.Err(), test.want) || r.Offset() != 0 {
			t.Errorf("%q reads as %q, %t, offset %d, error %v, want %v", test.in, s, ok, r.Offset(), r.Err(), test.want)
		}
	}
}
