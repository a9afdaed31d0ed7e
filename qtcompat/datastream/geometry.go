package datastream

import (
	"encoding/binary"
	"math"
)

// QPoint is a QPoint. In version 1 its coordinates have 16 bits, as in all types of ints here but QMargins: of larger
// numbers the lower bits are written, as Qt does.
type QPoint struct {
	X int32 `json:"x"`
	Y int32 `json:"y"`
}

// QSize is a QSize. Qt's own default is -1 by -1, not the zero value.
type QSize struct {
	Width  int32 `json:"width"`
	Height int32 `json:"height"`
}

// QRect is a QRect. The stream has the right and the bottom edge instead of the width and the height: left + width - 1.
type QRect struct {
	X      int32 `json:"x"`
	Y      int32 `json:"y"`
	Width  int32 `json:"width"`
	Height int32 `json:"height"`
}

// QLine is a QLine.
type QLine struct {
	X1 int32 `json:"x1"`
	Y1 int32 `json:"y1"`
	X2 int32 `json:"x2"`
	Y2 int32 `json:"y2"`
}

// QMargins is a QMargins.
type QMargins struct {
	Left   int32 `json:"left"`
	Top    int32 `json:"top"`
	Right  int32 `json:"right"`
	Bottom int32 `json:"bottom"`
}

