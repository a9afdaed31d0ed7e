package datastream

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
)

// TestReadsAsQtDoes reads unusual and damaged input and compares with what Qt made of it.
func TestReadsAsQtDoes(t *testing.T) {
	causes := map[string]error{"ok": nil, "past-end": io.ErrUnexpectedEOF, "corrupt": ErrCorrupt, "size-limit": ErrCorrupt}
	parse := func(t *testing.T, fields []string) (testLine, string) {
		if len(fields) != 6 {
			t.Fatalf("want 6 fields: %q", fields)
		}
		rest, err := strconv.Atoi(fields[4])
		if err != nil {
			t.Fatal(err)
		}
		return testLine{typ: fields[0], value: fields[5], bytes: unhex(t, strings.Trim(fields[2], "-")), status: fields[3], rest: rest}, fields[1]
	}
	eachLine(t, "testdata/reads/*.txt", parse, func(t *testing.T, l testLine) {
		cause, known := causes[l.status]
		if !known {
			t.Fatalf("%s: unknown status %q", l, l.status)
		}
		r := NewReader(l.format, l.bytes, Limits{})
		v := readVector(l.typ, r)
		img, isImage := v.(QImage)
		switch {
		case cause == nil && isImage:
			if got := pixels(t, img); got != l.value || r.Err() != nil || r.Remaining() != l.rest {
				t.Errorf("%s: reads as %s, remaining %d, error %v", l, got, r.Remaining(), r.Err())
			}
		case cause == nil:
			want := vectorTypes[l.typ].parse(t, l.value)
			if !same(v, want) || r.Err() != nil || r.Remaining() != l.rest {
				t.Errorf("%s: reads as %#v, remaining %d, error %v", l, v, r.Remaining(), r.Err())
			}
		case isImage: // Qt says past-end whatever is wrong with a PNG file
			if _, err := img.Decode(); r.Err() == nil && err == nil {
				t.Errorf("%s: reads as %x, an error in Qt", l, img.PNG)
			}
		case !errors.Is(r.Err(), cause):
			t.Errorf("%s: error %v, want %v", l, r.Err(), cause)
		}
	})
}
