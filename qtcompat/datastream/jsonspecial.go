package datastream

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

func (w *jsonWriter) date(d QDate) {
	switch t := d.Time(); {
	case !d.Valid:
		w.raw("null")
	case t.Year() < 1 || t.Year() > 9999:
		w.b = fmt.Append(w.b, d.JulianDay)
	default:
		w.b = t.AppendFormat(w.b, `"2006-01-02"`)
	}
}

func (n jsonNode) date() (QDate, error) {
	if n.isNull() {
		return QDate{}, nil
	}
	t, err := time.Parse(time.DateOnly, n.string())
	if err == nil && t.Year() > 0 {
		return QDateOf(t), nil
	}
	day, err := strconv.ParseInt(string(n.raw), 10, 64)
	if err != nil || day < minJulianDay || day > maxJulianDay {
		return QDate{}, n.isNot(fmt.Sprintf(`null, a date such as "2024-02-29" or a Julian day from %d to %d`, int64(minJulianDay), int64(maxJulianDay)))
	}
	return QDate{day, true}, nil
}

func (w *jsonWriter) time(t QTime) {
	if !t.Valid {
		w.raw("null")
		return
	}
	w.b = time.UnixMilli(int64(t.Milliseconds)).UTC().AppendFormat(w.b, `"15:04:05.000"`)
}

func (n jsonNode) time() (QTime, error) {
	if n.isNull() {
		return QTime{}, nil
	}
	t, err := time.Parse(time.TimeOnly, n.string()) // which allows a fraction behind the seconds
	if err != nil || t.Nanosecond()%1e6 != 0 {
		return QTime{}, n.isNot(`null or a time such as "01:02:03.004"`)
	}
	return QTimeOf(t), nil
}

func (w *jsonWriter) uuid(id [16]byte) {
	w.b = fmt.Appendf(w.b, `"%x-%x-%x-%x-%x"`, id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

func (n jsonNode) uuid() (id [16]byte, err error) {
	digits, err := hex.DecodeString(strings.ReplaceAll(n.string(), "-", ""))
	if err != nil || len(digits) != len(id) {
		return id, n.isNot(`a UUID such as "67c8770b-44f1-410a-ab9a-f9b5446f13ee"`)
	}
	return [16]byte(digits), nil
}

func (w *jsonWriter) bits(bits []bool) {
	if bits == nil {
		w.raw("null")
		return
	}
	w.raw(`"`)
	for _, bit := range bits {
		if bit {
			w.raw("1")
		} else {
			w.raw("0")
		}
	}
	w.raw(`"`)
}

func (n jsonNode) bits() ([]bool, error) {
	if n.isNull() {
		return nil, nil
	}
	digits := n.string()
	if n.kind() != '"' || strings.Trim(digits, "01") != "" {
		return nil, n.isNot("a string of the digits 0 and 1")
	}
	bits := make([]bool, len(digits))
	for i := range bits {
		bits[i] = digits[i] == '1'
	}
	return bits, nil
}

// document appends JSON text of an object or an array, null if it is empty.
func (w *jsonWriter) document(text json.RawMessage) {
	switch err := checkJSON(text, "{[", defaultDepth); {
	case len(text) == 0:
		w.raw("null")
	case err != nil:
		w.err = fmt.Errorf("datastream: cannot write JSON: %w", err)
	default:
		w.b = append(w.b, text...)
	}
}

// jsonValue appends a value as AppendQJsonValue takes it.
func (w *jsonWriter) jsonValue(c *codec, v any) {
	switch number, ok := v.(float64); {
	case v == any(QJsonUndefined{}):
		w.raw("{")
	case ok && (math.IsNaN(number) || math.IsInf(number, 0)):
		w.raw(`{"double":`)
		w.float(number, 64)
	case v == nil:
		w.raw(`{"json":null`)
	default:
		w.raw(`{"json":`)
		if s, ok := v.(string); ok {
			v = string([]rune(s)) // what is not UTF-8 becomes U+FFFD, as in a stream
		}
		if _, w.err = c.append(Format{}, nil, v); w.err == nil {
			w.walk(c, reflect.ValueOf(v))
		}
	}
	w.raw("}")
}

func (n jsonNode) jsonValue() (any, error) {
	var form struct {
		JSON   jsonNode `json:"json"`
		Double jsonNode `json:"double"`
	}
	err := n.setFields(nil, reflect.ValueOf(&form).Elem())
	switch {
	case err != nil:
		return nil, err
	case len(n.items) > 2:
		return nil, n.isNot(`an object with "json" or "double"`)
	case form.Double.raw != nil:
		return form.Double.valueAt(".double", byName["double"])
	case form.JSON.raw == nil:
		return QJsonUndefined{}, nil
	case form.JSON.isNull():
		return nil, nil
	}
	typ := form.JSON.plainType()
	switch typ {
	case "int":
		typ = "double"
	case "QVariantList", "QVariantMap":
		typ = "QJsonDocument"
	}
	return form.JSON.valueAt(".json", byName[typ])
}
