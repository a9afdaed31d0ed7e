package datastream

import "fmt"

// QBrush is a QBrush. The zero value paints nothing, as QBrush() does, of which the colour is black and valid, though.
type QBrush struct {
	Style     uint8       `json:"style"` // Qt::BrushStyle: 0 none, 1 solid, 2 to 14 patterns, 15, 16, 17 gradients, 24 texture
	Color     QColor      `json:"color"`
	Texture   QImage      `json:"texture"`   // of style 24
	Gradient  *QGradient  `json:"gradient"`  // of styles 15 to 17; nil is QGradient{}
	Transform *QTransform `json:"transform"` // nil is that without effect; from version 9 on
}

// Qt::BrushStyle (src/corelib/global/qnamespace.h).
const (
	solidBrush           = 1
	lastPatternBrush     = 14
	linearGradientBrush  = 15
	radialGradientBrush  = 16
	conicalGradientBrush = 17
	textureBrush         = 24
)

var identity = QTransform{0: 1, 4: 1, 8: 1}

// AppendQBrush appends a QBrush. Before version 7 a gradient is written as no brush, as in Qt. On error it returns b as it
// was. The error is that of [Format.AppendQImage] for the texture; of other brushes there is none.
func (f Format) AppendQBrush(b []byte, v QBrush) ([]byte, error) {
	b, err := f.appendBrush(b, &v)
	return b, notWrittenError("QBrush", err)
}

func (f Format) appendBrush(b []byte, v *QBrush) (_ []byte, err error) {
	start, style, color := len(b), v.Style, v.Color
	gradient := isGradient(style)
	if gradient && f.version() < V4_0 {
		style, color, gradient = 0, QColor{}, false
	}
	b = f.AppendQColor(append(b, style), color)
	switch {
	case gradient:
		b = f.appendGradient(b, v)
	case style == textureBrush:
		if b, err = f.appendImage(b, v.Texture.PNG); err != nil {
			return b[:start], fmt.Errorf("texture: %w", err)
		}
	}
	if f.version() < V4_3 {
		return b, nil
	}
	if v.Transform == nil {
		return f.AppendQTransform(b, identity), nil
	}
	return f.AppendQTransform(b, *v.Transform), nil
}

func isGradient(style uint8) bool {
	return style >= linearGradientBrush && style <= conicalGradientBrush
}

// QBrush reads a QBrush. An unknown style is an error, and so is an unknown number in a gradient.
func (r *Reader) QBrush() QBrush { return composite(r, "QBrush", r.brush) }

func (r *Reader) brush() QBrush {
	v := QBrush{Style: r.Uint8(), Color: r.QColor()}
	switch {
	case v.Style == textureBrush:
		v.Texture = r.QImage()
	case isGradient(v.Style) && r.format.version() >= V4_0:
		v.Gradient = r.gradient(v.Style)
	case v.Style > lastPatternBrush:
		r.fail("QBrush", fmt.Errorf("%w: style %d", ErrCorrupt, v.Style))
	}
	if r.format.version() >= V4_3 {
		if t := r.QTransform(); t != identity {
			v.Transform = &t
		}
	}
	return v
}
