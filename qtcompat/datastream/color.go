package datastream

import (
	"cmp"
	"fmt"
	"image/color"
)

// QColor is a QColor. The zero value is QColor(), which is invalid. It is a [color.Color].
//
// A part goes from 0 to 65535; a part of 8 bits is itself times 0x101. A hue is in hundredths of a degree, 0 to 36000, or
// 65535 for a colour without one. The parts are
//
//	Spec              Parts
//	0 invalid         none; Alpha is 0 for that of QColor(), or one that Qt keeps without a meaning
//	1 RGB             red, green, blue, 0
//	2 HSV             hue, saturation, value, 0
//	3 CMYK            cyan, magenta, yellow, black
//	4 HSL             hue, saturation, lightness, 0
//	5 extended RGB    red, green, blue, 0: like Alpha, the bits of a qfloat16
type QColor struct {
	Spec  uint8     `json:"spec"`  // QColor::Spec
	Alpha uint16    `json:"alpha"` // 0 is transparent
	Parts [4]uint16 `json:"parts"`
}

// QColor::Spec (src/gui/painting/qcolor.h).
const (
	invalidColor = iota
	rgbColor
	hsvColor
	cmykColor
	hslColor
	extendedColor
)

const (
	opaque    = 0xffff // the alpha of an opaque colour
	noHue     = 0xffff
	greatHue  = 36000
	oldNoRGB  = 0x49000000 // an invalid colour before version 7
	oldOpaque = 0xff << 24
)

// QColorOf returns c as a QColor: itself if it is one, else as RGB.
func QColorOf(c color.Color) QColor {
	switch c := c.(type) {
	case QColor:
		return c
	case color.NRGBA: // exactly, which the way over color.NRGBA64 is not
		return QColor{rgbColor, uint16(c.A) * 0x101, [4]uint16{uint16(c.R) * 0x101, uint16(c.G) * 0x101, uint16(c.B) * 0x101}}
	}
	n := color.NRGBA64Model.Convert(c).(color.NRGBA64)
	return QColor{rgbColor, n.A, [4]uint16{n.R, n.G, n.B}}
}

// IsValid reports whether v is a colour.
func (v QColor) IsValid() bool { return v.Spec != invalidColor }

// NRGBA64 returns the colour as RGB, as QColor::toRgb and rgba64 do. An invalid colour is opaque black. Of extended RGB
// what is beyond 0 and 1 is lost.
func (v QColor) NRGBA64() color.NRGBA64 {
	c := v.rgb()
	return color.NRGBA64{R: c.Parts[0], G: c.Parts[1], B: c.Parts[2], A: c.Alpha}
}

// RGBA returns what color.Color says: RGB with the alpha multiplied into it, unlike QColor::rgba.
func (v QColor) RGBA() (r, g, b, a uint32) { return v.NRGBA64().RGBA() }

// AppendQColor appends a QColor. Before version 7 that is its RGB, each part rounded to 8 bits: alpha and the kind of
// colour are lost.
func (f Format) AppendQColor(b []byte, v QColor) []byte {
	if f.version() < V4_0 {
		return f.AppendUint32(b, f.oldRGB(v))
	}
	if !v.IsValid() {
		v = QColor{Alpha: cmp.Or(v.Alpha, opaque)}
	}
	b = f.AppendUint16(append(b, v.Spec), v.Alpha)
	for _, part := range v.Parts {
		b = f.AppendUint16(b, part)
	}
	return b
}

func (f Format) oldRGB(v QColor) uint32 {
	if !v.IsValid() {
		return oldNoRGB
	}
	c := v.rgb().Parts
	if f.version() < V2_0 {
		c[0], c[2] = c[2], c[0]
	}
	return oldOpaque | eightBits(c[0])<<16 | eightBits(c[1])<<8 | eightBits(c[2])
}

// eightBits returns a part as Qt rounds it (qt_div_257 in src/gui/painting/qrgba64.h).
func eightBits(part uint16) uint32 { return (uint32(part) + 0x80) / 0x101 }

// QColor reads a QColor. An unknown kind of colour, a hue beyond 36000 and, before version 7, a highest byte that Qt does
// not write are errors.
func (r *Reader) QColor() QColor {
	if r.format.version() < V4_0 {
		return composite(r, "QColor", r.oldColor)
	}
	return composite(r, "QColor", r.color)
}

func (r *Reader) color() QColor {
	v := QColor{r.Uint8(), r.Uint16(), [4]uint16{r.Uint16(), r.Uint16(), r.Uint16(), r.Uint16()}}
	hue := v.Parts[0]
	switch v.Spec {
	case invalidColor:
		if v.Alpha == opaque {
			return QColor{}
		}
		return QColor{Alpha: v.Alpha} // such as the placeholder text of a QPalette of Qt 5 may have
	case hsvColor, hslColor:
		if hue > greatHue && hue != noHue {
			r.fail("QColor", fmt.Errorf("%w: hue %d", ErrCorrupt, hue))
		}
	case rgbColor, cmykColor, extendedColor:
	default:
		r.fail("QColor", fmt.Errorf("%w: spec %d", ErrCorrupt, v.Spec))
	}
	return v
}

func (r *Reader) oldColor() QColor {
	n := r.Uint32()
	switch {
	case n == oldNoRGB:
		return QColor{}
	case n < oldOpaque:
		r.fail("QColor", fmt.Errorf("%w: 0x%08x", ErrCorrupt, n))
	}
	c := [4]uint16{uint16(n>>16&0xff) * 0x101, uint16(n>>8&0xff) * 0x101, uint16(n&0xff) * 0x101}
	if r.format.version() < V2_0 {
		c[0], c[2] = c[2], c[0]
	}
	return QColor{rgbColor, opaque, c}
}
