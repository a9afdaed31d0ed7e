package datastream

import (
	"fmt"
	"math"
)

// FontFeature is a feature of an OpenType font, as QFont::setFeature takes it.
type FontFeature struct {
	Tag   string `json:"tag"` // four characters up to U+00FF, such as "liga"
	Value uint32 `json:"value"`
}

// FontAxis is the value of an axis of a variable font, as QFont::setVariableAxis takes it.
type FontAxis struct {
	Tag   string  `json:"tag"` // four characters up to U+00FF, such as "wght"
	Value float32 `json:"value"`
}

// Bits of a QFont in the stream (get_font_bits and get_extended_font_bits in src/gui/text/qfont.cpp). A bit 0x20, which
// Qt 3 and Qt 4 have, is ignored, as Qt 5.15.8 and 6.12.0 do.
const (
	fontItalic     = 0x01
	fontUnderline  = 0x02
	fontStrikeOut  = 0x04
	fontFixedPitch = 0x08
	fontKerning    = 0x10 // from version 7 on
	fontOverline   = 0x40
	fontOblique    = 0x80 // together with fontItalic

	fontIgnorePitch     = 0x01
	fontAbsoluteSpacing = 0x02
)

// appendFontName appends the name of a family or a style, null if there is none.
func (f Format) appendFontName(b []byte, name string) []byte {
	if name == "" {
		return f.AppendNullQString(b)
	}
	return f.AppendQString(b, name)
}

func (f Format) appendFontSize(b []byte, v *QFont) []byte {
	if f.version() >= V4_0 {
		return f.AppendInt32(f.AppendFloat64(b, v.PointSize), v.PixelSize)
	}
	tenths := 10 * v.PointSize
	if f.version() >= V3_0 {
		return f.AppendInt16(f.AppendInt16(b, int16(int64(tenths))), int16(v.PixelSize))
	}
	if v.PixelSize > 0 {
		tenths = 10 * math.Round(float64(v.PixelSize)*72/96)
	}
	return f.AppendInt16(b, int16(int64(tenths)))
}

func (r *Reader) fontSize(v *QFont) {
	switch version := r.format.version(); {
	case version >= V4_0:
		v.PointSize, v.PixelSize = r.Float64(), r.Int32()
	case version >= V3_0:
		v.PointSize, v.PixelSize = float64(r.Int16())/10, int32(r.Int16())
	default:
		v.PointSize = float64(r.Int16()) / 10
	}
}

func (f Format) fontBits(v *QFont) byte {
	return bitIf(v.Style != 0, fontItalic) | bitIf(v.Style == 2, fontOblique) |
		bitIf(v.Underline, fontUnderline) | bitIf(v.Overline, fontOverline) | bitIf(v.StrikeOut, fontStrikeOut) |
		bitIf(v.FixedPitch, fontFixedPitch) | bitIf(v.Kerning && f.version() >= V4_0, fontKerning)
}

func bitIf(set bool, bit byte) byte {
	if set {
		return bit
	}
	return 0
}

func (r *Reader) fontBits(v *QFont) {
	bits := r.Uint8()
	switch bits & (fontItalic | fontOblique) {
	case fontItalic:
		v.Style = 1
	case fontItalic | fontOblique:
		v.Style = 2
	case fontOblique:
		r.fail("QFont", fmt.Errorf("%w: oblique and not italic", ErrCorrupt))
	}
	v.Underline = bits&fontUnderline != 0
	v.Overline = bits&fontOverline != 0
	v.StrikeOut = bits&fontStrikeOut != 0
	v.FixedPitch = bits&fontFixedPitch != 0
	if r.format.version() >= V4_0 {
		v.Kerning = bits&fontKerning != 0
	}
}

func (f Format) appendFontSpacing(b []byte, v *QFont) []byte {
	if f.version() >= V4_3 {
		b = f.AppendUint16(b, v.Stretch)
	}
	if f.version() >= V4_4 {
		b = append(b, bitIf(!v.PitchSet, fontIgnorePitch)|bitIf(v.AbsoluteSpacing, fontAbsoluteSpacing))
	}
	if f.version() >= V4_5 {
		b = f.AppendInt32(f.AppendInt32(b, int32(64*v.LetterSpacing)), int32(64*v.WordSpacing))
	}
	return b
}

func (r *Reader) fontSpacing(v *QFont) {
	if r.format.version() >= V4_3 {
		v.Stretch = r.Uint16()
	}
	if r.format.version() >= V4_4 {
		bits := r.fontEnum("spacing", fontIgnorePitch|fontAbsoluteSpacing)
		v.PitchSet, v.AbsoluteSpacing = bits&fontIgnorePitch == 0, bits&fontAbsoluteSpacing != 0
	}
	if r.format.version() >= V4_5 {
		v.LetterSpacing, v.WordSpacing = float64(r.Int32())/64, float64(r.Int32())/64
	}
}

func (f Format) appendFontFamilies(b []byte, v *QFont) []byte {
	if f.version() < V5_13 {
		return b
	}
	if f.version() < V6_0 || !v.familyLeads() {
		return f.AppendQStringList(b, v.Families)
	}
	b = f.AppendQString(f.AppendCount(b, 1+len(v.Families)), v.Family)
	for _, family := range v.Families {
		b = f.AppendQString(b, family)
	}
	return b
}

// fontFamilies reads Families. From version 20 on all families are there, and Family is the first, whatever was read
// before, as in Qt 6.
func (r *Reader) fontFamilies(v *QFont) {
	if r.format.version() < V5_13 {
		return
	}
	v.Families = r.QStringList()
	if r.format.version() < V6_0 {
		return
	}
	all := v.Families
	v.Family = ""
	if len(all) == 0 {
		return
	}
	if v.Family, v.Families = all[0], all[1:]; !v.familyLeads() {
		v.Families = all
	}
}

// familyLeads reports whether Family comes before Families in the list of all families.
func (v *QFont) familyLeads() bool {
	if len(v.Families) == 0 {
		return v.Family != ""
	}
	return v.Families[0] != v.Family
}

func (f Format) appendFontFeature(b []byte, v FontFeature) []byte {
	return f.AppendUint32(f.appendFontTag(b, v.Tag), v.Value)
}

func (f Format) appendFontAxis(b []byte, v FontAxis) []byte {
	return f.AppendFloat32(f.appendFontTag(b, v.Tag), v.Value)
}

// appendFontTag appends four characters as a number. Of a longer text it takes the last four.
func (f Format) appendFontTag(b []byte, tag string) []byte {
	var n uint32
	for _, c := range tag {
		n = n<<8 | uint32(c)
	}
	return f.AppendUint32(b, n)
}

func (r *Reader) fontFeature() FontFeature { return FontFeature{r.fontTag(), r.Uint32()} }

func (r *Reader) fontAxis() FontAxis { return FontAxis{r.fontTag(), r.Float32()} }

func (r *Reader) fontTag() string {
	n := r.Uint32()
	return latin1([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
}
