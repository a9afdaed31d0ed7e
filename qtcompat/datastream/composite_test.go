package datastream

import (
	"errors"
	"strings"
	"testing"
)

// nested reads a list in a list, and so on, of lists of numbers.
func nested(depth int) func(*Reader) []int32 {
	if depth == 1 {
		return readInts
	}
	return func(r *Reader) (v []int32) {
		ReadList(r, func(r *Reader) bool { v = nested(depth - 1)(r); return true })
		return v
	}
}

func TestLimitMaxDepth(t *testing.T) {
	in := unhex(t, strings.Repeat("00000001", 2000)+"00000007")
	for _, test := range []struct{ limit, depth int }{{1, 1}, {3, 3}, {0, 1024}} {
		r := NewReader(Format{}, in[4*(2000-test.depth):], Limits{MaxDepth: test.limit})
		if v := nested(test.depth)(r); len(v) != 1 || v[0] != 7 || r.Err() != nil {
			t.Errorf("%d lists deep, limit %d: %v, error %v", test.depth, test.limit, v, r.Err())
		}
		r = NewReader(Format{}, in[4*(2000-test.depth-1):], Limits{MaxDepth: test.limit})
		nested(test.depth + 1)(r)
		var e *DecodeError
		if !errors.As(r.Err(), &e) || !errors.Is(e, ErrTooLarge) || e.Offset != 0 || e.Type != "QList" {
			t.Errorf("%d lists deep, limit %d: error %v", test.depth+1, test.limit, r.Err())
		}
	}
}

func TestDepthCountsWhatIsOpen(t *testing.T) {
	r := NewReader(Format{}, unhex(t, "00000000 00000000 00000000"), Limits{MaxDepth: 1})
	for range 3 {
		readInts(r)
	}
	if r.Err() != nil {
		t.Errorf("lists after one another: %v", r.Err())
	}
	if r.Transaction(func() { readInts(r) }) || r.Err() != nil || r.depth != 0 {
		t.Errorf("a list that is not there: depth %d, error %v", r.depth, r.Err())
	}
}

func TestCompositeErrorNamesThePart(t *testing.T) {
	r := NewReader(Format{}, unhex(t, "ff 00000001 00000001 00000003 006100"), Limits{})
	r.Uint8()
	ReadList(r, func(r *Reader) []string { return ReadList(r, (*Reader).QString) })
	const want = "datastream: cannot read QList at byte 1: QString at byte 9: corrupt data: odd length 3 of UTF-16 text " +
		"(check type, stream version and byte order)"
	if r.Err() == nil || r.Err().Error() != want || r.Offset() != 1 {
		t.Errorf("offset %d, error %v\nwant %s", r.Offset(), r.Err(), want)
	}
	if v := composite(r, "QPair", func() int { t.Error("read after an error"); return 1 }); v != 0 {
		t.Errorf("after an error: %d", v)
	}
}
