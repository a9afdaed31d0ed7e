package datastream

import (
	"encoding/binary"
	"math"
	"slices"
)

// AppendInt16List appends a QList<qint16>. It is [AppendList], several times as fast, as are all functions like it: one
// for QList, QVector, QSet and QLinkedList of each type of number.
func (f Format) AppendInt16List(b []byte, list []int16) []byte {
	return appendNumberList(f, b, list, 2, put16)
}

// AppendUint16List appends a QList<quint16>.
func (f Format) AppendUint16List(b []byte, list []uint16) []byte {
	return appendNumberList(f, b, list, 2, put16)
}

// AppendInt32List appends a QList<qint32>.
func (f Format) AppendInt32List(b []byte, list []int32) []byte {
	return appendNumberList(f, b, list, 4, put32)
}

// AppendUint32List appends a QList<quint32>.
func (f Format) AppendUint32List(b []byte, list []uint32) []byte {
	return appendNumberList(f, b, list, 4, put32)
}

// AppendInt64List appends a QList<qint64>.
func (f Format) AppendInt64List(b []byte, list []int64) []byte {
	return appendNumberList(f, b, list, 8, put64)
}

// AppendUint64List appends a QList<quint64>.
func (f Format) AppendUint64List(b []byte, list []uint64) []byte {
	return appendNumberList(f, b, list, 8, put64)
}

// AppendFloat32List appends a QList<float>, each as [Format.AppendFloat32] writes it.
func (f Format) AppendFloat32List(b []byte, list []float32) []byte {
	if f.version() >= V4_6 && f.Precision == Double {
		return appendNumberList(f, b, list, 8, putFloats64)
	}
	return appendNumberList(f, b, list, 4, putFloats32)
}

// AppendFloat64List appends a QList<double>, each as [Format.AppendFloat64] writes it.
func (f Format) AppendFloat64List(b []byte, list []float64) []byte {
	if f.version() >= V4_6 && f.Precision == Single {
		return appendNumberList(f, b, list, 4, putFloats32)
	}
	return appendNumberList(f, b, list, 8, putFloats64)
}

// Int16List reads a QList<qint16>. It is [ReadList], several times as fast, as are all methods like it: one for QList,
// QVector, QSet and QLinkedList of each type of number. An empty list is not nil. Errors call the type QList.
func (r *Reader) Int16List() []int16 { return readNumberList(r, 2, get16[int16]) }

// Uint16List reads a QList<quint16>.
func (r *Reader) Uint16List() []uint16 { return readNumberList(r, 2, get16[uint16]) }

// Int32List reads a QList<qint32>.
func (r *Reader) Int32List() []int32 { return readNumberList(r, 4, get32[int32]) }

// Uint32List reads a QList<quint32>.
func (r *Reader) Uint32List() []uint32 { return readNumberList(r, 4, get32[uint32]) }

// Int64List reads a QList<qint64>.
func (r *Reader) Int64List() []int64 { return readNumberList(r, 8, get64[int64]) }

// Uint64List reads a QList<quint64>.
func (r *Reader) Uint64List() []uint64 { return readNumberList(r, 8, get64[uint64]) }

// Float32List reads a QList<float>, each as [Reader.Float32] reads it.
func (r *Reader) Float32List() []float32 {
	if r.format.version() >= V4_6 && r.format.Precision == Double {
		return readNumberList(r, 8, getFloats64[float32])
	}
	return readNumberList(r, 4, getFloats32[float32])
}

// Float64List reads a QList<double>, each as [Reader.Float64] reads it.
func (r *Reader) Float64List() []float64 {
	if r.format.version() >= V4_6 && r.format.Precision == Single {
		return readNumberList(r, 4, getFloats32[float64])
	}
	return readNumberList(r, 8, getFloats64[float64])
}

// appendNumberList appends a list of numbers of size bytes each, which put writes.
func appendNumberList[T any](f Format, b []byte, list []T, size int, put func(f Format, p []byte, list []T)) []byte {
	b, ok := f.appendSize(b, int64(len(list)))
	if !ok {
		return b
	}
	n := len(b)
	b = slices.Grow(b, size*len(list))[:n+size*len(list)]
	put(f, b[n:], list)
	return b
}

// readNumberList reads a list of numbers of size bytes each, which get reads. It allocates nothing that the bytes left do
// not justify.
func readNumberList[T any](r *Reader, size int, get func(f Format, list []T, p []byte)) []T {
	return composite(r, "QList", func() []T {
		n := r.count("QList")
		if need := int64(n) * int64(size); need > int64(r.Remaining()) { // or n*size may be more than an int holds
			r.fail("QList", truncated(need, r.Remaining()))
		}
		p := r.take("QList", n*size)
		if r.err != nil {
			return nil
		}
		list := make([]T, n)
		get(r.format, list, p)
		return list
	})
}

func putFloats32[T float32 | float64](f Format, p []byte, list []T) {
	for i, v := range list {
		binary.BigEndian.PutUint32(p[4*i:4*i+4], f.swap32(math.Float32bits(float32(v))))
	}
}

func putFloats64[T float32 | float64](f Format, p []byte, list []T) {
	for i, v := range list {
		binary.BigEndian.PutUint64(p[8*i:8*i+8], f.swap64(math.Float64bits(float64(v))))
	}
}

func getFloats32[T float32 | float64](f Format, list []T, p []byte) {
	for i := range list {
		list[i] = T(math.Float32frombits(f.swap32(binary.BigEndian.Uint32(p[4*i : 4*i+4]))))
	}
}

func getFloats64[T float32 | float64](f Format, list []T, p []byte) {
	for i := range list {
		list[i] = T(math.Float64frombits(f.swap64(binary.BigEndian.Uint64(p[8*i : 8*i+8]))))
	}
}
