package datastream

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// AppendQJsonDocument appends a QJsonDocument: JSON text whose outermost value is an object or an array, as it is. Qt
// itself writes the compact form. Empty text is the null document. On error it returns b as it was; the error wraps
// [ErrCorrupt], or [ErrTooLarge] if more than 1024 arrays and objects lie within one another, which Qt does not read.
func (f Format) AppendQJsonDocument(b []byte, text json.RawMessage) ([]byte, error) {
	if len(text) == 0 {
		return f.AppendQByteArray(b, nil), nil
	}
	return f.appendJSON(b, "QJsonDocument", text, "{[")
}

// AppendQJsonObject appends a QJsonObject: JSON text of an object. For errors see [Format.AppendQJsonDocument].
func (f Format) AppendQJsonObject(b []byte, text json.RawMessage) ([]byte, error) {
	return f.appendJSON(b, "QJsonObject", text, "{")
}

// AppendQJsonArray appends a QJsonArray: JSON text of an array. For errors see [Format.AppendQJsonDocument].
func (f Format) AppendQJsonArray(b []byte, text json.RawMessage) ([]byte, error) {
	return f.appendJSON(b, "QJsonArray", text, "[")
}

// QJsonDocument reads a QJsonDocument as JSON text, nil for the null document. Here and in the others the text is
// checked, its depth against Limits.MaxDepth, and is a part of the bytes given to [NewReader], not a copy.
func (r *Reader) QJsonDocument() json.RawMessage { return r.json("QJsonDocument", "{[") }

// QJsonObject reads a QJsonObject as JSON text.
func (r *Reader) QJsonObject() json.RawMessage { return r.json("QJsonObject", "{") }

// QJsonArray reads a QJsonArray as JSON text.
func (r *Reader) QJsonArray() json.RawMessage { return r.json("QJsonArray", "[") }

// QJsonUndefined is the QJsonValue of type Undefined.
type QJsonUndefined struct{}

// The first byte of a QJsonValue (enum QJsonValue::Type in src/corelib/serialization/qjsonvalue.h).
const (
	jsonNull      = 0x00
	jsonBool      = 0x01
	jsonDouble    = 0x02
	jsonString    = 0x03
	jsonArray     = 0x04
	jsonObject    = 0x05
	jsonUndefined = 0x80
)

// AppendQJsonValue appends a QJsonValue: nil for null, a bool, a float64, a string, a json.RawMessage of an array or an
// object, or QJsonUndefined. On error it returns b as it was; the error wraps [ErrCorrupt] for any other type, and see
// [Format.AppendQJsonDocument].
func (f Format) AppendQJsonValue(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(b, jsonNull), nil
	case bool:
		return f.AppendBool(append(b, jsonBool), v), nil
	case float64:
		return f.AppendFloat64(append(b, jsonDouble), v), nil
	case string:
		return f.AppendQString(append(b, jsonString), v), nil
	case json.RawMessage:
		return f.appendJSONValue(b, v)
	case QJsonUndefined:
		return append(b, jsonUndefined), nil
	}
	return b, fmt.Errorf("datastream: cannot write QJsonValue: %w: Go type %T", ErrCorrupt, v)
}

func (f Format) appendJSONValue(b []byte, text json.RawMessage) ([]byte, error) {
	typ := byte(jsonArray)
	if firstOf(text) == '{' {
		typ = jsonObject
	}
	long, err := f.appendJSON(append(b, typ), "QJsonValue", text, "{[")
	if err != nil {
		return b, err
	}
	return long, nil
}

// QJsonValue reads a QJsonValue as [Format.AppendQJsonValue] takes it. It is nil after an error, too.
func (r *Reader) QJsonValue() any {
	return composite(r, "QJsonValue", func() any {
		switch typ := r.Uint8(); typ {
		case jsonNull:
			return nil
		case jsonBool:
			return r.Bool()
		case jsonDouble:
			return r.Float64()
		case jsonString:
			return r.QString()
		case jsonArray:
			return r.QJsonArray()
		case jsonObject:
			return r.QJsonObject()
		case jsonUndefined:
			return QJsonUndefined{}
		default:
			r.fail("QJsonValue", fmt.Errorf("%w: type %#02x", ErrCorrupt, typ))
			return nil
		}
	})
}

func (f Format) appendJSON(b []byte, typ string, text json.RawMessage, opening string) ([]byte, error) {
	if err := checkJSON(text, opening, defaultDepth); err != nil {
		return b, fmt.Errorf("datastream: cannot write %s: %w", typ, err)
	}
	return f.AppendQByteArray(b, text), nil
}

func (r *Reader) json(typ, opening string) json.RawMessage {
	return composite(r, typ, func() json.RawMessage {
		text := r.QByteArray()
		if len(text) == 0 && typ == "QJsonDocument" {
			return nil
		}
		if err := checkJSON(text, opening, r.maxDepth); r.err == nil && err != nil {
			r.fail(typ, err)
		}
		return text
	})
}

// checkJSON returns an error if text is not JSON that begins with one of the opening brackets.
func checkJSON(text []byte, opening string, most int) error {
	first := firstOf(text)
	switch {
	case first != opening[0] && first != opening[len(opening)-1]:
		return fmt.Errorf("%w: JSON text does not begin with %q", ErrCorrupt, opening)
	case jsonDepth(text) > most:
		return fmt.Errorf("%w: JSON is more than %d values deep, Limits.MaxDepth", ErrTooLarge, most)
	case !utf8.Valid(text) || !json.Valid(text):
		return fmt.Errorf("%w: not JSON", ErrCorrupt)
	}
	return nil
}

// firstOf returns the first byte of JSON text behind white space, 0 if there is none.
func firstOf(text []byte) byte {
	for _, c := range text {
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c
		}
	}
	return 0
}

// jsonDepth returns how many arrays and objects of JSON text lie within one another.
func jsonDepth(text []byte) (deepest int) {
	depth, quoted, escaped := 0, false, false
	for _, c := range text {
		switch {
		case escaped:
			escaped = false
		case c == '"':
			quoted = !quoted
		case quoted:
			escaped = c == '\\'
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}
