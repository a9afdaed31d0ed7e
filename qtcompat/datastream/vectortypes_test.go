package datastream

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
)

// vectorType says how a test reads the VALUE of one type in testdata, and how this package writes it.
type vectorType struct {
	parse  func(t *testing.T, value string) any
	append func(f Format, b []byte, v any) ([]byte, error)
	lossy  func(f Format, v any) any // v as it comes back; nil: as it is
}

// vectorTypes has a row for each basic type. everyRead reads them.
var vectorTypes = map[string]vectorType{
	"quint8":     vector(fromJSON[uint8], Format.AppendUint8),
	"quint16":    vector(fromJSON[uint16], Format.AppendUint16),
	"quint32":    vector(fromJSON[uint32], Format.AppendUint32),
	"quint64":    vector(fromJSON[uint64], Format.AppendUint64),
	"qint8":      vector(fromJSON[int8], Format.AppendInt8),
	"qint16":     vector(fromJSON[int16], Format.AppendInt16),
	"qint32":     vector(fromJSON[int32], Format.AppendInt32),
	"qint64":     vector(fromJSON[int64], Format.AppendInt64),
	"bool":       vector(fromJSON[bool], Format.AppendBool),
	"float":      vector(parseFloat, Format.AppendFloat32),
	"double":     vector(parseDouble, Format.AppendFloat64).loses(roundToSingle),
	"QString":    vector(fromJSON[*string], appendNullable(Format.AppendQString, Format.AppendNullQString)).loses(oldQString),
	"QByteArray": vector(parseBytes, Format.AppendQByteArray).loses(oldQByteArray),
	"cstring":    vector(parseCString, appendNullable(Format.AppendCString, Format.AppendNullCString)),
	"QImage":     {}, // Qt's PNG files differ: see TestPaintingLikeQt
}

// nullableRead replaces those of everyRead that do not tell null from empty.
var nullableRead = map[string]func(*Reader) any{
	"QString": func(r *Reader) any { return nullable(r.NullableQString()) },
	"cstring": func(r *Reader) any { return nullable(r.NullableCString()) },
}

func vector[T any](parse func(*testing.T, string) T, app func(Format, []byte, T) []byte) vectorType {
	return vectorType{
		parse:  func(t *testing.T, s string) any { return parse(t, s) },
		append: func(f Format, b []byte, v any) ([]byte, error) { return app(f, b, v.(T)), nil },
	}
}

func (v vectorType) loses(lossy func(Format, any) any) vectorType {
	v.lossy = lossy
	return v
}

func fromJSON[T any](t *testing.T, s string) (v T) {
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatalf("value %s: %v", s, err)
	}
	return v
}

func parseFloat(t *testing.T, s string) float32 {
	v, err := strconv.ParseFloat(strings.Trim(s, `"`), 32)
	if err != nil {
		t.Fatal(err)
	}
	if math.IsNaN(v) {
		return math.Float32frombits(0x7fc00000)
	}
	return float32(v)
}

func parseDouble(t *testing.T, s string) float64 {
	v, err := strconv.ParseFloat(strings.Trim(s, `"`), 64)
	if err != nil {
		t.Fatal(err)
	}
	if math.IsNaN(v) {
		return math.Float64frombits(0x7ff8000000000000)
	}
	return v
}

// parseBytes takes each character for one byte.
func parseBytes(t *testing.T, s string) []byte {
	text := fromJSON[*string](t, s)
	if text == nil {
		return nil
	}
	b := []byte{}
	for _, r := range *text {
		b = append(b, byte(r))
	}
	return b
}

func parseCString(t *testing.T, s string) *string {
	b := parseBytes(t, s)
	return nullable(string(b), b != nil)
}

func nullable(s string, ok bool) *string {
	if !ok {
		return nil
	}
	return &s
}

func appendNullable(app func(Format, []byte, string) []byte, null func(Format, []byte) []byte) func(Format, []byte, *string) []byte {
	return func(f Format, b []byte, s *string) []byte {
		if s == nil {
			return null(f, b)
		}
		return app(f, b, *s)
	}
}

func roundToSingle(f Format, v any) any {
	if f.Precision == Single && f.version() >= 12 {
		return float64(float32(v.(float64)))
	}
	return v
}

func oldQString(f Format, v any) any {
	s := v.(*string)
	if s == nil && f.version() < 3 {
		return nullable("", true)
	}
	if s == nil || f.version() > 1 {
		return v
	}
	latin := strings.Map(func(r rune) rune {
		if r > 0xff && r < 0x10000 {
			return '?'
		}
		return r
	}, *s)
	return nullable(strings.ReplaceAll(latin, "\U0001f600", "??"), true)
}

func oldQByteArray(f Format, v any) any {
	if v.([]byte) == nil && f.version() < 6 {
		return []byte{}
	}
	return v
}

// readVector reads a value of the type.
func readVector(typ string, r *Reader) any {
	if read := nullableRead[typ]; read != nil {
		return read(r)
	}
	return everyRead[typ](r)
}
