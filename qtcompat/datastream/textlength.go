package datastream

import "fmt"

// QTextLength is a QTextLength. The zero value is QTextLength().
type QTextLength struct {
	Type  int32   `json:"type"`  // QTextLength::Type: 0 variable, 1 fixed, 2 percentage
	Value float64 `json:"value"` // in pixels or percent
}

// maxTextLengthType is QTextLength::PercentageLength (src/gui/text/qtextformat.h).
const maxTextLengthType = 2

// AppendQTextLength appends a QTextLength.
func (f Format) AppendQTextLength(b []byte, v QTextLength) []byte {
	return f.AppendFloat64(f.AppendInt32(b, v.Type), v.Value)
}

// QTextLength reads a QTextLength. A type other than 0 to 2 is an error.
func (r *Reader) QTextLength() QTextLength {
	return composite(r, "QTextLength", func() QTextLength {
		v := QTextLength{r.Int32(), r.Float64()}
		if v.Type < 0 || v.Type > maxTextLengthType {
			r.fail("QTextLength", fmt.Errorf("%w: type %d", ErrCorrupt, v.Type))
		}
		return v
	})
}
