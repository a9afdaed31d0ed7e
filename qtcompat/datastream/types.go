package datastream

import (
	"slices"
)

// A builtin is a type of Qt with a name of its own.
type builtin struct {
	*codec
	id  uint32 // in a QVariant of Qt 6: QMetaType::Type in src/corelib/kernel/qmetatype.h; 0 if it goes by its name
	id3 uint32 // in one of Qt 3 (mapIdFromQt3ToCurrent in src/corelib/kernel/qvariant.cpp); 0 if Qt 3 did not know it
}

// builtins is the table of types.
func builtins() []builtin {
	return slices.Concat(coreTypes(), textTypes(), containerTypes(), geometryTypes(), guiTypes())
}

func coreTypes() []builtin {
	return []builtin{
		{leaf("bool", Format.AppendBool, (*Reader).Bool), 1, 0x12},
		{leaf("int", Format.AppendInt32, (*Reader).Int32), 2, 0x10},
		{leaf("uint", Format.AppendUint32, (*Reader).Uint32), 3, 0x11},
		{leaf("qlonglong", Format.AppendInt64, (*Reader).Int64), 4, 0x21},
		{leaf("qulonglong", Format.AppendUint64, (*Reader).Uint64), 5, 0x22},
		{leaf("double", Format.AppendFloat64, (*Reader).Float64), 6, 0x13},
		{leaf("long", Format.AppendInt64, (*Reader).Int64), 32, 0},
		{leaf("short", Format.AppendInt16, (*Reader).Int16), 33, 0},
		{leaf("signed char", Format.AppendInt8, (*Reader).Int8), 40, 0},
		{leaf("char", Format.AppendInt8, (*Reader).Int8), 34, 0},
		{leaf("ulong", Format.AppendUint64, (*Reader).Uint64), 35, 0},
		{leaf("ushort", Format.AppendUint16, (*Reader).Uint16), 36, 0},
		{leaf("uchar", Format.AppendUint8, (*Reader).Uint8), 37, 0},
		{leaf("float", Format.AppendFloat32, (*Reader).Float32), 38, 0},
		{leaf("qfloat16", Format.AppendQFloat16, (*Reader).QFloat16), 63, 0},
		{leaf("QChar", Format.AppendQChar, (*Reader).QChar), 7, 0},
		{leaf("char16_t", Format.AppendUint16, (*Reader).Uint16), 56, 0},
		{leaf("char32_t", Format.AppendUint32, (*Reader).Uint32), 57, 0},
		{nullptr(), 51, 0},
		{leaf("QUuid", Format.AppendQUuid, (*Reader).QUuid), 30, 0},
		{leaf("QBitArray", Format.AppendQBitArray, (*Reader).QBitArray), 13, 0x1e},
		{leaf("QDate", Format.AppendQDate, (*Reader).QDate), 14, 0x1a},
		{leaf("QTime", Format.AppendQTime, (*Reader).QTime), 15, 0x1b},
		{fallible("QDateTime", Format.AppendQDateTime, (*Reader).QDateTime), 16, 0x1c},
		{leaf("QTimeZone", Format.AppendQTimeZone, (*Reader).QTimeZone), 0, 0},
		{leaf("QEasingCurve", Format.AppendQEasingCurve, (*Reader).QEasingCurve), 29, 0x23},
	}
}

func textTypes() []builtin {
	return []builtin{
		{nullableText("QString", Format.AppendQString, Format.AppendNullQString, (*Reader).NullableQString), 10, 3},
		{leaf("QByteArray", Format.AppendQByteArray, (*Reader).QByteArray), 12, 0x1d},
		{nullableText("const char*", Format.AppendCString, Format.AppendNullCString, (*Reader).NullableCString), 0, 0},
		{leaf("QUrl", Format.AppendQUrl, (*Reader).QUrl), 17, 0},
		{leaf("QLocale", Format.AppendQLocale, (*Reader).QLocale), 18, 0},
		{leaf("QRegExp", Format.AppendQRegExp, (*Reader).QRegExp), 27, 0},
		{leaf("QRegularExpression", Format.AppendQRegularExpression, (*Reader).QRegularExpression), 44, 0},
		{leaf("QVersionNumber", Format.AppendQVersionNumber, (*Reader).QVersionNumber), 0, 0},
		{jsonValue(), 45, 0},
		{fallible("QJsonObject", Format.AppendQJsonObject, (*Reader).QJsonObject), 46, 0},
		{fallible("QJsonArray", Format.AppendQJsonArray, (*Reader).QJsonArray), 47, 0},
		{fallible("QJsonDocument", Format.AppendQJsonDocument, (*Reader).QJsonDocument), 48, 0},
		{leaf("QCborSimpleType", Format.AppendQCborSimpleType, (*Reader).QCborSimpleType), 52, 0},
		{fallible("QCborValue", Format.AppendQCborValue, (*Reader).QCborValue), 53, 0},
		{fallible("QCborArray", Format.AppendQCborArray, (*Reader).QCborArray), 54, 0},
		{fallible("QCborMap", Format.AppendQCborMap, (*Reader).QCborMap), 55, 0},
	}
}

