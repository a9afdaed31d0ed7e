package datastream

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"unicode/utf8"
)

// MarshalJSON returns v in the form of [Type.AppendJSON].
func (v Variant) MarshalJSON() ([]byte, error) {
	var w jsonWriter
	w.variant(v)
	return w.b, w.err
}

// UnmarshalJSON sets v to what the text says in the form of [Type.AppendJSON]. After an error v is as it was.
func (v *Variant) UnmarshalJSON(text []byte) error {
	n, err := parseJSON(text)
	if err == nil {
		var read Variant
		if read, err = n.variant(); err == nil {
			*v = read
			return nil
		}
	}
	return fmt.Errorf("datastream: cannot read QVariant from JSON: %w", err)
}

func (w *jsonWriter) variant(v Variant) {
	c, err := v.codec()
	switch {
	case err != nil:
		w.err = err
	case c == nil:
		w.raw("null")
	case v.isPlain():
		w.value(c, v.Value)
	default:
		w.raw(`{"type":`)
		w.text(v.Type)
		if v.as != nil {
			w.raw(`,"as":`)
			w.text(c.name)
		}
		if v.Null {
			w.raw(`,"null":true`)
		}
		w.raw(`,"value":`)
		w.value(c, v.Value)
		w.raw("}")
	}
}

// isPlain reports whether the JSON of the value tells its type: see plainType.
func (v Variant) isPlain() bool {
	if v.Null || v.as != nil {
		return false
	}
	switch value := v.Value.(type) {
	case bool:
		return v.Type == "bool"
	case int32:
		return v.Type == "int"
	case float64:
		return v.Type == "double" && !math.IsNaN(value) && value != math.Trunc(value)
	case string:
		return v.Type == "QString" && utf8.ValidString(value)
	case []Variant:
		return v.Type == "QVariantList" && value != nil
	case VariantMap:
		odd := func(e QPair[string, Variant]) bool { return e.First == "type" || !utf8.ValidString(e.First) }
		return v.Type == "QVariantMap" && value != nil && !slices.ContainsFunc(value, odd)
	}
	return false
}

// plainType returns the type of a QVariant that is nothing but its value.
func (n jsonNode) plainType() string {
	switch n.kind() {
	case '"':
		return "QString"
	case '[':
		return "QVariantList"
	case '{':
		return "QVariantMap"
	case 't', 'f':
		return "bool"
	}
	if bytes.ContainsAny(n.raw, ".eE") {
		return "double"
	}
	return "int"
}

func (n jsonNode) variant() (v Variant, err error) {
	if n.isNull() {
		return v, nil
	}
	if _, typed := n.member("type"); typed {
		return n.typedVariant()
	}
	v.Type = n.plainType()
	v.Value, err = n.value(byName[v.Type])
	return v, err
}

func (n jsonNode) typedVariant() (v Variant, err error) {
	form := struct {
		Type  string   `json:"type"`
		As    string   `json:"as"`
		Null  bool     `json:"null"`
		Value jsonNode `json:"value"`
	}{Value: jsonNode{raw: []byte("null")}}
	if err := n.setFields(nil, reflect.ValueOf(&form).Elem()); err != nil {
		return v, err
	}
	c, err := parseType(cmp.Or(form.As, form.Type), nil)
	if err != nil {
		return v, err
	}
	v.Type, v.Null = form.Type, form.Null
	if form.As != "" {
		v.as = c
	}
	v.Value, err = form.Value.valueAt(".value", c)
	return v, err
}
