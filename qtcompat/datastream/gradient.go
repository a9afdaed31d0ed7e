package datastream

import "fmt"

// QGradient is the gradient of a QBrush, whose style says which kind it is.
type QGradient struct {
	Spread            int32           `json:"spread"`            // QGradient::Spread, 0 to 2; from version 9 on
	CoordinateMode    int32           `json:"coordinateMode"`    // QGradient::CoordinateMode, 0 to 3; from version 9 on, up to 17 with 2 for 3
	InterpolationMode int32           `json:"interpolationMode"` // QGradient::InterpolationMode, 0 or 1; from version 11 on
	Stops             []QGradientStop `json:"stops"`             // without one Qt goes from black to white

	Start       QPointF `json:"start"`       // of a linear one, the center of others
	Final       QPointF `json:"final"`       // the final stop of a linear one, the focal point of a radial one
	Radius      float64 `json:"radius"`      // of a radial one, around Start
	FocalRadius float64 `json:"focalRadius"` // of a radial one, around Final; from version 20 on
	Angle       float64 `json:"angle"`       // of a conical one, in degrees
}

// QGradientStop is a place in a QGradient, from 0 to 1, and the colour there.
type QGradientStop struct {
	Position float64 `json:"position"`
	Color    QColor  `json:"color"`
}

// The largest numbers of the enumerations of QGradient (src/gui/painting/qbrush.h).
const (
	maxSpread          = 2
	objectBoundingMode = 2 // what objectMode was before version 18
	objectMode         = 3
	maxInterpolation   = 1
)

// appendGradient appends the gradient of a brush.
func (f Format) appendGradient(b []byte, brush *QBrush) []byte {
	v := brush.Gradient
	if v == nil {
		v = &QGradient{}
	}
	b = f.AppendInt32(b, int32(brush.Style-linearGradientBrush))
	if f.version() >= V4_3 {
		b = f.AppendInt32(f.AppendInt32(b, v.Spread), min(v.CoordinateMode, f.lastCoordinateMode()))
	}
	if f.version() >= V4_5 {
		b = f.AppendInt32(b, v.InterpolationMode)
	}
	b = AppendList(f, b, v.Stops, Format.appendGradientStop)
	b = f.AppendQPointF(b, v.Start)
	if brush.Style == conicalGradientBrush {
		return f.AppendFloat64(b, v.Angle)
	}
	b = f.AppendQPointF(b, v.Final)
	if brush.Style == linearGradientBrush {
		return b
	}
	b = f.AppendFloat64(b, v.Radius)
	if f.version() < V6_0 {
		return b
	}
	return f.AppendFloat64(b, v.FocalRadius)
}

// lastCoordinateMode returns the largest coordinate mode of the version.
func (f Format) lastCoordinateMode() int32 {
	if f.version() < V5_12 {
		return objectBoundingMode
	}
	return objectMode
}

func (f Format) appendGradientStop(b []byte, v QGradientStop) []byte {
	return f.AppendQColor(f.AppendFloat64(b, v.Position), v.Color)
}

// gradient reads the gradient of a brush with this style.
func (r *Reader) gradient(style uint8) *QGradient {
	var v QGradient
	if kind := r.Int32(); kind != int32(style-linearGradientBrush) {
		r.fail("QBrush", fmt.Errorf("%w: gradient of type %d in a brush of style %d", ErrCorrupt, kind, style))
	}
	if r.format.version() >= V4_3 {
		v.Spread = r.gradientEnum("spread", maxSpread)
		v.CoordinateMode = r.gradientEnum("coordinate mode", r.format.lastCoordinateMode())
	}
	if r.format.version() >= V4_5 {
		v.InterpolationMode = r.gradientEnum("interpolation mode", maxInterpolation)
	}
	v.Stops = ReadList(r, (*Reader).gradientStop)
	v.Start = r.QPointF()
	if style == conicalGradientBrush {
		v.Angle = r.Float64()
		return &v
	}
	v.Final = r.QPointF()
	if style == linearGradientBrush {
		return &v
	}
	v.Radius = r.Float64()
	if r.format.version() >= V6_0 {
		v.FocalRadius = r.Float64()
	}
	return &v
}

func (r *Reader) gradientStop() QGradientStop {
	return QGradientStop{r.Float64(), r.QColor()}
}

// gradientEnum reads a qint32 of an enumeration of QGradient.
func (r *Reader) gradientEnum(name string, most int32) int32 {
	n := r.Int32()
	if n < 0 || n > most {
		r.fail("QBrush", fmt.Errorf("%w: %s %d of a gradient", ErrCorrupt, name, n))
	}
	return n
}
