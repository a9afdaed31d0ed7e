// Package datastream writes and reads what Qt's QDataStream writes and reads.
//
// A stream carries neither type names nor its own settings. Whoever reads must know which values follow one
// another and the [Format] in which they were written: the stream version, the byte order and the precision of
// floating-point numbers. The zero Format is what a QDataStream of the newest Qt known here uses when the
// program sets nothing. A program built with an older Qt uses that Qt's version: see [ParseVersion].
//
// There are three ways to write and read. Methods for each type are for code that knows what is in a stream. Those of
// Format append one value to a byte slice and allocate nothing while its capacity suffices. Those of [Reader] read one; it
// keeps the first error, so that a caller checks once at the end:
//
//	r := datastream.NewReader(datastream.Format{Version: datastream.V5_13}, segment, datastream.Limits{})
//	id, name := r.Int32(), r.QString()
//	if err := r.Err(); err != nil {
//		return err
//	}
//
// [Marshal] and [Unmarshal] are for values of Go types of the caller's own. [ParseType] and [Variant] are for types that are
// known only when the program runs, by their spelling or by what the stream says; their values have a form in JSON as well,
// see [Type.AppendJSON].
//
// Bytes after the last value are no error: a shared memory segment is usually longer than the stream in it.
//
// # Types
//
// Each type of the table was compared with QDataStream of real Qt in both directions, both byte orders and both
// precisions, at every stream version that is listed: with Qt 5.15.8 (versions 1 to 19) if the column Qt has a 5, and with
// Qt 6.4.2 (1 to 20) and 6.12.0 (1 to 24) if it has a 6; where Qt 6.5.3, 6.6.3, 6.8.3 and 6.10.3 do other things than
// these, with them too. The bytes are in testdata. Methods are named without the Append of those of [Format]. The Go type
// is that of a [Variant]'s Value as well, and of [Type].
//
//	Qt type                Go type                  methods                 versions  Qt   what changed with a version
//	bool                   bool                     Bool                    1-24      5 6
//	qint8, char            int8                     Int8                    1-24      5 6
//	quint8, uchar          uint8                    Uint8                   1-24      5 6
//	qint16, short          int16                    Int16                   1-24      5 6
//	quint16, ushort        uint16                   Uint16                  1-24      5 6
//	qint32, int            int32                    Int32                   1-24      5 6
//	quint32, uint          uint32                   Uint32                  1-24      5 6
//	qint64, long           int64                    Int64                   1-24      5 6  1-5, little-endian: the high 32-bit word comes first
//	quint64, ulong         uint64                   Uint64                  1-24      5 6  as qint64
//	float                  float32                  Float32                 1-24      5 6  12: 8 bytes in double precision
//	double                 float64                  Float64                 1-24      5 6  12: 4 bytes in single precision
//	qfloat16               float32                  QFloat16                1-24      5 6
//	QChar                  uint16                   QChar                   1-24      5 6
//	char16_t               uint16                   Uint16                  1-24      6
//	char32_t               uint32                   Uint32                  1-24      6
//	QString                string                   QString                 1-24      5 6  1: Latin-1; 3: null; 22: 4 GiB and more
//	QByteArray             []byte                   QByteArray              1-24      5 6  6: null; 22: 4 GiB and more
//	const char*            string                   CString                 1-24      5 6  22: 4 GiB and more
//	QUrl                   string                   QUrl                    1-24      5 6  6: empty is null
//	QLocale                string                   QLocale                 1-24      5 6  as QString
//	QRegularExpression     QRegularExpression       QRegularExpression      1-24      5 6  as QString
//	QRegExp                QRegExp                  QRegExp                 1-19      5    as QString
//	QVersionNumber         []int32                  QVersionNumber          1-24      5 6
//	QUuid                  [16]byte                 QUuid                   1-24      5 6
//	QBitArray              []bool                   QBitArray               1-24      5 6  20: 64-bit count
//	QDate                  QDate                    QDate                   1-24      5 6  13: 64 bits
//	QTime                  QTime                    QTime                   1-24      5 6  7: null
//	QDateTime              QDateTime                QDateTime               1-24      5 6  7: time spec; 13: in UTC; 14: not; 15: offset and zone
//	QTimeZone              QTimeZone                QTimeZone               1-24      5 6  as QString
//	QEasingCurve           QEasingCurve             QEasingCurve            1-24      5 6  19: splines
//	QJsonObject            json.RawMessage          QJsonObject             1-24      5 6  as QByteArray
//	QJsonArray             json.RawMessage          QJsonArray              1-24      5 6  as QByteArray
//	QJsonDocument          json.RawMessage          QJsonDocument           1-24      5 6  as QByteArray
//	QJsonValue             any                      QJsonValue              1-24      5 6  as its parts
//	QCborValue             []byte                   QCborValue              1-24      5 6  as QByteArray
//	QCborArray             []byte                   QCborArray              1-24      5 6  as QByteArray
//	QCborMap               []byte                   QCborMap                1-24      5 6  as QByteArray
//	QCborSimpleType        uint8                    QCborSimpleType         1-24      6
//	QList, QVector, QSet   []T                      AppendList, ReadList    1-24      5 6  22: 2^32 elements and more, here and below
//	lists of numbers       []int32 and others  Int32List and others    1-24      5 6  as QList, and as the number
//	QMap, QHash            map[K]V                  AppendMap, ReadMap      1-24      5 6  20: ascending keys in AppendMap
//	QMultiMap, QMultiHash  []QPair[K, V]            AppendPairs, ReadPairs  1-24      5 6
//	QPair, std::pair       QPair[A, B]              AppendPair, ReadPair    1-24      5 6
//	QStringList            []string                 QStringList             1-24      5 6  as QString
//	QByteArrayList         [][]byte                 QByteArrayList          1-24      5 6  as QByteArray
//	QVariant               Variant                  QVariant                1-24      5 6  7: user types; 8: null; 3, 7, 13, 20: other numbers
//	QVariantList           []Variant                QVariantList            1-24      5 6  as QVariant
//	QVariantMap            VariantMap               QVariantMap             1-24      5 6  as QVariant
//	QVariantHash           VariantMap               QVariantMap             1-24      5 6  as QVariant
//	QVariantPair           QPair[Variant, Variant]  QVariantPair            1-24      6    as QVariant
//	std::nullptr_t         nil                                              1-24      5 6  7: known; has no bytes
//	QPoint                 QPoint                   QPoint                  1-24      5 6  2: 32 bits, and so QSize, QRect, QLine, QPolygon
//	QPointF                QPointF                  QPointF                 1-24      5 6  as double, and so all with F
//	QSize                  QSize                    QSize                   1-24      5 6
//	QSizeF                 QSizeF                   QSizeF                  1-24      5 6
//	QRect                  QRect                    QRect                   1-24      5 6
//	QRectF                 QRectF                   QRectF                  1-24      5 6
//	QLine                  QLine                    QLine                   1-24      5 6
//	QLineF                 QLineF                   QLineF                  1-24      5 6
//	QMargins               QMargins                 QMargins                1-24      5 6
//	QMarginsF              QMarginsF                QMarginsF               1-24      5 6
//	QPolygon               []QPoint                 QPolygon                1-24      5 6
//	QPolygonF              []QPointF                QPolygonF               1-24      5 6
//	QMatrix                QMatrix                  QMatrix                 1-19      5    as double
//	QTransform             QTransform               QTransform              1-24      5 6  as double
//	QMatrix4x4             QMatrix4x4               QMatrix4x4              1-24      5 6  as float, and so those with D, and QQuaternion
//	QVector2D              QVector2D                QVector2D               1-24      5 6
//	QVector3D              QVector3D                QVector3D               1-24      5 6
//	QVector4D              QVector4D                QVector4D               1-24      5 6
//	QQuaternion            QQuaternion              QQuaternion             1-24      5 6
//	QColor                 QColor                   QColor                  1-24      5 6  7: alpha, and other models than RGB
//	QImage                 QImage                   QImage                  2-24      5 6  5: a marker comes first, so that null is possible
//	QPixmap                QImage                   QPixmap                 2-24      5 6  as QImage
//	QBitmap                QImage                   QBitmap                 2-24      5 6  as QImage
//	QIcon                  QIcon                    QIcon                   2-24      5 6  8: several pixmaps; 9: name of an engine
//	QCursor                QCursor                  QCursor                 1-24      5 6  7: pixmaps
//	QKeySequence           QKeySequence             QKeySequence            1-24      5 6  5: more than one key
//	QRegion                []QRect                  QRegion                 1-24      5 6  2: one list of rectangles
//	QBrush                 QBrush                   QBrush                  1-24      5 6  7: gradients, images; 9: transform; 11, 18, 20: gradients
//	QPen                   QPen                     QPen                    1-24      5 6  3: cap and join; 7: brush, dashes; 9: cosmetic; 13: width 0
//	QPalette               QPalette                 QPalette                1-24      5 6  2, 4, 10, 18, 21: more roles
//	QFont                  QFont                    QFont                   1-24      5 6  4, 5, 7, 9, 10, 11, 16, 17, 19, 20, 21, 22: more fields
//	QTextLength            QTextLength              QTextLength             1-24      5 6  as double
//	QTextFormat            QTextFormat              QTextFormat             1-24      5 6  20: numbers of properties; 24: two more properties
//	QColorSpace            []byte                   QColorSpace             1-24      5 6  as QByteArray
//	QSizePolicy            QSizePolicy              QSizePolicy             1-24      5 6
//
// # Where this package differs from Qt
//
//   - After an error Qt goes on reading whatever follows. A Reader stays where the failed value began and reads
//     nothing more. Unknown values of enumerations, which Qt takes without a word, are errors.
//   - A QVariant of a type that Qt does not know is invalid to Qt, which goes on in the middle of its value. Here it is an
//     error.
//   - A Go string has no place for an unpaired UTF-16 surrogate. It is read as U+FFFD. Nor is a string null: where a value
//     is not a nullable QString by itself, a null one reads as an empty one, which Qt takes to be equal.
//   - A QImage counts as read once its PNG file is whole; the pixels are looked at by [QImage.Decode]. Qt accepts
//     a file that lacks bytes of the last checksum, a Reader does not.
//   - A null QImage before version 5, of which Qt writes nothing, and the BMP file of version 1 are refused.
//   - Before version 6 Qt reads the two halves of a 64-bit integer in the wrong order, a Reader reads what Qt wrote.
//   - A qfloat16 in a QVariant of version 20 is written by its name, which Qt 6.0 to 6.5 all read; Qt 6.5 writes a number
//     that earlier ones do not know. Qt 5 has a number for QColorSpace in versions 7 to 12, where Qt 6 and this package
//     write its name.
package datastream
