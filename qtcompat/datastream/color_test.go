package datastream

import (
	"image/color"
	"testing"
)

func TestQColor(t *testing.T) {
	v6, v1 := Format{Version: V3_3}, Format{Version: V1_0}
	red := QColor{rgbColor, opaque, [4]uint16{0xffff, 0x0101, 0x0202}}
	for _, test := range []struct {
		f    Format
		v    QColor
		want string
	}{
		{Format{}, QColor{}, "00 ffff 0000 0000 0000 0000"},
		{Format{}, red, "01 ffff ffff 0101 0202 0000"},
		{little, QColor{cmykColor, 0x1234, [4]uint16{1, 2, 3, 4}}, "03 3412 0100 0200 0300 0400"},
		{Format{Version: V4_0}, QColor{hsvColor, 0, [4]uint16{noHue, 0, 5}}, "02 0000 ffff 0000 0005 0000"},
		{Format{}, QColor{hslColor, 0, [4]uint16{greatHue, 0, 5}}, "04 0000 8ca0 0000 0005 0000"},
		{v6, red, "ffff0102"},
		{v1, red, "ff0201ff"},
		{Format{Version: V1_0, ByteOrder: LittleEndian}, red, "ff0102ff"},
		{v6, QColor{}, "49000000"},
		{v1, QColor{}, "49000000"},
	} {
		exact(t, "QColor", test.f, test.v, Format.AppendQColor, (*Reader).QColor, test.want)
	}
}

func TestQColorErrors(t *testing.T) {
	for _, in := range []string{
		"06 ffff 0000 0000 0000 0000",
		"ff ffff 0000 0000 0000 0000",
		"02 ffff 8ca1 0000 0000 0000",
		"04 ffff fffe 0000 0000 0000",
	} {
		refused(t, "QColor", Format{}, in, (*Reader).QColor, ErrCorrupt)
	}
	for _, in := range []string{"00000000", "feffffff", "49000001", "48000000"} {
		refused(t, "QColor", Format{Version: V3_3}, in, (*Reader).QColor, ErrCorrupt)
	}
}

// Qt 5.15.8, 6.4.2 and 6.12.0 write the first one of QColor() after setAlpha(7).
// Qt 5.15.8 makes an invalid colour with an alpha of 128: the placeholder text of a QPalette whose text has none.
func TestInvalidQColorKeepsItsAlpha(t *testing.T) {
	exact(t, "QColor", Format{}, QColor{Alpha: 0x8080}, Format.AppendQColor, (*Reader).QColor, "00 8080 0000 0000 0000 0000")
	r := NewReader(Format{}, unhex(t, "00 ffff 0007 0000 0000 0000"), Limits{})
	if v := r.QColor(); v != (QColor{}) || r.Err() != nil {
		t.Errorf("an invalid colour with parts reads as %#v, error %v", v, r.Err())
	}
	if b := (Format{}).AppendQColor(nil, QColor{Parts: [4]uint16{7}}); string(b) != string(unhex(t, "00 ffff 0000 0000 0000 0000")) {
		t.Errorf("an invalid colour with parts is written as %x", b)
	}
}

// Qt writes these bytes at version 6 of the colours made with QColor::fromRgba64.
func TestOldQColorIsRounded(t *testing.T) {
	for part, want := range map[uint16]byte{0: 0, 128: 0, 129: 1, 385: 1, 386: 2, 14819: 0x3a, 65406: 254, 65407: 255, 65535: 255} {
		b := Format{Version: V3_3}.AppendQColor(nil, QColor{rgbColor, opaque, [4]uint16{part, 0, 0}})
		if b[1] != want {
			t.Errorf("red %d is written as %d, want %d", part, b[1], want)
		}
	}
}

func TestQColorOf(t *testing.T) {
	hsv := QColor{hsvColor, 7, [4]uint16{1, 2, 3}}
	for _, test := range []struct {
		c    color.Color
		want QColor
	}{
		{hsv, hsv},
		{QColor{}, QColor{}},
		{color.NRGBA{R: 1, G: 2, B: 3, A: 4}, QColor{rgbColor, 0x0404, [4]uint16{0x0101, 0x0202, 0x0303}}},
		{color.NRGBA{R: 1, G: 2, B: 3}, QColor{rgbColor, 0, [4]uint16{0x0101, 0x0202, 0x0303}}},
		{color.NRGBA64{R: 1, G: 2, B: 3, A: 4}, QColor{rgbColor, 4, [4]uint16{1, 2, 3}}},
		{color.RGBA{R: 0x40, G: 0x20, A: 0x80}, QColor{rgbColor, 0x8080, [4]uint16{0x7fff, 0x3fff, 0}}},
		{color.Gray{Y: 0x12}, QColor{rgbColor, opaque, [4]uint16{0x1212, 0x1212, 0x1212}}},
		{color.Transparent, QColor{Spec: rgbColor}},
	} {
		if got := QColorOf(test.c); got != test.want {
			t.Errorf("QColorOf(%#v) is %+v, want %+v", test.c, got, test.want)
		}
	}
}

func TestQColorIsAColor(t *testing.T) {
	for _, test := range []struct {
		v          QColor
		r, g, b, a uint32
	}{
		{QColor{}, 0, 0, 0, 0xffff},
		{QColor{Alpha: 7, Parts: [4]uint16{1, 2, 3}}, 0, 0, 0, 0xffff},
		{QColor{rgbColor, 0xffff, [4]uint16{1, 2, 3}}, 1, 2, 3, 0xffff},
		{QColor{rgbColor, 0x8000, [4]uint16{0xffff, 0, 0x8000}}, 0x8000, 0, 0x4000, 0x8000},
		{QColor{extendedColor, 0x3800, [4]uint16{0x4000, 0xbc00, 0x3c00}}, 0x8000, 0, 0x8000, 0x8000},
		{QColor{extendedColor, 0x7e00, [4]uint16{0x3c00}}, 0, 0, 0, 0}, // alpha is no number
	} {
		r, g, b, a := test.v.RGBA()
		if got, want := [4]uint32{r, g, b, a}, [4]uint32{test.r, test.g, test.b, test.a}; got != want {
			t.Errorf("%+v is %x, want %x", test.v, got, want)
		}
		if test.v.IsValid() != (test.v.Spec != 0) {
			t.Errorf("%+v: valid %t", test.v, test.v.IsValid())
		}
	}
}
