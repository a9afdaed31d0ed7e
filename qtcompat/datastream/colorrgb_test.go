package datastream

import (
	"hash/crc32"
	"math/rand/v2"
	"testing"
)

// TestQColorAsRGB has colours next to a limit of the conversion, and what QColor::toRgb of Qt 5.15.8 makes of them.
func TestQColorAsRGB(t *testing.T) {
	for _, test := range []struct {
		v    QColor
		want [3]uint16
	}{
		{QColor{hsvColor, opaque, [4]uint16{0, 40000, 50000}}, [3]uint16{50000, 19482, 19482}},
		{QColor{hsvColor, opaque, [4]uint16{1, 40000, 50000}}, [3]uint16{50000, 19487, 19482}},
		{QColor{hsvColor, opaque, [4]uint16{5999, 40000, 50000}}, [3]uint16{50000, 49995, 19482}},
		{QColor{hsvColor, opaque, [4]uint16{6000, 40000, 50000}}, [3]uint16{50000, 50000, 19482}},
		{QColor{hsvColor, opaque, [4]uint16{6001, 40000, 50000}}, [3]uint16{49995, 50000, 19482}},
		{QColor{hsvColor, opaque, [4]uint16{12000, 40000, 50000}}, [3]uint16{19482, 50000, 19482}},
		{QColor{hsvColor, opaque, [4]uint16{17999, 40000, 50000}}, [3]uint16{19482, 50000, 49995}},
		{QColor{hsvColor, opaque, [4]uint16{18000, 40000, 50000}}, [3]uint16{19482, 50000, 50000}},
		{QColor{hsvColor, opaque, [4]uint16{24000, 40000, 50000}}, [3]uint16{19482, 19482, 50000}},
		{QColor{hsvColor, opaque, [4]uint16{29999, 40000, 50000}}, [3]uint16{49995, 19482, 50000}},
		{QColor{hsvColor, opaque, [4]uint16{30000, 40000, 50000}}, [3]uint16{50000, 19482, 50000}},
		{QColor{hsvColor, opaque, [4]uint16{35999, 40000, 50000}}, [3]uint16{50000, 19482, 19487}},
		{QColor{hsvColor, opaque, [4]uint16{36000, 40000, 50000}}, [3]uint16{50000, 19482, 19482}},
		{QColor{hsvColor, opaque, [4]uint16{65535, 40000, 50000}}, [3]uint16{50000, 50000, 50000}},
		{QColor{hsvColor, opaque, [4]uint16{100, 0, 50000}}, [3]uint16{50000, 50000, 50000}},
		{QColor{hsvColor, opaque, [4]uint16{100, 65535, 0}}, [3]uint16{0, 0, 0}},
		{QColor{hsvColor, opaque, [4]uint16{100, 65535, 65535}}, [3]uint16{65535, 1092, 0}},
		{QColor{hslColor, opaque, [4]uint16{0, 40000, 50000}}, [3]uint16{59482, 40518, 40518}},
		{QColor{hslColor, opaque, [4]uint16{1, 40000, 50000}}, [3]uint16{59482, 40521, 40518}},
		{QColor{hslColor, opaque, [4]uint16{6000, 40000, 50000}}, [3]uint16{59482, 59482, 40518}},
		{QColor{hslColor, opaque, [4]uint16{12000, 40000, 50000}}, [3]uint16{40518, 59482, 40518}},
		{QColor{hslColor, opaque, [4]uint16{12001, 40000, 50000}}, [3]uint16{40518, 59482, 40521}},
		{QColor{hslColor, opaque, [4]uint16{18000, 40000, 50000}}, [3]uint16{40518, 59482, 59482}},
		{QColor{hslColor, opaque, [4]uint16{23999, 40000, 50000}}, [3]uint16{40518, 40521, 59482}},
		{QColor{hslColor, opaque, [4]uint16{24000, 40000, 50000}}, [3]uint16{40518, 40518, 59482}},
		{QColor{hslColor, opaque, [4]uint16{30000, 40000, 50000}}, [3]uint16{59482, 40518, 59482}},
		{QColor{hslColor, opaque, [4]uint16{35999, 40000, 50000}}, [3]uint16{59482, 40518, 40521}},
		{QColor{hslColor, opaque, [4]uint16{36000, 40000, 50000}}, [3]uint16{59482, 40518, 40518}},
		{QColor{hslColor, opaque, [4]uint16{65535, 40000, 50000}}, [3]uint16{50000, 50000, 50000}},
		{QColor{hslColor, opaque, [4]uint16{100, 0, 50000}}, [3]uint16{50000, 50000, 50000}},
		{QColor{hslColor, opaque, [4]uint16{100, 65535, 0}}, [3]uint16{0, 0, 0}},
		{QColor{hslColor, opaque, [4]uint16{100, 65535, 65535}}, [3]uint16{65535, 65535, 65535}},
		{QColor{hslColor, opaque, [4]uint16{100, 40000, 32767}}, [3]uint16{52767, 13434, 12767}},
		{QColor{hslColor, opaque, [4]uint16{100, 40000, 32768}}, [3]uint16{52768, 13435, 12768}},
		{QColor{hslColor, opaque, [4]uint16{0, 65535, 1}}, [3]uint16{2, 0, 0}},
		{QColor{hslColor, opaque, [4]uint16{0, 32768, 1}}, [3]uint16{2, 0, 0}},
		{QColor{cmykColor, opaque, [4]uint16{0, 0, 0, 0}}, [3]uint16{65535, 65535, 65535}},
		{QColor{cmykColor, opaque, [4]uint16{65535, 0, 0, 0}}, [3]uint16{0, 65535, 65535}},
		{QColor{cmykColor, opaque, [4]uint16{1, 2, 3, 65535}}, [3]uint16{0, 0, 0}},
		{QColor{cmykColor, opaque, [4]uint16{10000, 20000, 30000, 40000}}, [3]uint16{21639, 17742, 13846}},
		{QColor{cmykColor, opaque, [4]uint16{32767, 32768, 1, 1}}, [3]uint16{32767, 32767, 65533}},
		{QColor{extendedColor, 0x3c00, [4]uint16{0x3c00, 0x0, 0x8000}}, [3]uint16{65535, 0, 0}},
		{QColor{extendedColor, 0x3c00, [4]uint16{0x3800, 0x3c01, 0xbc00}}, [3]uint16{32768, 65535, 0}},
		{QColor{extendedColor, 0x3c00, [4]uint16{0x1, 0x3bff, 0x7c00}}, [3]uint16{0, 65503, 65535}},
		{QColor{extendedColor, 0x3c00, [4]uint16{0x1000, 0x1001, 0x2e66}}, [3]uint16{32, 32, 6552}},
	} {
		c := test.v.NRGBA64()
		if got := [3]uint16{c.R, c.G, c.B}; got != test.want {
			t.Errorf("%+v is %v in RGB, want %v", test.v, got, test.want)
		}
	}
}

