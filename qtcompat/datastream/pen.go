package datastream

import (
	"fmt"
	"math"
)

// QPen is a QPen. The zero value is no pen of Qt: start with [NewQPen]. What a stream version lacks reads as NewQPen has
// it.
type QPen struct {
	Style        uint16    `json:"style"` // Qt::PenStyle: 0 none, 1 solid, 2 to 5 dashes and dots, 6 Dashes
	Cap          uint16    `json:"cap"`   // Qt::PenCapStyle: 0 flat, 0x10 square, 0x20 round; in versions 1 and 2 flat
	Join         uint16    `json:"join"`  // Qt::PenJoinStyle: 0 miter, 0x40 bevel, 0x80 round, from version 9 on 0x100 miter of SVG; in versions 1 and 2 miter
	Width        float64   `json:"width"` // not negative; before version 7 rounded and cut to 8 bits
	Brush        QBrush    `json:"brush"` // before version 7 its colour
	MiterLimit   float64   `json:"miterLimit"`
	Dashes       []float64 `json:"dashes"` // lengths in pen widths, a dash, a space and so on; for styles 2 to 5 Qt writes theirs, and needs none
	DashOffset   float64   `json:"dashOffset"`
	Cosmetic     bool      `json:"cosmetic"`     // the width does not follow the transformation of the painter, as a width of 0 never does; from version 9 on
	DefaultWidth bool      `json:"defaultWidth"` // Qt 5: no width was set; Qt 6: it is 0; from version 13 on
}

// NewQPen returns QPen(color, width): solid, with square caps and bevel joins. QPen() is black and 1 wide.
func NewQPen(color QColor, width float64) QPen {
	return QPen{Style: 1, Cap: 0x10, Join: 0x40, Width: width, Brush: QBrush{Style: solidBrush, Color: color}, MiterLimit: 2}
}

// Style, cap and join of a pen are one number (Qt::PenStyle and so on in src/corelib/global/qnamespace.h).
const (
	penStyle     = 0xf
	penCap       = 0x30
	penJoin      = 0x1c0
	lastPenStyle = 6 // Qt::CustomDashLine
)

// AppendQPen appends a QPen. On error it returns b as it was. The error is that of [Format.AppendQBrush].
func (f Format) AppendQPen(b []byte, v QPen) ([]byte, error) {
	start := len(b)
	b = f.appendStroke(b, &v)
	if f.version() < V4_0 {
		return f.AppendQColor(append(b, penWidth(v.Width)), v.Brush.Color), nil
	}
	b = f.AppendFloat64(b, v.Width)
	b, err := f.appendBrush(b, &v.Brush)
	if err != nil {
		return b[:start], notWrittenError("QPen", fmt.Errorf("brush: %w", err))
	}
	b = f.AppendFloat64(b, v.MiterLimit)
	b = AppendList(f, b, v.Dashes, Format.AppendFloat64)
	if f.version() >= V4_3 {
		b = f.AppendFloat64(b, v.DashOffset)
	}
	if f.version() >= V5_0 {
		b = f.AppendBool(b, v.DefaultWidth)
	}
	return b, nil
}

// strokeBits returns what a version has of style, cap and join.
func (f Format) strokeBits() uint16 {
	switch v := f.version(); {
	case v < V2_1:
		return penStyle
	case v < V4_3:
		return 0xff
	}
	return penStyle | penCap | penJoin
}

// appendStroke appends style, cap and join, and from version 9 on whether the pen is cosmetic.
func (f Format) appendStroke(b []byte, v *QPen) []byte {
	stroke := (v.Style&penStyle | v.Cap&penCap | v.Join&penJoin) & f.strokeBits()
	if f.version() < V4_3 {
		return append(b, byte(stroke))
	}
	return f.AppendBool(f.AppendUint16(b, stroke), v.Cosmetic)
}

// penWidth returns the width as versions before 7 have it.
func penWidth(width float64) byte { return byte(int64(math.Floor(width + 0.5))) }

// QPen reads a QPen. An unknown style, cap or join is an error.
func (r *Reader) QPen() QPen { return composite(r, "QPen", r.pen) }

func (r *Reader) pen() QPen {
	version := r.format.version()
	v := NewQPen(QColor{}, 0)
	r.stroke(&v)
	if version < V4_0 {
		v.Width = float64(r.Uint8())
		v.Brush.Color = r.QColor()
		return v
	}
	v.Width = r.Float64()
	v.Brush = r.QBrush()
	v.MiterLimit = r.Float64()
	v.Dashes = ReadList(r, (*Reader).Float64)
	if version >= V4_3 {
		v.DashOffset = r.Float64()
	}
	if version >= V5_0 {
		v.DefaultWidth = r.Bool()
	}
	return v
}

// stroke reads what appendStroke writes.
func (r *Reader) stroke(v *QPen) {
	var stroke uint16
	if r.format.version() < V4_3 {
		stroke = uint16(r.Uint8())
	} else {
		stroke = r.Uint16()
		v.Cosmetic = r.Bool()
	}
	v.Style, v.Cap, v.Join = stroke&penStyle, stroke&penCap, stroke&penJoin
	oneJoin := v.Join&(v.Join-1) == 0
	if v.Style > lastPenStyle || v.Cap == penCap || !oneJoin || stroke&^r.format.strokeBits() != 0 {
		r.fail("QPen", fmt.Errorf("%w: style, cap and join 0x%x", ErrCorrupt, stroke))
	}
}
