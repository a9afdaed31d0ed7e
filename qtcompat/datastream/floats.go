package datastream

import (
	"encoding/binary"
	"math"
)

// AppendFloat32 appends a Qt float. From version 12 on it has 8 bytes unless the precision is [Single].
//
// The bits of a NaN are kept where the width allows it, here and in [Format.AppendFloat64]. Qt's own qQNaN() is
// 7ff8000000000000, Go's math.NaN() ends in 1; every reader takes both for NaN.
func (f Format) AppendFloat32(b []byte, v float32) []byte {
	if f.version() >= V4_6 && f.Precision == Double {
		return f.append64(b, float64(v))
	}
	return f.append32(b, v)
}

// AppendFloat64 appends a Qt double. From version 12 on it has only 4 bytes if the precision is [Single]: it is
// rounded to the nearest float32, or to an infinity when too large.
func (f Format) AppendFloat64(b []byte, v float64) []byte {
	if f.version() >= V4_6 && f.Precision == Single {
		return f.append32(b, float32(v))
	}
	return f.append64(b, v)
}

// Float32 reads a Qt float. A stream in double precision may hold a number too large for it, which reads as an
// infinity.
func (r *Reader) Float32() float32 {
	if r.format.version() >= V4_6 && r.format.Precision == Double {
		return float32(r.float64("float"))
	}
	return r.float32("float")
}

// Float64 reads a Qt double.
func (r *Reader) Float64() float64 {
	if r.format.version() >= V4_6 && r.format.Precision == Single {
		return float64(r.float32("double"))
	}
	return r.float64("double")
}

func (f Format) append32(b []byte, v float32) []byte {
	return binary.BigEndian.AppendUint32(b, f.swap32(math.Float32bits(v)))
}

func (f Format) append64(b []byte, v float64) []byte {
	return binary.BigEndian.AppendUint64(b, f.swap64(math.Float64bits(v)))
}

func (r *Reader) float32(typ string) float32 { return math.Float32frombits(r.uint32(typ)) }

func (r *Reader) float64(typ string) float64 {
	return math.Float64frombits(r.format.swap64(r.bigEndian64(typ)))
}