func containerTypes() []builtin {
	return []builtin{
		{leaf("QStringList", Format.AppendQStringList, (*Reader).QStringList), 11, 4},
		{leaf("QByteArrayList", Format.AppendQByteArrayList, (*Reader).QByteArrayList), 49, 0},
		{fallible("QVariant", Format.AppendQVariant, (*Reader).QVariant), 0, 0},
		{fallible("QVariantList", Format.AppendQVariantList, (*Reader).QVariantList), 9, 2},
		{fallible("QVariantMap", Format.AppendQVariantMap, (*Reader).QVariantMap), 8, 1},
		{fallible("QVariantHash", Format.AppendQVariantMap, (*Reader).QVariantMap), 28, 0},
		{fallible("QVariantPair", Format.AppendQVariantPair, (*Reader).QVariantPair), 58, 0},
	}
}

func geometryTypes() []builtin {
	return []builtin{
		{leaf("QPoint", Format.AppendQPoint, (*Reader).QPoint), 25, 0xe},
		{leaf("QPointF", Format.AppendQPointF, (*Reader).QPointF), 26, 0},
		{leaf("QSize", Format.AppendQSize, (*Reader).QSize), 21, 9},
		{leaf("QSizeF", Format.AppendQSizeF, (*Reader).QSizeF), 22, 0},
		{leaf("QRect", Format.AppendQRect, (*Reader).QRect), 19, 8},
		{leaf("QRectF", Format.AppendQRectF, (*Reader).QRectF), 20, 0},
		{leaf("QLine", Format.AppendQLine, (*Reader).QLine), 23, 0},
		{leaf("QLineF", Format.AppendQLineF, (*Reader).QLineF), 24, 0},
		{leaf("QMargins", Format.AppendQMargins, (*Reader).QMargins), 0, 0},
		{leaf("QMarginsF", Format.AppendQMarginsF, (*Reader).QMarginsF), 0, 0},
		{leaf("QPolygon", Format.AppendQPolygon, (*Reader).QPolygon), 0x1007, 0x15},
		{leaf("QPolygonF", Format.AppendQPolygonF, (*Reader).QPolygonF), 0x1016, 0},
		{leaf("QMatrix", Format.AppendQMatrix, (*Reader).QMatrix), qMatrixID, 0},
		{leaf("QTransform", Format.AppendQTransform, (*Reader).QTransform), 0x1010, 0},
		{leaf("QMatrix4x4", Format.AppendQMatrix4x4, (*Reader).QMatrix4x4), 0x1011, 0},
		{leaf("QVector2D", Format.AppendQVector2D, (*Reader).QVector2D), 0x1012, 0},
		{leaf("QVector3D", Format.AppendQVector3D, (*Reader).QVector3D), 0x1013, 0},
		{leaf("QVector4D", Format.AppendQVector4D, (*Reader).QVector4D), 0x1014, 0},
		{leaf("QQuaternion", Format.AppendQQuaternion, (*Reader).QQuaternion), 0x1015, 0},
	}
}

func guiTypes() []builtin {
	return []builtin{
		{leaf("QFont", Format.AppendQFont, (*Reader).QFont), 0x1000, 5},
		{fallible("QImage", Format.AppendQImage, (*Reader).QImage), 0x1006, 0xf},
		{fallible("QPixmap", Format.AppendQPixmap, (*Reader).QPixmap), 0x1001, 6},
		{fallible("QBrush", Format.AppendQBrush, (*Reader).QBrush), 0x1002, 7},
		{leaf("QColor", Format.AppendQColor, (*Reader).QColor), 0x1003, 0xa},
		{fallible("QPalette", Format.AppendQPalette, (*Reader).QPalette), 0x1004, 0xb},
		{fallible("QIcon", Format.AppendQIcon, (*Reader).QIcon), 0x1005, 0xd},
		{leaf("QRegion", Format.AppendQRegion, (*Reader).QRegion), 0x1008, 0x16},
		{fallible("QBitmap", Format.AppendQBitmap, (*Reader).QBitmap), 0x1009, 0x17},
		{fallible("QCursor", Format.AppendQCursor, (*Reader).QCursor), 0x100a, 0x18},
		{leaf("QKeySequence", Format.AppendQKeySequence, (*Reader).QKeySequence), 0x100b, 0x1f},
		{fallible("QPen", Format.AppendQPen, (*Reader).QPen), 0x100c, 0x20},
		{leaf("QTextLength", Format.AppendQTextLength, (*Reader).QTextLength), 0x100d, 0},
		{fallible("QTextFormat", Format.AppendQTextFormat, (*Reader).QTextFormat), 0x100e, 0},
		{leaf("QColorSpace", Format.AppendQColorSpace, (*Reader).QColorSpace), 0x1017, 0},
		{leaf("QSizePolicy", Format.AppendQSizePolicy, (*Reader).QSizePolicy), sizePolicy, 0x19},
	}
}

// nullptr is the codec of std::nullptr_t, which takes no bytes.
func nullptr() *codec {
	return &codec{
		name: "std::nullptr_t",
		append: func(_ Format, b []byte, v any) ([]byte, error) {
			if v != nil {
				return b, wrongGoType("std::nullptr_t", v, "nil")
			}
			return b, nil
		},
		read: func(*Reader) any { return nil },
	}
}

// jsonValue is the codec of QJsonValue, which several Go types stand for.
func jsonValue() *codec {
	return &codec{name: "QJsonValue", append: Format.AppendQJsonValue, read: (*Reader).QJsonValue}
}
