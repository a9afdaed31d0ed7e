package datastream

import (
	"encoding/binary"
	"math/bits"
)

// AppendUint8 appends a quint8.
func (f Format) AppendUint8(b []byte, v uint8) []byte { return append(b, v) }

// AppendUint16 appends a quint16.
func (f Format) AppendUint16(b []byte, v uint16) []byte {
	return binary.BigEndian.AppendUint16(b, f.swap16(v))
}

// AppendUint32 appends a quint32.
func (f Format) AppendUint32(b []byte, v uint32) []byte {
	return binary.BigEndian.AppendUint32(b, f.swap32(v))
}

// AppendUint64 appends a quint64.
func (f Format) AppendUint64(b []byte, v uint64) []byte {
	return binary.BigEndian.AppendUint64(b, f.swapInt64(v))
}

// AppendInt8 appends a qint8.
func (f Format) AppendInt8(b []byte, v int8) []byte { return f.AppendUint8(b, uint8(v)) }

// AppendInt16 appends a qint16.
func (f Format) AppendInt16(b []byte, v int16) []byte { return f.AppendUint16(b, uint16(v)) }

// AppendInt32 appends a qint32.
func (f Format) AppendInt32(b []byte, v int32) []byte { return f.AppendUint32(b, uint32(v)) }

// AppendInt64 appends a qint64.
func (f Format) AppendInt64(b []byte, v int64) []byte { return f.AppendUint64(b, uint64(v)) }

// AppendBool appends a bool: one byte, 1 or 0.
func (f Format) AppendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

// Uint8 reads a quint8.
func (r *Reader) Uint8() uint8 { return r.uint8("quint8") }

// Uint16 reads a quint16.
func (r *Reader) Uint16() uint16 { return r.uint16("quint16") }

// Uint32 reads a quint32.
func (r *Reader) Uint32() uint32 { return r.uint32("quint32") }

// Uint64 reads a quint64.
func (r *Reader) Uint64() uint64 { return r.format.swapInt64(r.bigEndian64("quint64")) }

// Int8 reads a qint8.
func (r *Reader) Int8() int8 { return int8(r.uint8("qint8")) }

// Int16 reads a qint16.
func (r *Reader) Int16() int16 { return int16(r.uint16("qint16")) }

// Int32 reads a qint32.
func (r *Reader) Int32() int32 { return int32(r.uint32("qint32")) }

// Int64 reads a qint64.
func (r *Reader) Int64() int64 { return int64(r.format.swapInt64(r.bigEndian64("qint64"))) }

// Bool reads a bool. Any byte but 0 is true, as in Qt.
func (r *Reader) Bool() bool { return r.uint8("bool") != 0 }

// swapInt64 is swap64 for integers. Before version 6 a 64-bit integer is two 32-bit ones, the high one first in
// either byte order (operator<<(qint64) in src/corelib/serialization/qdatastream.cpp).
func (f Format) swapInt64(v uint64) uint64 {
	v = f.swap64(v)
	if f.ByteOrder == LittleEndian && f.version() < V3_3 {
		v = bits.RotateLeft64(v, 32)
	}
	return v
}

func (r *Reader) uint8(typ string) uint8 {
	if p := r.take(typ, 1); p != nil {
		return p[0]
	}
	return 0
}

func (r *Reader) uint16(typ string) uint16 {
	if p := r.take(typ, 2); p != nil {
		return r.format.swap16(binary.BigEndian.Uint16(p))
	}
	return 0
}

func (r *Reader) uint32(typ string) uint32 {
	if p := r.take(typ, 4); p != nil {
		return r.format.swap32(binary.BigEndian.Uint32(p))
	}
	return 0
}

func (r *Reader) bigEndian64(typ string) uint64 {
	if p := r.take(typ, 8); p != nil {
		return binary.BigEndian.Uint64(p)
	}
	return 0
}
