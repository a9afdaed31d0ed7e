package datastream

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

// recorded is a line of testdata/vectors: what QDataStream of a real Qt makes of a value, and reads again.
type recorded struct {
	typ, value, read string
	bytes            []byte
}

// eachRecorded calls fn for what is recorded of a type, in each format, and reports how often that was.
func eachRecorded(t *testing.T, typ string, fn func(f Format, line recorded)) (lines int) {
	t.Helper()
	for _, l := range vectors(t) {
		if l.typ == typ {
			lines++
			fn(l.f, l.recorded)
		}
	}
	return lines
}

// fill sets v to a value as it is recorded: JSON, in which numbers that JSON does not have are strings.
func fill(t *testing.T, v reflect.Value, value string) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(value))
	d.UseNumber()
	var from any
	if err := d.Decode(&from); err != nil {
		t.Fatalf("%s: %v", value, err)
	}
	set(t, v, from)
}

func set(t *testing.T, v reflect.Value, from any) {
	t.Helper()
	switch from := from.(type) {
	case map[string]any:
		for i := range v.NumField() {
			set(t, v.Field(i), from[v.Type().Field(i).Tag.Get("json")])
		}
	case []any:
		if v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), len(from), len(from)))
		}
		for i := range from {
			set(t, v.Index(i), from[i])
		}
	case bool:
		v.SetBool(from)
	default: // a number
		if _, err := fmt.Sscan(fmt.Sprint(from), v.Addr().Interface()); err != nil {
			t.Fatalf("%v: %v", from, err)
		}
	}
}

// likeQt checks that values of a type are written as real Qt writes them, with no allocation, and read as it reads them; that
// no beginning of the bytes is a value; and that what was read is written as it was.
func likeQt[T any](t *testing.T, typ string, app func(Format, []byte, T) []byte, read func(*Reader) T) {
	t.Helper()
	lines := eachRecorded(t, typ, func(f Format, line recorded) {
		var v, want T
		fill(t, reflect.ValueOf(&v).Elem(), line.value)
		fill(t, reflect.ValueOf(&want).Elem(), line.read)
		if got := app(f, nil, v); string(got) != string(line.bytes) {
			t.Errorf("%s %+v: %s is written as %x, by Qt as %x", typ, f, line.value, got, line.bytes)
		}
		buf := make([]byte, 0, len(line.bytes))
		if n := testing.AllocsPerRun(1, func() { app(f, buf, v) }); n != 0 {
			t.Errorf("%s %+v: %s: %v allocations", typ, f, line.value, n)
		}
		r := NewReader(f, append(line.bytes, 0xee), Limits{})
		got := read(r)
		if r.Err() != nil || r.Remaining() != 1 || !same(got, want) {
			t.Errorf("%s %+v: %x reads as %+v, %d bytes left, %v; want %+v", typ, f, line.bytes, got, r.Remaining()-1, r.Err(), want)
		}
		for n := range line.bytes {
			r := NewReader(f, line.bytes[:n:n], Limits{})
			if got := read(r); r.Err() == nil || !reflect.ValueOf(&got).Elem().IsZero() || r.Offset() != 0 {
				t.Errorf("%s %+v: %x reads as %+v, %v", typ, f, line.bytes[:n], got, r.Err())
			}
		}
	})
	if lines == 0 {
		t.Errorf("nothing is recorded of %s", typ)
	}
}

// same compares two values; a NaN equals a NaN and 0 is not -0.
func same(a, b any) bool {
	if a == nil || b == nil {
		return a == b
	}
	return equal(reflect.ValueOf(a), reflect.ValueOf(b))
}

func equal(a, b reflect.Value) bool {
	if a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		return math.Float64bits(a.Float()) == math.Float64bits(b.Float()) || math.IsNaN(a.Float()) && math.IsNaN(b.Float())
	case reflect.Struct:
		return allEqual(a.NumField(), a.Field, b.Field)
	case reflect.Slice:
		return a.Len() == b.Len() && a.IsNil() == b.IsNil() && allEqual(a.Len(), a.Index, b.Index)
	case reflect.Array:
		return allEqual(a.Len(), a.Index, b.Index)
	case reflect.Interface, reflect.Pointer:
		if a.IsNil() || b.IsNil() || a.Type() == reflect.TypeFor[*codec]() {
			return a.IsNil() == b.IsNil() // codecs have names, which are beside them
		}
		return equal(a.Elem(), b.Elem())
	}
	return a.Equal(b)
}

func allEqual(n int, a, b func(int) reflect.Value) bool {
	for i := range n {
		if !equal(a(i), b(i)) {
			return false
		}
	}
	return true
}
