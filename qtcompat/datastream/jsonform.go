package datastream

import "fmt"

// AppendJSON appends a value of the type as JSON, of which [Type.ParseJSON] makes the same value:
//
//	bool                      true or false
//	integers, QChar           a number
//	float, double, qfloat16   a number, or "nan", "inf", "-inf"
//	QString, QUrl, QLocale    a string; null for a null QString; {"base64": "..."} if it is not UTF-8, as a const char* may be
//	QByteArray, raw<N>, CBOR  a string if it is printable UTF-8, else {"base64": "..."}; null for a null QByteArray
//	QUuid                     "67c8770b-44f1-410a-ab9a-f9b5446f13ee"
//	QBitArray                 "1011", the first bit first
//	QDate                     "2024-02-29", or the Julian day for a year before 1 or after 9999; null for QDate()
//	QTime                     "01:02:03.004"; null for QTime()
//	QJsonObject, QJsonArray   the JSON itself; QJsonDocument, too: null is the null document
//	QJsonValue                {"json": value}; {} for undefined; {"double": "nan"} for a number that JSON does not have
//	QList and others          an array
//	QPair                     [first, second]
//	QMap, QHash               an object if all keys are texts, in the order of the stream: a name may come twice; else [[key, value], ...]
//	fields of a struct        an array
//	other types               an object, with the names in the json tags of the Go type; an array if that is an array
//	std::nullptr_t            null
//
// A QVariant is null if it is invalid. A bool, a QString that is not null, an int, a double with a fraction, a QVariantList and
// a QVariantMap without a key "type" are their values. All others are {"type": "QPoint", "value": {"x": 1, "y": 2}}; there
// "null": true stands for Variant.Null, and "as" has the spelling of a user type, of which "type" has the name.
//
// The Go types are those for [Type.Append], and play no part: a type from [TypeFor] has the form of its spelling. On error it
// returns b as it was.
func (t Type) AppendJSON(b []byte, v any) ([]byte, error) {
	w := jsonWriter{b: b}
	if w.value(t.codec, v); w.err != nil {
		return b, w.err
	}
	return w.b, nil
}

// ParseJSON returns the value that JSON text in the form of [Type.AppendJSON] stands for. Members of an object that are left
// out are zero; members of other names are errors, as are numbers out of range and text after the value. Errors name the part
// of the text, such as [3].color.alpha. More than 2048 arrays and objects within one another are an error that wraps
// [ErrTooLarge]. Whether a value fits into a stream is for [Type.Append] to check.
func (t Type) ParseJSON(text []byte) (any, error) {
	n, err := parseJSON(text)
	if err == nil {
		var v any
		if v, err = n.value(t.codec); err == nil {
			return v, nil
		}
	}
	return nil, fmt.Errorf("datastream: cannot read %s from JSON: %w", t.name, err)
}
