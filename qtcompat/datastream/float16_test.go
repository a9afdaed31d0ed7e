package datastream

import (
	"math"
	"testing"
)

// The bytes are those of Qt 5.15.8, 6.4.2 and 6.12.0, in all versions and both precisions.
func TestQFloat16(t *testing.T) {
	for _, test := range []struct {
		v    float32
		want string
	}{
		{0, "0000"},
		{float32(math.Copysign(0, -1)), "8000"},
		{1.5, "3e00"},
		{-0.099975586, "ae66"},
		{65504, "7bff"},
		{6.1035156e-05, "0400"},
		{5.9604645e-08, "0001"},
		{float32(math.Inf(1)), "7c00"},
		{float32(math.Inf(-1)), "fc00"},
	} {
		for _, f := range []Format{{}, {Version: V1_0}, single} {
			exact(t, "qfloat16", f, test.v, Format.AppendQFloat16, (*Reader).QFloat16, test.want)
		}
	}
	exact(t, "qfloat16", little, 1.5, Format.AppendQFloat16, (*Reader).QFloat16, "003e")
}

// The rounding is that of Qt 6.4.2 and 6.12.0.
func TestQFloat16IsRounded(t *testing.T) {
	for _, test := range []struct {
		v    float32
		want uint16
	}{
		{0.1, 0x2e66},
		{1.00146484, 0x3c02},
		{1.00048828, 0x3c00}, // half way to 0x3c01
		{1.0004884, 0x3c01},
		{2049, 0x6800},
		{2051, 0x6802},
		{65519, 0x7bff},
		{65520, 0x7c00},
		{-1e30, 0xfc00},
		{1e-8, 0x0000},
		{2.98023224e-8, 0x0000}, // half of 0x0001
		{8.89999967e-8, 0x0001},
		{6.1e-5, 0x03ff},
		{6.1034e-5, 0x0400}, // less than 2^-14, but nearer to it
		{math.Float32frombits(0x7f800001), 0x7e00},
		{math.Float32frombits(0xffc00000), 0xfe00},
	} {
		if got := float16bits(test.v); got != test.want {
			t.Errorf("%g is written as %04x, want %04x", test.v, got, test.want)
		}
	}
}

func TestQFloat16HasAFloat32ForEach(t *testing.T) {
	for bits := range 1 << 16 {
		if got := float16bits(float16from(uint16(bits))); got != uint16(bits) {
			t.Errorf("%04x reads as %g, which is written as %04x", bits, float16from(uint16(bits)), got)
		}
	}
}