// randomColor returns a colour that Qt can have.
func randomColor(rng *rand.Rand) QColor {
	part := func() uint16 {
		n := rng.Uint32()
		if n&1 == 0 {
			return uint16(n>>24) * 0x101
		}
		return uint16(n >> 16)
	}
	v := QColor{uint8(1 + rng.Uint32()%5), part(), [4]uint16{part(), part(), part()}}
	switch v.Spec {
	case hsvColor, hslColor:
		v.Parts[0] = uint16(rng.Uint32() % (greatHue + 1))
	case cmykColor:
		v.Parts[3] = part()
	case extendedColor: // parts from -0.5 to 1.5, alpha from 0 to 1
		v.Alpha = float16bits(float32(v.Alpha) / 0xffff)
		for i := range 3 {
			v.Parts[i] = float16bits(float32(v.Parts[i])/0x8000 - 0.5)
		}
	}
	return v
}

// TestRandomQColorsAsRGB compares 200,000 colours with what Qt 5.15.8 writes of them at version 6 and what it makes of them
// in RGB, of which the checksum is here.
func TestRandomQColorsAsRGB(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	f := Format{Version: V3_3}
	sum := crc32.NewIEEE()
	var b []byte
	for range 200_000 {
		v := randomColor(rng)
		c := v.NRGBA64()
		b = f.AppendQColor(b[:0], v)
		for _, part := range [4]uint16{c.R, c.G, c.B, c.A} {
			b = f.AppendUint16(b, part)
		}
		sum.Write(b)
	}
	if got, want := sum.Sum32(), uint32(0x67e38bc4); got != want {
		t.Errorf("checksum %#x, want %#x", got, want)
	}
}
