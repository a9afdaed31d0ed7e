package datastream

import "fmt"

// QFont is a QFont. The zero value is no font of Qt: start with [NewQFont]. What a stream version lacks reads as NewQFont
// has it.
//
// The families are Family and, if that is missing, those of Families one after the other. Qt 6 and the stream have both in
// one list from version 20 on. In version 19 Families is what the stream has: in Qt 5 the list of QFont::setFamilies,
// which may begin with Family again and then counts once. Earlier versions have Family alone.
type QFont struct {
	Family        string   `json:"family"` // "" for none
	Families      []string `json:"families"`
	StyleName     string   `json:"styleName"`     // "" for none; from version 16 on
	PointSize     float64  `json:"pointSize"`     // -1 if the size is in pixels; before version 7 with one decimal, cut to 16 bits
	PixelSize     int32    `json:"pixelSize"`     // -1 if the size is in points; before version 7 cut to 16 bits
	StyleHint     uint8    `json:"styleHint"`     // QFont::StyleHint, 0 to 8
	StyleStrategy uint16   `json:"styleStrategy"` // bits of QFont::StyleStrategy; in versions 5 to 15 the lower 8 bits, not before

	// Weight is that of OpenType and Qt 6, 1 to 1000. Up to version 19 the stream has 0 to 99 instead: written is the
	// nearest of what Qt 5 has names for, as in Qt 6.
	Weight uint16 `json:"weight"`
	// Qt5Weight is the exact weight of a stream up to version 19 if Qt 5 has no name for it, and 0 else. It is written again
	// as long as Weight is what Qt 6 makes of it.
	Qt5Weight uint8 `json:"qt5Weight"`

	Style             uint8         `json:"style"` // QFont::Style: 0 normal, 1 italic, 2 oblique
	Underline         bool          `json:"underline"`
	Overline          bool          `json:"overline"`
	StrikeOut         bool          `json:"strikeOut"`
	FixedPitch        bool          `json:"fixedPitch"`
	PitchSet          bool          `json:"pitchSet"`          // whether FixedPitch counts in the choice of a font; from version 10 on
	Kerning           bool          `json:"kerning"`           // from version 7 on
	Stretch           uint16        `json:"stretch"`           // QFont::Stretch, 100 is unstretched, 0 any; from version 9 on
	LetterSpacing     float64       `json:"letterSpacing"`     // in percent or pixels, cut to 1/64; from version 11 on
	AbsoluteSpacing   bool          `json:"absoluteSpacing"`   // LetterSpacing is in pixels; from version 10 on
	WordSpacing       float64       `json:"wordSpacing"`       // in pixels, cut to 1/64; from version 11 on
	HintingPreference uint8         `json:"hintingPreference"` // QFont::HintingPreference, 0 to 3; from version 16 on
	Capitalization    uint8         `json:"capitalization"`    // QFont::Capitalization, 0 to 4; from version 17 on
	Features          []FontFeature `json:"features"`          // from version 21 on
	VariableAxes      []FontAxis    `json:"variableAxes"`      // from version 22 on; Qt writes them in the order of their tags
}

// NewQFont returns the font that QFont(family) is after setPointSizeF(pointSize).
func NewQFont(family string, pointSize float64) QFont {
	return QFont{Family: family, PointSize: pointSize, PixelSize: -1, StyleHint: anyStyleHint, StyleStrategy: 1, Weight: 400, Kerning: true}
}

// The largest numbers of QFont's enumerations (src/gui/text/qfont.h).
const (
	anyStyleHint      = 5
	maxStyleHint      = 8
	maxHinting        = 3
	maxCapitalization = 4
)

// AppendQFont appends a QFont. Before version 4 a size in pixels is written as that in points on a screen with 96 dots per
// inch, rounded to full points; Qt takes the screen it has.
func (f Format) AppendQFont(b []byte, v QFont) []byte {
	b = f.appendFontName(b, v.Family)
	if f.version() >= V5_4 {
		b = f.appendFontName(b, v.StyleName)
	}
	b = append(f.appendFontSize(b, &v), v.StyleHint)
	switch {
	case f.version() >= V5_4:
		b = f.AppendUint16(b, v.StyleStrategy)
	case f.version() >= V3_1:
		b = append(b, byte(v.StyleStrategy))
	}
	b = append(f.appendFontWeight(b, &v), f.fontBits(&v))
	b = f.appendFontSpacing(b, &v)
	if f.version() >= V5_4 {
		b = append(b, v.HintingPreference)
	}
	if f.version() >= V5_6 {
		b = append(b, v.Capitalization)
	}
	b = f.appendFontFamilies(b, &v)
	if f.version() >= V6_6 {
		b = AppendList(f, b, v.Features, Format.appendFontFeature)
	}
	if f.version() >= V6_7 {
		b = AppendList(f, b, v.VariableAxes, Format.appendFontAxis)
	}
	return b
}

// QFont reads a QFont. Numbers that QFont's enumerations do not have, and weights out of range, are errors.
func (r *Reader) QFont() QFont { return composite(r, "QFont", r.font) }

func (r *Reader) font() QFont {
	v, version := NewQFont(r.QString(), -1), r.format.version()
	if version >= V5_4 {
		v.StyleName = r.QString()
	}
	r.fontSize(&v)
	v.StyleHint = r.fontEnum("style hint", maxStyleHint)
	switch {
	case version >= V5_4:
		v.StyleStrategy = r.Uint16()
	case version >= V3_1:
		v.StyleStrategy = uint16(r.Uint8())
	}
	r.fontWeight(&v)
	r.fontBits(&v)
	r.fontSpacing(&v)
	if version >= V5_4 {
		v.HintingPreference = r.fontEnum("hinting preference", maxHinting)
	}
	if version >= V5_6 {
		v.Capitalization = r.fontEnum("capitalization", maxCapitalization)
	}
	r.fontFamilies(&v)
	if version >= V6_6 {
		v.Features = ReadList(r, (*Reader).fontFeature)
	}
	if version >= V6_7 {
		v.VariableAxes = ReadList(r, (*Reader).fontAxis)
	}
	return v
}

// fontEnum reads a quint8 of an enumeration of QFont.
func (r *Reader) fontEnum(name string, most uint8) uint8 {
	n := r.Uint8()
	if n > most {
		r.fail("QFont", fmt.Errorf("%w: %s %d", ErrCorrupt, name, n))
	}
	return n
}
