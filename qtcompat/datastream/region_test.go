package datastream

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestQRegion(t *testing.T) {
	a, b, c := QRect{1, 2, 3, 4}, QRect{10, 20, 30, 40}, QRect{-1, 70, 1, 1}
	const wideA, wideB = "00000001 00000002 00000003 00000005", "0000000a 00000014 00000027 0000003b"
	const oldA, oldB, oldC = "0000000c 00000001 0001 0002 0003 0005", "0000000c 00000001 000a 0014 0027 003b", "0000000c 00000001 ffff 0046 ffff 0046"
	v1 := Format{Version: V1_0}
	for _, test := range []struct {
		f     Format
		rects []QRect
		want  string
	}{
		{Format{}, []QRect{}, "00000000"},
		{v1, []QRect{}, "00000000"},
		{Format{}, []QRect{a}, "00000018 0000000a 00000001" + wideA},
		{Format{Version: V2_0}, []QRect{a, b}, "00000028 0000000a 00000002" + wideA + wideB},
		{v1, []QRect{a}, oldA},
		{v1, []QRect{a, b}, "00000024 00000006" + oldA + oldB},
		{v1, []QRect{a, b, c}, "0000003c 00000006 00000024 00000006" + oldA + oldB + oldC},
		{Format{Version: V1_0, ByteOrder: LittleEndian}, []QRect{a}, "0c000000 01000000 0100 0200 0300 0500"},
	} {
		exact(t, "QRegion", test.f, test.rects, Format.AppendQRegion, (*Reader).QRegion, test.want)
	}
}

// Qt 5.15.8, 6.4.2 and 6.12.0 read these as well.
func TestQRegionOtherForms(t *testing.T) {
	const rect = "00000014 00000001 00000005 00000005 0000000e 0000000e"
	five := QRect{5, 5, 10, 10}
	for _, test := range []struct {
		v    Version
		in   string
		want []QRect
	}{
		{V5_13, rect, []QRect{five}},
		{V5_13, "00000034 00000006" + rect + rect, []QRect{five, five}},
		{V1_0, "00000010 0000000a 00000001 0005 0005 000e 000e", []QRect{five}},
		{V1_0, "0000000c 00000006 00000000 00000000", []QRect{}},
		{Latest, "00000008 0000000a 00000000", []QRect{}},
	} {
		r := NewReader(Format{Version: test.v}, unhex(t, test.in), Limits{})
		if got := r.QRegion(); r.Err() != nil || r.Remaining() != 0 || !same(got, test.want) {
			t.Errorf("%s reads as %+v, %d bytes left, %v; want %+v", test.in, got, r.Remaining(), r.Err(), test.want)
		}
	}
}

func TestQRegionErrors(t *testing.T) {
	const rect = "00000001 00000002 00000003 00000005"
	for name, in := range map[string]string{
		"another form":            "00000018 00000002 00000001" + rect,
		"the null code":           "00000008 0000000a ffffffff",
		"a size that is less":     "00000017 0000000a 00000001" + rect,
		"a size that is more":     "00000019 0000000a 00000001" + rect + "00",
		"fewer rectangles":        "00000018 0000000a 00000002" + rect,
		"more rectangles":         "00000028 0000000a 00000001" + rect + rect,
		"many rectangles":         "00000018 0000000a fffffffe" + rect,
		"half a union":            "00000010 00000006 00000018 0000000a 00000001" + rect,
		"a union of another size": "00000014 00000006 00000000 00000000 00000000 00000000",
	} {
		t.Run(name, func(t *testing.T) { refused(t, "QRegion", Format{}, in, (*Reader).QRegion, ErrCorrupt) })
	}
	for _, in := range []string{"ffffffff", "00000018 0000000a 00000001 00000001", "00000004"} {
		refused(t, "QRegion", Format{}, in, (*Reader).QRegion, io.ErrUnexpectedEOF)
	}
}

// regionsWithinOneAnother returns a union of a union and so on, and nothing.
func regionsWithinOneAnother(depth int) (b []byte) {
	for n := depth; n > 0; n-- {
		b = Format{}.AppendUint32(Format{}.AppendUint32(b, uint32(12*n)), regionUnion)
	}
	return append(b, make([]byte, 4+4*depth)...)
}

func TestQRegionDepth(t *testing.T) {
	for _, test := range []struct {
		depth int
		want  error
	}{{10, nil}, {1000, nil}, {1024, ErrTooLarge}, {1_000_000, ErrTooLarge}} {
		r := NewReader(Format{}, regionsWithinOneAnother(test.depth), Limits{})
		if rects := r.QRegion(); !errors.Is(r.Err(), test.want) || len(rects) > 0 {
			t.Errorf("depth %d: %v, %v", test.depth, rects, r.Err())
		}
	}
	rects := make([]QRect, 1000)
	for i := range rects {
		rects[i] = QRect{int32(i), 0, 1, 1}
	}
	r := NewReader(Format{Version: V1_0}, Format{Version: V1_0}.AppendQRegion(nil, rects), Limits{})
	if got := r.QRegion(); fmt.Sprint(got) != fmt.Sprint(rects) || r.Remaining() != 0 {
		t.Errorf("%d of 1000 rectangles read, %v", len(got), r.Err())
	}
}

func TestQRegionLimit(t *testing.T) {
	b := Format{}.AppendQRegion(nil, make([]QRect, 10))
	for most, want := range map[int]error{len(b) - 4: nil, len(b) - 5: ErrTooLarge} {
		r := NewReader(Format{}, b, Limits{MaxBytes: most})
		if r.QRegion(); !errors.Is(r.Err(), want) {
			t.Errorf("MaxBytes %d: %v, want %v", most, r.Err(), want)
		}
	}
}
