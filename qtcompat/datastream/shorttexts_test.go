package datastream

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
)

func TestShortAndLongTexts(t *testing.T) {
	for _, unit := range []string{"a", "é", "€", "😀"} {
		for n := range 2*shortText + 2 {
			s := strings.Repeat("x", n%3) + strings.Repeat(unit, n)
			for _, f := range []Format{{}, little, {Version: V2_0}} {
				b := f.AppendQString(nil, s)
				r := NewReader(f, b, Limits{})
				if got := r.QString(); got != s || r.Err() != nil || r.Remaining() != 0 {
					t.Fatalf("%+v: %q reads as %q, %v", f, s, got, r.Err())
				}
			}
		}
	}
}

// A text that was read stays as it is, whatever comes into the same chunk behind it.
func TestTextsOfOneChunkStay(t *testing.T) {
	var b []byte
	var want []string
	for i := range 1000 {
		s := strings.Repeat(string(rune('a'+i%26)), i%40)
		b, want = Format{}.AppendQString(b, s), append(want, s)
	}
	r := NewReader(Format{}, b, Limits{})
	var got []string
	for range want {
		got = append(got, r.QString())
	}
	if !same(got, want) || r.Err() != nil {
		t.Errorf("%q, %v", got, r.Err())
	}
}

func TestAShortTextTakesNoMemoryOfOthers(t *testing.T) {
	b := Format{}.AppendQString(nil, "short")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 1000 {
		r := NewReader(Format{}, b, Limits{})
		r.QString()
	}
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) / 1000; got > 300 { // a Reader among it
		t.Errorf("%d bytes allocated", got)
	}
}

func TestHostileLengthsOfTexts(t *testing.T) {
	for _, in := range []string{"80000000 0041", "ffffff00 0041", "fffffffc 0041", "00000042 0041", "7ffffffe 0041"} {
		refused(t, "QString", Format{Version: V5_13}, in, (*Reader).QString, io.ErrUnexpectedEOF)
	}
	r := NewReader(Format{}, unhex(t, "00000004 00410042"), Limits{MaxBytes: 2})
	if s := r.QString(); s != "" || !errors.Is(r.Err(), ErrTooLarge) {
		t.Errorf("%q, %v", s, r.Err())
	}
}