// QPointF is a QPointF. The numbers of this type and of those that follow are doubles: see AppendFloat64.
type QPointF struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// QSizeF is a QSizeF. Qt's own default is -1 by -1, not the zero value.
type QSizeF struct {
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// QRectF is a QRectF.
type QRectF struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// QLineF is a QLineF.
type QLineF struct {
	X1 float64 `json:"x1"`
	Y1 float64 `json:"y1"`
	X2 float64 `json:"x2"`
	Y2 float64 `json:"y2"`
}

// QMarginsF is a QMarginsF.
type QMarginsF struct {
	Left   float64 `json:"left"`
	Top    float64 `json:"top"`
	Right  float64 `json:"right"`
	Bottom float64 `json:"bottom"`
}

// AppendQPoint appends a QPoint.
func (f Format) AppendQPoint(b []byte, v QPoint) []byte { return f.appendCoordinates(b, v.X, v.Y) }

// AppendQSize appends a QSize.
func (f Format) AppendQSize(b []byte, v QSize) []byte {
	return f.appendCoordinates(b, v.Width, v.Height)
}

// AppendQRect appends a QRect.
func (f Format) AppendQRect(b []byte, v QRect) []byte {
	return f.appendCoordinates(b, v.X, v.Y, v.X+v.Width-1, v.Y+v.Height-1)
}

// AppendQLine appends a QLine.
func (f Format) AppendQLine(b []byte, v QLine) []byte {
	return f.appendCoordinates(b, v.X1, v.Y1, v.X2, v.Y2)
}

// AppendQMargins appends a QMargins.
func (f Format) AppendQMargins(b []byte, v QMargins) []byte {
	return f.AppendInt32(f.AppendInt32(f.AppendInt32(f.AppendInt32(b, v.Left), v.Top), v.Right), v.Bottom)
}

// AppendQPointF appends a QPointF.
func (f Format) AppendQPointF(b []byte, v QPointF) []byte { return f.appendDoubles(b, v.X, v.Y) }

// AppendQSizeF appends a QSizeF.
func (f Format) AppendQSizeF(b []byte, v QSizeF) []byte {
	return f.appendDoubles(b, v.Width, v.Height)
}

// AppendQRectF appends a QRectF.
func (f Format) AppendQRectF(b []byte, v QRectF) []byte {
	return f.appendDoubles(b, v.X, v.Y, v.Width, v.Height)
}

// AppendQLineF appends a QLineF.
func (f Format) AppendQLineF(b []byte, v QLineF) []byte {
	return f.appendDoubles(b, v.X1, v.Y1, v.X2, v.Y2)
}

// AppendQMarginsF appends a QMarginsF.
func (f Format) AppendQMarginsF(b []byte, v QMarginsF) []byte {
	return f.appendDoubles(b, v.Left, v.Top, v.Right, v.Bottom)
}

// QPoint reads a QPoint.
func (r *Reader) QPoint() QPoint {
	c := r.coordinates("QPoint", 2)
	return QPoint{c[0], c[1]}
}

// QSize reads a QSize.
func (r *Reader) QSize() QSize {
	c := r.coordinates("QSize", 2)
	return QSize{c[0], c[1]}
}

// QRect reads a QRect.
func (r *Reader) QRect() QRect {
	c := r.coordinates("QRect", 4)
	if r.err != nil {
		return QRect{}
	}
	return QRect{c[0], c[1], c[2] - c[0] + 1, c[3] - c[1] + 1}
}

// QLine reads a QLine.
func (r *Reader) QLine() QLine {
	c := r.coordinates("QLine", 4)
	return QLine{c[0], c[1], c[2], c[3]}
}

// QMargins reads a QMargins.
func (r *Reader) QMargins() QMargins {
	c := r.ints("QMargins", 4, 4)
	return QMargins{c[0], c[1], c[2], c[3]}
}

// QPointF reads a QPointF.
func (r *Reader) QPointF() QPointF {
	d := r.doubles("QPointF", 2)
	return QPointF{d[0], d[1]}
}

// QSizeF reads a QSizeF.
func (r *Reader) QSizeF() QSizeF {
	d := r.doubles("QSizeF", 2)
	return QSizeF{d[0], d[1]}
}

// QRectF reads a QRectF.
func (r *Reader) QRectF() QRectF {
	d := r.doubles("QRectF", 4)
	return QRectF{d[0], d[1], d[2], d[3]}
}

// QLineF reads a QLineF.
func (r *Reader) QLineF() QLineF {
	d := r.doubles("QLineF", 4)
	return QLineF{d[0], d[1], d[2], d[3]}
}

// QMarginsF reads a QMarginsF.
func (r *Reader) QMarginsF() QMarginsF {
	d := r.doubles("QMarginsF", 4)
	return QMarginsF{d[0], d[1], d[2], d[3]}
}

func (f Format) appendCoordinates(b []byte, numbers ...int32) []byte {
	for _, n := range numbers {
		if f.version() < V2_0 {
			b = f.AppendInt16(b, int16(n))
		} else {
			b = f.AppendInt32(b, n)
		}
	}
	return b
}

func (f Format) appendDoubles(b []byte, numbers ...float64) []byte {
	for _, n := range numbers {
		b = f.AppendFloat64(b, n)
	}
	return b
}

// coordinates reads n ints, at most 4, of a value of type typ.
func (r *Reader) coordinates(typ string, n int) [4]int32 {
	if r.format.version() < V2_0 {
		return r.ints(typ, n, 2)
	}
	return r.ints(typ, n, 4)
}

// ints reads n ints, at most 4, of width bytes each.
func (r *Reader) ints(typ string, n, width int) (numbers [4]int32) {
	p := r.take(typ, n*width)
	for i := 0; len(p) > 0; i++ {
		if width == 2 {
			numbers[i] = int32(int16(r.format.swap16(binary.BigEndian.Uint16(p))))
		} else {
			numbers[i] = int32(r.format.swap32(binary.BigEndian.Uint32(p)))
		}
		p = p[width:]
	}
	return numbers
}

// doubles reads n doubles, at most 16, of a value of type typ.
func (r *Reader) doubles(typ string, n int) (numbers [16]float64) {
	width := 8
	if r.format.version() >= V4_6 && r.format.Precision == Single {
		width = 4
	}
	p := r.take(typ, n*width)
	for i := 0; len(p) > 0; i++ {
		if width == 4 {
			numbers[i] = float64(math.Float32frombits(r.format.swap32(binary.BigEndian.Uint32(p))))
		} else {
			numbers[i] = math.Float64frombits(r.format.swap64(binary.BigEndian.Uint64(p)))
		}
		p = p[width:]
	}
	return numbers
}
