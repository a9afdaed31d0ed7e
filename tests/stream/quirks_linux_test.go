package stream

import (
	"slices"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

// asRead returns what Qt makes of a value that was read here.
func asRead(f datastream.Format, v datastream.Variant) datastream.Variant {
	return transformed(v, func(v datastream.Variant) datastream.Variant { return asQtReads(f, v) })
}

// asWritten returns what is read here of what Qt writes of a value.
func asWritten(q *qt, f datastream.Format, v datastream.Variant) datastream.Variant {
	return transformed(v, func(v datastream.Variant) datastream.Variant { return asQtWrites(q, f, v) })
}

// transformed returns v with change made of each QVariant in it that is no container.
func transformed(v datastream.Variant, change func(datastream.Variant) datastream.Variant) datastream.Variant {
	switch value := v.Value.(type) {
	case []datastream.Variant:
		value = slices.Clone(value)
		for i, element := range value {
			value[i] = transformed(element, change)
		}
		v.Value = value
	case datastream.VariantMap:
		value = slices.Clone(value)
		for i, entry := range value {
			value[i].Second = transformed(entry.Second, change)
		}
		v.Value = value
	case datastream.QPair[datastream.Variant, datastream.Variant]:
		v.Value = datastream.QPair[datastream.Variant, datastream.Variant]{First: transformed(value.First, change), Second: transformed(value.Second, change)}
	default:
		return change(v)
	}
	return v
}

// hasTwoForms says whether there is a type in v of which the program's Qt may write the number and this package the name, which
// other Qts with the same stream version need: Qt 6.5 has a number for qfloat16 that Qt 6.4 does not know, and Qt 5 one for
// QColorSpace that Qt 6 does not know.
func hasTwoForms(f datastream.Format, v datastream.Variant) (found bool) {
	visit(v, func(part datastream.Variant) {
		found = found || part.Type == "qfloat16" && f.Version == datastream.V6_0 ||
			part.Type == "QColorSpace" && f.Version >= datastream.V4_0 && f.Version < datastream.V5_0
	})
	return found
}

// asQtReads returns what Qt makes of a value that was read here.
func asQtReads(f datastream.Format, v datastream.Variant) datastream.Variant {
	switch value := v.Value.(type) {
	case int64: // before version 6 Qt writes the high half first, and takes the low half for the first
		if f.Version < datastream.V3_3 {
			v.Value = value<<32 | int64(uint64(value)>>32)
		}
	case uint64:
		if f.Version < datastream.V3_3 {
			v.Value = value<<32 | value>>32
		}
	case datastream.QDateTime:
		v.Value = dateTimeAsQtReads(value)
	}
	return v
}

// dateTimeAsQtReads returns v with an offset that is not in the stream as 0, which is UTC, and with such a zone as the local one.
func dateTimeAsQtReads(v datastream.QDateTime) datastream.QDateTime {
	switch {
	case v.Spec == datastream.OffsetFromUTC && (v.Offset == 0 || v.Offset == datastream.UnknownOffset):
		v.Spec, v.Offset, v.InUTC = datastream.UTC, 0, false
	case v.Spec == datastream.TimeZone && v.Zone.Kind == datastream.NoZone:
		v.Spec = datastream.LocalTime
	}
	return v
}

// asQtWrites returns what is read here of what Qt writes of a value. Before version 7, Qt 6 writes an invalid QVariant for each
// type that is not in Qt Core.
func asQtWrites(q *qt, f datastream.Format, v datastream.Variant) datastream.Variant {
	if q.major >= 6 && f.Version < datastream.V4_0 && qtGui[v.Type] {
		return datastream.Variant{}
	}
	return v
}

// qtGui are the types of Qt Gui and Qt Widgets that Qt 3 knew.
var qtGui = map[string]bool{
	"QFont": true, "QPixmap": true, "QBrush": true, "QColor": true, "QPalette": true, "QIcon": true, "QImage": true, "QPolygon": true,
	"QRegion": true, "QBitmap": true, "QCursor": true, "QSizePolicy": true, "QKeySequence": true, "QPen": true,
}
