package datastream

import "math"

// AppendQFloat16 appends a qfloat16, 2 bytes in every version and precision. v is rounded to the nearest qfloat16, to
// the even one if two are as near, and to an infinity from 65520 on. (Qt 6 rounds so; 5.15.8 cuts off.) A NaN keeps
// the bits that fit.
func (f Format) AppendQFloat16(b []byte, v float32) []byte { return f.AppendUint16(b, float16bits(v)) }

// QFloat16 reads a qfloat16. Each has its float32.
func (r *Reader) QFloat16() float32 { return float16from(r.uint16("qfloat16")) }

// A qfloat16 has a sign bit, 5 bits of exponent and 10 of fraction (IEEE 754 binary16); a float32 has 1, 8 and 23.
const (
	smallest16 = 1.0 / (1 << 24) // the least number above 0, of which all below 2^-14 are multiples
	normal16   = 1.0 / (1 << 14) // the least number with all its bits
	rebias     = (127 - 15) << 23
)

func float16bits(v float32) uint16 {
	bits := math.Float32bits(v)
	sign, magnitude := uint16(bits>>16&0x8000), bits&0x7fffffff
	switch abs := math.Float32frombits(magnitude); {
	case abs != abs:
		nan := uint16(magnitude >> 13 & 0x3ff)
		if nan == 0 {
			nan = 0x200
		}
		return sign | 0x7c00 | nan
	case abs >= 65520:
		return sign | 0x7c00
	case abs < normal16:
		return sign | uint16(math.RoundToEven(float64(abs)/smallest16))
	}
	odd := magnitude >> 13 & 1
	return sign | uint16((magnitude-rebias+0xfff+odd)>>13)
}

func float16from(bits uint16) float32 {
	sign, exponent, fraction := uint32(bits&0x8000)<<16, bits>>10&0x1f, uint32(bits&0x3ff)
	switch exponent {
	case 0:
		return math.Float32frombits(sign | math.Float32bits(float32(fraction)*smallest16))
	case 0x1f:
		return math.Float32frombits(sign | 0x7f800000 | fraction<<13)
	}
	return math.Float32frombits(sign | (uint32(exponent)<<23 + rebias) | fraction<<13)
}
