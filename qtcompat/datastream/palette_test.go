package datastream

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// grays returns n solid brushes, each of another gray.
func grays(first uint8, n int) (group []QBrush) {
	for i := range n {
		gray := uint16(first+uint8(i)) * 0x101
		group = append(group, QBrush{Style: 1, Color: QColor{rgbColor, opaque, [4]uint16{gray, gray, gray}}})
	}
	return group
}

func palette(n int) QPalette { return QPalette{grays(0, n), grays(100, n), grays(200, n)} }

func TestQPaletteRoles(t *testing.T) {
	for _, test := range []struct {
		v     Version
		roles int
		size  int // of a brush
	}{
		{V2_0, 14, 5}, {V2_1, 14, 5}, {V3_0, 17, 5}, {V3_3, 17, 5}, {V4_0, 17, 12}, {V4_3, 17, 84}, {V4_4, 20, 84}, {V5_6, 20, 84},
		{V5_12, 21, 84}, {V6_0, 21, 84}, {V6_6, 22, 84}, {Latest, 22, 84},
	} {
		f := Format{Version: test.v}
		b, err := f.AppendQPalette(nil, palette(22))
		if err != nil || len(b) != 3*test.roles*test.size {
			t.Errorf("version %d: %d bytes, %v; want 3 times %d roles of %d bytes", test.v, len(b), err, test.roles, test.size)
		}
		r := NewReader(f, b, Limits{})
		if got := r.QPalette(); r.Err() != nil || r.Remaining() != 0 || !same(got, palette(test.roles)) {
			t.Errorf("version %d: reads as %+v, %d bytes left, %v", test.v, got, r.Remaining(), r.Err())
		}
	}
}

func TestOldQPalette(t *testing.T) {
	f := Format{Version: V1_0}
	const want = "ff000000 ff0a0a0a ff020202 ff040404 ff050505 ff060606 ff090909" +
		"ff646464 ff6e6e6e ff666666 ff686868 ff696969 ff6a6a6a ff6d6d6d" +
		"ffc8c8c8 ffd2d2d2 ffcacaca ffcccccc ffcdcdcd ffcecece ffd1d1d1"
	v := palette(11)
	for _, group := range [][]QBrush{v.Active, v.Disabled, v.Inactive} {
		for _, lost := range []int{1, 3, 7, 8} {
			group[lost] = QBrush{}
		}
	}
	exact(t, "QPalette", f, v, must(t, Format.AppendQPalette), (*Reader).QPalette, want)
	v.Active[2].Style = 5
	if b, err := f.AppendQPalette(nil, v); err != nil || string(b) != string(unhex(t, want)) {
		t.Errorf("a pattern is written as %x, %v", b, err)
	}
}

func TestRolesThatLack(t *testing.T) {
	b, err := Format{}.AppendQPalette(nil, palette(highlightRole+1))
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(Format{}, b, Limits{})
	want := append(grays(0, highlightRole+1), make([]QBrush, 9)...)
	want[accentRole] = want[highlightRole]
	if got := r.QPalette().Active; r.Err() != nil || !same(got, want) {
		t.Errorf("%+v, %v; want %+v", got, r.Err(), want)
	}
	if b, err = (Format{}).AppendQPalette(nil, QPalette{}); err != nil || len(b) != 3*22*84 {
		t.Errorf("an empty palette is written as %d bytes, %v", len(b), err)
	}
}

func TestQPaletteErrors(t *testing.T) {
	refused(t, "QPalette", Format{Version: V3_3}, "01 ffff0000 12 ffff0000", (*Reader).QPalette, ErrCorrupt)
	refused(t, "QPalette", Format{Version: V1_0}, "ffff0000 12345678", (*Reader).QPalette, ErrCorrupt)
	v := palette(22)
	v.Inactive[3] = QBrush{Style: 24, Texture: QImage{tinyPNG(t)[:40]}}
	notWritten(t, Format{}, v, Format.AppendQPalette, io.ErrUnexpectedEOF)
	if _, err := (Format{}).AppendQPalette(nil, v); !strings.HasPrefix(err.Error(), "datastream: cannot write QPalette: brush of role 3: texture: ") {
		t.Error(err)
	}
	v.Inactive[3].Texture = QImage{}
	notWritten(t, Format{Version: V3_0}, v, Format.AppendQPalette, errors.ErrUnsupported)
}
