package datastream

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
)

// jsonWriter appends values as JSON to b, until the first error.
type jsonWriter struct {
	b   []byte
	err error
}

func (w *jsonWriter) raw(text string) { w.b = append(w.b, text...) }

// value appends a value of the type of c.
func (w *jsonWriter) value(c *codec, v any) {
	plain, err := c.spelled()
	if err == nil && plain != c {
		v, err = convert(v, c, plain)
	}
	if err != nil {
		w.err = err
		return
	}
	w.plainValue(plain, v)
}

func (w *jsonWriter) plainValue(c *codec, v any) {
	switch t := reflect.TypeOf(v); {
	case c.name == "QJsonValue":
		w.jsonValue(c, v)
	case t == nil && c.takesNil():
		w.raw("null")
	case t == nil || t != c.valueType() || c.kind == sequenceKind && reflect.ValueOf(v).Len() != len(c.parts):
		_, err := c.append(Format{}, nil, v) // says what v should be
		w.err = cmp.Or(err, wrongGoType(c.name, v, "a type with a JSON form"))
	default:
		w.walk(c, reflect.ValueOf(v))
	}
}

// part appends a part of a value of the type of c: of a leaf, or value i of a container.
func (w *jsonWriter) part(c *codec, i int, v reflect.Value) {
	if v.Kind() == reflect.Interface && c.kind != leafKind {
		w.value(c.part(i), v.Interface())
		return
	}
	w.walk(c, v)
}

func (w *jsonWriter) walk(c *codec, v reflect.Value) {
	switch t := v.Type(); v.Kind() {
	case reflect.Bool:
		w.b = strconv.AppendBool(w.b, v.Bool())
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Int:
		w.b = strconv.AppendInt(w.b, v.Int(), 10)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uint:
		w.b = strconv.AppendUint(w.b, v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		w.float(v.Float(), t.Bits())
	case reflect.String:
		w.text(v.String())
	case reflect.Array, reflect.Slice, reflect.Struct:
		if !w.special(v.Interface()) {
			w.composite(c, v)
		}
	case reflect.Pointer:
		if v.IsNil() {
			w.raw("null")
			return
		}
		w.walk(c, v.Elem())
	default:
		w.err = fmt.Errorf("datastream: Go type %s has no JSON form", t)
	}
}

// special appends a value whose JSON form its Go type does not tell.
func (w *jsonWriter) special(v any) bool {
	switch v := v.(type) {
	case Variant:
		w.variant(v)
	case QDate:
		w.date(v)
	case QTime:
		w.time(v)
	case []byte:
		w.byteArray(v)
	case [16]byte:
		w.uuid(v)
	case []bool:
		w.bits(v)
	case json.RawMessage:
		w.document(v)
	default:
		return false
	}
	return true
}

func (w *jsonWriter) composite(c *codec, v reflect.Value) {
	switch t := v.Type(); {
	case v.Kind() == reflect.Slice && v.IsNil():
		w.raw("null")
	case v.Kind() == reflect.Slice && isPair(t.Elem()):
		w.entries(c, v)
	case isPair(t):
		w.list("[]", 2, func(i int) { w.part(c, i, v.Field(i)) })
	case v.Kind() == reflect.Struct:
		fields := slices.DeleteFunc(jsonFields(v), func(f jsonField) bool { return f.omitZero && f.value.IsZero() })
		w.list("{}", len(fields), func(i int) {
			w.text(fields[i].name)
			w.raw(":")
			w.walk(c, fields[i].value)
		})
	default:
		w.list("[]", v.Len(), func(i int) { w.part(c, i, v.Index(i)) })
	}
}

// entries appends the entries of a map: an object if all keys are strings in JSON.
func (w *jsonWriter) entries(c *codec, v reflect.Value) {
	start, names := len(w.b), true
	for i := 0; i < v.Len() && names && w.err == nil; i++ {
		w.part(c, 0, v.Index(i).Field(0))
		names = w.err == nil && w.b[start] == '"'
		w.b = w.b[:start]
	}
	if !names {
		w.list("[]", v.Len(), func(i int) { w.walk(c, v.Index(i)) })
		return
	}
	w.list("{}", v.Len(), func(i int) {
		w.part(c, 0, v.Index(i).Field(0))
		w.raw(":")
		w.part(c, 1, v.Index(i).Field(1))
	})
}

// list appends n items in brackets, with commas between them.
func (w *jsonWriter) list(brackets string, n int, item func(i int)) {
	w.raw(brackets[:1])
	for i := 0; i < n && w.err == nil; i++ {
		if i > 0 {
			w.raw(",")
		}
		item(i)
	}
	w.raw(brackets[1:])
}

// float appends the shortest number that is v with so many bits.
func (w *jsonWriter) float(v float64, bits int) {
	switch {
	case math.IsNaN(v):
		w.raw(`"nan"`)
	case math.IsInf(v, 1):
		w.raw(`"inf"`)
	case math.IsInf(v, -1):
		w.raw(`"-inf"`)
	default:
		w.b = strconv.AppendFloat(w.b, v, 'g', -1, bits)
	}
}
