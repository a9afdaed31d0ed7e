package datastream

import (
	"math"
	"testing"
)

func TestFloats(t *testing.T) {
	for _, test := range []struct {
		f           Format
		float, real string // 1.5 as float and as double
	}{
		{Format{}, "3ff8000000000000", "3ff8000000000000"},
		{little, "000000000000f83f", "000000000000f83f"},
		{single, "3fc00000", "3fc00000"},
		{Format{ByteOrder: LittleEndian, Precision: Single}, "0000c03f", "0000c03f"},
		{Format{Version: V4_6}, "3ff8000000000000", "3ff8000000000000"},
		{Format{Version: V4_6, Precision: Single}, "3fc00000", "3fc00000"},
		{Format{Version: V4_5}, "3fc00000", "3ff8000000000000"},
		{Format{Version: V4_5, Precision: Single}, "3fc00000", "3ff8000000000000"},
		{Format{Version: V3_1, ByteOrder: LittleEndian}, "0000c03f", "000000000000f83f"},
	} {
		bothWays(t, test.f, 1.5, Format.AppendFloat32, (*Reader).Float32, test.float)
		bothWays(t, test.f, 1.5, Format.AppendFloat64, (*Reader).Float64, test.real)
	}
}

func TestFloatSpecialValues(t *testing.T) {
	inf := math.Inf(1)
	bothWays(t, Format{}, inf, Format.AppendFloat64, (*Reader).Float64, "7ff0000000000000")
	bothWays(t, Format{}, float32(inf), Format.AppendFloat32, (*Reader).Float32, "7ff0000000000000")
	bothWays(t, single, -inf, Format.AppendFloat64, (*Reader).Float64, "ff800000")
	bothWays(t, Format{}, math.Copysign(0, -1), Format.AppendFloat64, (*Reader).Float64, "8000000000000000")

	const qtNaN = 0x7ff8000000000000
	b := Format{}.AppendFloat64(nil, math.Float64frombits(qtNaN))
	if want := unhex(t, "7ff8000000000000"); string(b) != string(want) {
		t.Errorf("NaN is written as %x, want %x", b, want)
	}
	if got := NewReader(Format{}, b, Limits{}).Float64(); math.Float64bits(got) != qtNaN {
		t.Errorf("NaN reads as %x, want %x", math.Float64bits(got), uint64(qtNaN))
	}
}

func TestFloatsOutOfRange(t *testing.T) {
	for _, test := range []struct {
		v    float64
		want string
	}{
		{math.MaxFloat64, "7f800000"},
		{-math.MaxFloat64, "ff800000"},
		{math.SmallestNonzeroFloat64, "00000000"},
		{0.1, "3dcccccd"},
	} {
		if got, want := single.AppendFloat64(nil, test.v), unhex(t, test.want); string(got) != string(want) {
			t.Errorf("%g in single precision is written as %x, want %x", test.v, got, want)
		}
	}
	reads(t, Format{}, "7fefffffffffffff", (*Reader).Float32, float32(math.Inf(1)))
	reads(t, single, "3dcccccd", (*Reader).Float64, float64(float32(0.1)))
}
