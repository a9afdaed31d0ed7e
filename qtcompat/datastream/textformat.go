package datastream

import "slices"

// QTextFormat is a QTextFormat. QTextFormat() has Type -1 and is not the zero value.
//
// The numbers of the properties are those of Qt 6.11 and 6.12, whatever the version. Up to version 19 the stream has those
// of Qt 5 for four properties, of which the first also loses something: the families of the font (0x1fe7, a QStringList) are
// the name of the first (0x2000, a QString). The others are the type of the letter spacing (0x1fe9, then 0x2033), the stretch
// of the font (0x1fea, 0x2034) and the colour of the underline (0x2020, 0x2010). As in Qt 6.12,
//
//   - reading takes the numbers of both, and the value as it is: a QString of families;
//   - of a property that has both numbers, that of the larger one counts in reading, the new one in writing;
//   - the features (0x2010) and the axes (0x2011) of a font, new in Qt 6.11, are not written before version 24.
//
// Qt 5.13 to 5.15 have families as a QStringList too, at 0x1fe7, which is read but not written here before version 20.
type QTextFormat struct {
	Type       int32                   `json:"type"`       // QTextFormat::FormatType: -1 none, 1 block, 2 char, 3 list, 5 frame, 100 and more of the program
	Properties []QPair[int32, Variant] `json:"properties"` // QTextFormat::Property; in the order of the stream, see ReadPairs
}

// Properties with a history (src/gui/text/qtextformat.h).
const (
	textFontFamilies     = 0x1fe7
	textFontFeatures     = 0x2010
	textFontVariableAxes = 0x2011
)

// renumberedProperties are those that have another number up to version 19.
var renumberedProperties = [...]struct{ now, old int32 }{
	{textFontFamilies, 0x2000},
	{0x1fe9, 0x2033}, // FontLetterSpacingType
	{0x1fea, 0x2034}, // FontStretch
	{0x2020, 0x2010}, // TextUnderlineColor
}

// AppendQTextFormat appends a QTextFormat. On error, that of a property which [Format.AppendQVariant] refuses, it returns b
// as it was.
func (f Format) AppendQTextFormat(b []byte, v QTextFormat) ([]byte, error) {
	start, n := len(b), 0
	for _, p := range v.Properties {
		if _, written := f.textProperty(v, p.First); written {
			n++
		}
	}
	b = f.AppendCount(f.AppendInt32(b, v.Type), n)
	for _, p := range v.Properties {
		number, written := f.textProperty(v, p.First)
		if !written {
			continue
		}
		var err error
		if b, err = f.appendTextProperty(f.AppendInt32(b, number), p); err != nil {
			return b[:start], err
		}
	}
	return b, nil
}

// textProperty returns the number of a property of v in the stream, and whether it is written.
func (f Format) textProperty(v QTextFormat, number int32) (int32, bool) {
	if f.version() < V6_11 && (number == textFontFeatures || number == textFontVariableAxes) {
		return 0, false
	}
	if f.version() >= V6_0 {
		return number, true
	}
	for _, p := range renumberedProperties {
		switch number {
		case p.now:
			return p.old, true
		case p.old:
			return number, !hasProperty(v.Properties, p.now)
		}
	}
	return number, true
}

func hasProperty(properties []QPair[int32, Variant], number int32) bool {
	return slices.ContainsFunc(properties, func(p QPair[int32, Variant]) bool { return p.First == number })
}

// appendTextProperty appends the value of a property. Qt crashes on an empty list of families up to version 19, which is
// written as "" here.
func (f Format) appendTextProperty(b []byte, p QPair[int32, Variant]) ([]byte, error) {
	families, ok := p.Second.Value.([]string)
	if !ok || p.First != textFontFamilies || f.version() >= V6_0 {
		return f.AppendQVariant(b, p.Second)
	}
	b, err := f.AppendQVariant(b, Variant{Type: "QString", Value: ""})
	if err != nil || len(families) == 0 {
		return b, err
	}
	const empty = 4 // bytes of "": making a Variant of the name would allocate
	return f.AppendQString(b[:len(b)-empty], families[0]), nil
}

// QTextFormat reads a QTextFormat.
func (r *Reader) QTextFormat() QTextFormat {
	return composite(r, "QTextFormat", func() QTextFormat {
		v := QTextFormat{r.Int32(), ReadPairs(r, (*Reader).Int32, (*Reader).QVariant)}
		if r.format.version() < V6_0 {
			v.Properties = renumbered(v.Properties)
		}
		return v
	})
}

// renumbered gives the properties of a stream up to version 19 the numbers that they have now. Qt goes through them by
// ascending number: the larger one of two numbers of a property counts.
func renumbered(properties []QPair[int32, Variant]) []QPair[int32, Variant] {
	for _, p := range renumberedProperties {
		if hasProperty(properties, max(p.now, p.old)) {
			properties = slices.DeleteFunc(properties, func(e QPair[int32, Variant]) bool { return e.First == min(p.now, p.old) })
		}
		for i := range properties {
			if properties[i].First == p.old {
				properties[i].First = p.now
			}
		}
	}
	return properties
}
