package datastream

import "fmt"

// QRegularExpression is a QRegularExpression: its text and its QRegularExpression::PatternOptions.
type QRegularExpression struct {
	Pattern string `json:"pattern"`
	Options uint32 `json:"options"`
}

// QRegExp is a QRegExp of Qt 5 and older. What is captured is no part of the stream.
type QRegExp struct {
	Pattern         string `json:"pattern"`
	CaseInsensitive bool   `json:"caseInsensitive"`
	Syntax          uint8  `json:"syntax"` // QRegExp::PatternSyntax, 0 to 5: RegExp, Wildcard, FixedString, RegExp2, WildcardUnix, W3CXmlSchema11
	Minimal         bool   `json:"minimal"`
}

// lastRegExpSyntax is QRegExp::W3CXmlSchema11 (src/corelib/text/qregexp.h of Qt 5.15).
const lastRegExpSyntax = 5

// AppendQChar appends a QChar, one UTF-16 unit: with [Format.AppendQString] Qt writes a whole text.
func (f Format) AppendQChar(b []byte, v uint16) []byte { return f.AppendUint16(b, v) }

// QChar reads a QChar, one UTF-16 unit, which may be half of a surrogate pair.
func (r *Reader) QChar() uint16 { return r.uint16("QChar") }

// AppendQUrl appends a QUrl, given as QUrl::toEncoded returns it: ASCII, with the path percent-encoded and the host in
// punycode, such as "http://xn--bcher-kva.example/%C3%B6". It is neither checked nor encoded here; Qt's reader parses
// it as QUrl::fromEncoded does. Empty is QUrl().
func (f Format) AppendQUrl(b []byte, encoded string) []byte {
	if encoded == "" {
		return f.appendNull(b, V3_3)
	}
	b, ok := f.appendSize(b, int64(len(encoded)))
	if !ok {
		return b
	}
	return append(b, encoded...)
}

// QUrl reads a QUrl in its encoded form, as [Format.AppendQUrl] takes it. QUrl() reads as "".
func (r *Reader) QUrl() string {
	n, width := r.size("QUrl")
	return string(r.body("QUrl", n, width))
}

// AppendQLocale appends a QLocale, given by its name: "C", or language and territory such as "en_US". Qt's reader takes
// a name that it does not know for "C".
func (f Format) AppendQLocale(b []byte, name string) []byte { return f.AppendQString(b, name) }

// QLocale reads the name of a QLocale.
func (r *Reader) QLocale() string { return composite(r, "QLocale", r.QString) }

// AppendQRegularExpression appends a QRegularExpression.
func (f Format) AppendQRegularExpression(b []byte, v QRegularExpression) []byte {
	return f.AppendUint32(f.AppendQString(b, v.Pattern), v.Options)
}

// QRegularExpression reads a QRegularExpression. A null pattern reads as "".
func (r *Reader) QRegularExpression() QRegularExpression {
	return composite(r, "QRegularExpression", func() QRegularExpression {
		return QRegularExpression{r.QString(), r.Uint32()}
	})
}

// AppendQRegExp appends a QRegExp. Qt's stream operators for it are in Qt 5 and older, and in the module Core5Compat of
// Qt 6.
func (f Format) AppendQRegExp(b []byte, v QRegExp) []byte {
	b = f.AppendBool(f.AppendQString(b, v.Pattern), !v.CaseInsensitive)
	return f.AppendBool(append(b, v.Syntax), v.Minimal)
}

// QRegExp reads a QRegExp. A null pattern reads as "". A case sensitivity above 1 or a syntax above 5 is an error.
func (r *Reader) QRegExp() QRegExp {
	return composite(r, "QRegExp", func() QRegExp {
		pattern, sensitivity, syntax, minimal := r.QString(), r.Uint8(), r.Uint8(), r.Bool()
		if sensitivity > 1 || syntax > lastRegExpSyntax {
			r.fail("QRegExp", fmt.Errorf("%w: case sensitivity %d, syntax %d", ErrCorrupt, sensitivity, syntax))
		}
		return QRegExp{pattern, sensitivity == 0, syntax, minimal}
	})
}
