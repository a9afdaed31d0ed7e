package datastream

import (
	"encoding/binary"
	"math"
)

// QTransform is a QTransform: m11, m12, m13, m21 and so on. The zero value is none that Qt has by default: that is 1 on the
// diagonal.
type QTransform [9]float64

// QMatrix is a QMatrix of Qt 5: m11, m12, m21, m22, dx, dy. In version 1 its numbers have 4 bytes.
type QMatrix [6]float64

// QMatrix4x4 is a QMatrix4x4, row by row.
type QMatrix4x4 [16]float32

// QVector2D is a QVector2D. The numbers of this type and of those that follow are floats: see AppendFloat32.
type QVector2D struct {
	X float32 `json:"x"`
	Y float32 `json:"y"`
}

// QVector3D is a QVector3D.
type QVector3D struct {
	X float32 `json:"x"`
	Y float32 `json:"y"`
	Z float32 `json:"z"`
}

// QVector4D is a QVector4D.
type QVector4D struct {
	X float32 `json:"x"`
	Y float32 `json:"y"`
	Z float32 `json:"z"`
	W float32 `json:"w"`
}

// QQuaternion is a QQuaternion. Qt's own default has the scalar 1.
type QQuaternion struct {
	Scalar float32 `json:"scalar"`
	X      float32 `json:"x"`
	Y      float32 `json:"y"`
	Z      float32 `json:"z"`
}

// AppendQTransform appends a QTransform.
func (f Format) AppendQTransform(b []byte, v QTransform) []byte { return f.appendDoubles(b, v[:]...) }

// AppendQMatrix appends a QMatrix.
func (f Format) AppendQMatrix(b []byte, v QMatrix) []byte {
	if f.version() >= V2_0 {
		return f.appendDoubles(b, v[:]...)
	}
	for _, n := range v {
		b = f.append32(b, float32(n))
	}
	return b
}

// AppendQMatrix4x4 appends a QMatrix4x4.
func (f Format) AppendQMatrix4x4(b []byte, v QMatrix4x4) []byte { return f.appendFloats(b, v[:]...) }

// AppendQVector2D appends a QVector2D.
func (f Format) AppendQVector2D(b []byte, v QVector2D) []byte { return f.appendFloats(b, v.X, v.Y) }

// AppendQVector3D appends a QVector3D.
func (f Format) AppendQVector3D(b []byte, v QVector3D) []byte {
	return f.appendFloats(b, v.X, v.Y, v.Z)
}

// AppendQVector4D appends a QVector4D.
func (f Format) AppendQVector4D(b []byte, v QVector4D) []byte {
	return f.appendFloats(b, v.X, v.Y, v.Z, v.W)
}

// AppendQQuaternion appends a QQuaternion.
func (f Format) AppendQQuaternion(b []byte, v QQuaternion) []byte {
	return f.appendFloats(b, v.Scalar, v.X, v.Y, v.Z)
}

// QTransform reads a QTransform.
func (r *Reader) QTransform() QTransform {
	d := r.doubles("QTransform", 9)
	return QTransform(d[:9])
}

// QMatrix reads a QMatrix.
func (r *Reader) QMatrix() (v QMatrix) {
	if r.format.version() >= V2_0 {
		d := r.doubles("QMatrix", 6)
		return QMatrix(d[:6])
	}
	p := r.take("QMatrix", 4*len(v))
	for i := 0; len(p) > 0; i++ {
		v[i] = float64(math.Float32frombits(r.format.swap32(binary.BigEndian.Uint32(p))))
		p = p[4:]
	}
	return v
}

// QMatrix4x4 reads a QMatrix4x4.
func (r *Reader) QMatrix4x4() QMatrix4x4 { return r.floats("QMatrix4x4", 16) }

// QVector2D reads a QVector2D.
func (r *Reader) QVector2D() QVector2D {
	n := r.floats("QVector2D", 2)
	return QVector2D{n[0], n[1]}
}

// QVector3D reads a QVector3D.
func (r *Reader) QVector3D() QVector3D {
	n := r.floats("QVector3D", 3)
	return QVector3D{n[0], n[1], n[2]}
}

// QVector4D reads a QVector4D.
func (r *Reader) QVector4D() QVector4D {
	n := r.floats("QVector4D", 4)
	return QVector4D{n[0], n[1], n[2], n[3]}
}

// QQuaternion reads a QQuaternion.
func (r *Reader) QQuaternion() QQuaternion {
	n := r.floats("QQuaternion", 4)
	return QQuaternion{n[0], n[1], n[2], n[3]}
}

func (f Format) appendFloats(b []byte, numbers ...float32) []byte {
	for _, n := range numbers {
		b = f.AppendFloat32(b, n)
	}
	return b
}

// floats reads n floats, at most 16, of a value of type typ.
func (r *Reader) floats(typ string, n int) (numbers [16]float32) {
	width := 4
	if r.format.version() >= V4_6 && r.format.Precision == Double {
		width = 8
	}
	p := r.take(typ, n*width)
	for i := 0; len(p) > 0; i++ {
		if width == 4 {
			numbers[i] = math.Float32frombits(r.format.swap32(binary.BigEndian.Uint32(p)))
		} else {
			numbers[i] = float32(math.Float64frombits(r.format.swap64(binary.BigEndian.Uint64(p))))
		}
		p = p[width:]
	}
	return numbers
}
