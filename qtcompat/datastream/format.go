package datastream

import "math/bits"

// ByteOrder says which byte of a number comes first in the stream, as QDataStream::setByteOrder does. It applies to
// all numbers: integers, lengths, floating-point numbers and the UTF-16 units of a QString.
type ByteOrder uint8

// The byte orders. Any other value is BigEndian.
const (
	BigEndian    ByteOrder = iota // Qt's default
	LittleEndian                  // QDataStream::LittleEndian
)

// Precision is the width of float and double in the stream, as QDataStream::setFloatingPointPrecision sets it. It
// counts from stream version 12 on; before, a float always has 4 bytes and a double 8.
type Precision uint8

// The precisions.
const (
	Double Precision = iota // Qt's default: 8 bytes, even for a float
	Single                  // 4 bytes, even for a double
)

// Format holds the settings of a stream. The zero value is the default of the newest Qt: version [Latest],
// big-endian, double precision. A Format is a plain value, safe to copy and to share between goroutines.
//
// Its Append methods write one value each to the end of a byte slice and return the longer slice, like the
// built-in append.
type Format struct {
	Version   Version // 0 means Latest
	ByteOrder ByteOrder
	Precision Precision
}

func (f Format) version() Version {
	if f.Version == 0 {
		return Latest
	}
	return f.Version
}

// The swap functions turn a number into the one whose big-endian bytes the stream holds, and back.

func (f Format) swap16(v uint16) uint16 {
	if f.ByteOrder == LittleEndian {
		return bits.ReverseBytes16(v)
	}
	return v
}

func (f Format) swap32(v uint32) uint32 {
	if f.ByteOrder == LittleEndian {
		return bits.ReverseBytes32(v)
	}
	return v
}

func (f Format) swap64(v uint64) uint64 {
	if f.ByteOrder == LittleEndian {
		return bits.ReverseBytes64(v)
	}
	return v
}
