package datastream

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// All that the table of types consists of has a JSON form.
func TestJSONTags(t *testing.T) {
	for _, b := range builtins() {
		if b.goType != nil {
			checkTags(t, b.name, b.goType)
		}
	}
}

func checkTags(t *testing.T, path string, typ reflect.Type) {
	t.Helper()
	switch typ.Kind() {
	case reflect.Slice, reflect.Array, reflect.Pointer:
		checkTags(t, path, typ.Elem())
	case reflect.Struct:
		if (&jsonWriter{}).special(reflect.Zero(typ).Interface()) {
			return
		}
		for i := range typ.NumField() {
			field := typ.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if strings.Trim(name, lettersAndDigits) != "" || name == "" || strings.ToLower(name[:1]) != name[:1] {
				t.Errorf("%s.%s has the json tag %q", path, field.Name, name)
			}
			checkTags(t, path+"."+field.Name, field.Type)
		}
	case reflect.Interface, reflect.Map, reflect.Chan, reflect.Func:
		t.Errorf("%s has the Go type %s", path, typ)
	}
}

const lettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

func TestJSONOmitsZero(t *testing.T) {
	type part struct {
		A int32 `json:"a,omitzero"`
		B int32 `json:"b"`
	}
	for want, v := range map[string]part{`{"b":0}`: {}, `{"a":1,"b":2}`: {1, 2}} {
		var w jsonWriter
		if w.walk(&codec{}, reflect.ValueOf(v)); w.err != nil || string(w.b) != want {
			t.Errorf("%+v is written as %s, %v, want %s", v, w.b, w.err, want)
		}
	}
}

// A type of another Go type than its spelling has, as TypeFor makes it.
func TestJSONOfOtherGoTypes(t *testing.T) {
	type pt struct{ X, Y int32 }
	app := func(f Format, b []byte, v pt) []byte { return f.AppendInt32(f.AppendInt32(b, v.X), v.Y) }
	typ := Type{leaf("struct<int,int>", app, func(r *Reader) pt { return pt{r.Int32(), r.Int32()} })}
	text, err := typ.AppendJSON(nil, pt{1, 2})
	if err != nil || string(text) != "[1,2]" {
		t.Errorf("%s, %v", text, err)
	}
	if v, err := typ.ParseJSON(text); err != nil || v != (pt{1, 2}) {
		t.Errorf("%v, %v", v, err)
	}
	notParsed := func(text string) {
		t.Helper()
		if v, err := typ.ParseJSON([]byte(text)); v != nil || err == nil {
			t.Errorf("%s: %v, %v", text, v, err)
		}
	}
	notParsed("[1]")
	if text, err := typ.AppendJSON([]byte("head"), 1); string(text) != "head" || err == nil {
		t.Errorf("%s, %v", text, err)
	}
	v := typ.Variant("Pt", pt{1, 2})
	if text, err = v.MarshalJSON(); err != nil || string(text) != `{"type":"Pt","as":"struct<int,int>","value":[1,2]}` {
		t.Errorf("%s, %v", text, err)
	}
	want, _ := Format{}.AppendQVariant(nil, v)
	if err := v.UnmarshalJSON(text); err != nil {
		t.Fatal(err)
	}
	if b, err := (Format{}).AppendQVariant(nil, v); err != nil || string(b) != string(want) {
		t.Errorf("%+v is written as %x, %v, want %x", v, b, err, want)
	}
	typ = Type{leaf("pt", app, func(*Reader) (v pt) { return v })}
	if text, err := typ.AppendJSON(nil, pt{}); text != nil || !errors.Is(err, ErrUnknownType) {
		t.Errorf("%s, %v", text, err)
	}
	notParsed("[1,2]")
}
