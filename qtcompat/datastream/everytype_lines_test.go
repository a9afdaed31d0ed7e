package datastream

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
)

// parseVectors returns a line of testdata/vectors in each of its formats; none for a comment.
func parseVectors(line string, types map[string]Type) (all []vectorLine, err error) {
	fields := strings.Split(line, "\t")
	if len(fields) != 7 {
		if strings.HasPrefix(line, "#") {
			return nil, nil
		}
		return nil, fmt.Errorf("%d fields", len(fields))
	}
	typ, known := types[fields[0]]
	if !known {
		if typ, err = ParseType(fields[0], nil); err != nil {
			return nil, err
		}
		types[fields[0]] = typ
	}
	b, err := hex.DecodeString(fields[4])
	if err != nil {
		return nil, err
	}
	l := vectorLine{recorded{fields[0], fields[5], strings.Replace(fields[6], "=", fields[5], 1), b}, typ, Format{}}
	var first, last Version
	if _, err := fmt.Sscanf(fields[1], "%d-%d", &first, &last); err != nil {
		return nil, err
	}
	for v := first; v <= last; v++ {
		for o, order := range []string{"big", "little"} {
			for p, precision := range []string{"double", "single"} {
				if (fields[2] == order || fields[2] == "any") && (fields[3] == precision || fields[3] == "any") {
					l.f = Format{v, ByteOrder(o), Precision(p)}
					all = append(all, l)
				}
			}
		}
	}
	return all, nil
}

// readable tells lines that this package does not read from others: BMP files, null images of which there are no bytes, and
// what Qt itself cannot read.
func (l vectorLine) readable() bool {
	image := strings.Contains("QImage QPixmap QBitmap QIcon", l.typ)
	for _, name := range []string{"QImage", "QPixmap", "QBitmap", "QIcon"} {
		image = image || strings.Contains(l.value, `{"type":"`+name+`"`)
	}
	bmp := l.f.Version == V1_0 && strings.Contains(l.value, `"pixels"`)
	nothing := image && l.f.Version < V3_1 && !strings.Contains(l.value, `"pixels"`)
	return !strings.HasPrefix(l.read, "!") && !bmp && !nothing
}

// loses reports whether this package writes, of what it has read, other bytes than Qt wrote: a Go string is neither null nor
// half a surrogate pair, and some numbers in a QVariant depend on the Qt that writes.
func (l vectorLine) loses() bool {
	nulls := bytes.Contains(l.bytes, []byte{0xff, 0xff, 0xff, 0xff})
	switch l.typ {
	case "QRegExp", "QRegularExpression", "QStringList", "QList<QString>":
		return nulls
	case "QTextFormat": // the numbers of Qt 5 and Qt 6, and their order: see TestQTextFormat
		return l.f.Version < V6_11
	case "QVariant":
		return strings.HasPrefix(l.value, `{"type":"qfloat16"`) || strings.HasPrefix(l.value, `{"type":"QColorSpace"`)
	}
	return strings.Contains(l.value, `\ud83dx`)
}

// writtenOtherwise lists what cannot be written as any Qt does: before version 7 the caller makes bitmaps of the pixmap of a
// cursor, and at version 13 turns times into UTC.
func (l vectorLine) writtenOtherwise() bool {
	cursor := l.typ == "QCursor" && l.f.Version < V4_0 && strings.Contains(l.value, `"pixmap"`)
	return l.loses() || cursor || l.typ == "QDateTime" && l.f.Version == V5_0 && !strings.Contains(l.value, `"spec":"UTC"`)
}
