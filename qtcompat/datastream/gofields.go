package datastream

import (
	"fmt"
	"reflect"
	"strings"
)

// field is a field of a struct.
type field struct {
	goName string
	index  int
	*binding
}

func (m binder) structure(t reflect.Type) (*binding, error) {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("qt")
		if tag == "-" || tag == "" && !f.IsExported() && !f.Anonymous {
			continue
		}
		c, err := m.field(f, tag)
		if err != nil {
			return nil, inField(f.Name, err)
		}
		fields = append(fields, field{f.Name, i, c})
	}
	switch {
	case len(fields) == 0:
		return nil, unsupported(t, `no field of it is exported: use exported fields, or leave it out with the tag qt:"-"`)
	case isPair(t):
		return bindStruct("QPair", spelled("QPair<"+joinFields(fields)+">"), fields), nil
	case t.Name() == "":
		return bindStruct("struct", "struct<"+joinFields(fields)+">", fields), nil
	}
	return bindStruct(t.String(), "struct<"+joinFields(fields)+">", fields), nil
}

func joinFields(fields []field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return strings.Join(names, ",")
}

func (m binder) field(f reflect.StructField, tag string) (*binding, error) {
	if !f.IsExported() {
		return nil, unsupported(f.Type, `the field is not exported: export it, or leave it out with the tag qt:"-"`)
	}
	if tag == "" {
		return m.bind(f.Type)
	}
	want, err := ParseType(tag, nil)
	if err != nil {
		return nil, inner(err)
	}
	c, err := m.bindAs(f.Type, want.codec)
	if err != nil {
		return nil, fmt.Errorf("tag qt:%q: %w", tag, err)
	}
	return c, nil
}

// bindAs returns the binding of a Go type to the Qt type that a tag spells.
func (m binder) bindAs(t reflect.Type, want *codec) (*binding, error) {
	switch text := want.goType == reflect.TypeFor[string](); {
	case t == anyType:
		return bindAny(want), nil
	case t == stringPointer && text && want.takesNil():
		return bindNullable(want), nil
	case want.kind == leafKind && want.goType != nil && likeType(t, want.goType):
		return bindLeaf(t, want), nil
	case t.Kind() == reflect.Array && likeType(t.Elem(), reflect.TypeFor[byte]()) && want.name == fmt.Sprintf("raw<%d>", t.Len()):
		return bindRaw(want.name, t.Len()), nil
	}
	if parts := want.partsFor(t); parts != nil {
		return m.containerAs(t, want.name, parts)
	}
	if c, err := m.bind(t); err == nil && c.name == want.name {
		return c, nil
	}
	if want.kind == leafKind && want.goType != nil {
		return nil, unsupported(t, fmt.Sprintf("a %s is a Go %s", want.name, want.goType))
	}
	return nil, unsupported(t, "it is no "+want.name)
}

// partsFor returns the codecs of the parts of a container if t is a Go type for it, else nil.
func (c *codec) partsFor(t reflect.Type) []*codec {
	texts := c.goType == reflect.TypeFor[VariantMap]()
	switch {
	case t.Kind() == reflect.Map && texts:
		return []*codec{byName["QString"], byName["QVariant"]}
	case t.Kind() == reflect.Map && c.kind == pairsKind && sortable(t.Key()) && !strings.HasPrefix(c.name, "QMulti"):
		return c.parts
	case t.Kind() == reflect.Slice && c.kind == pairsKind && isPair(t.Elem()):
		return c.parts
	case t.Kind() == reflect.Slice && c.kind == listKind:
		return c.parts
	case c.kind == pairKind && isPair(t):
		return c.parts
	}
	return nil
}

// containerAs returns the binding of a Go type to a container.
func (m binder) containerAs(t reflect.Type, name string, parts []*codec) (*binding, error) {
	var types []reflect.Type
	switch {
	case t.Kind() == reflect.Map:
		types = []reflect.Type{t.Key(), t.Elem()}
	case t.Kind() == reflect.Struct:
		types = []reflect.Type{t.Field(0).Type, t.Field(1).Type}
	case len(parts) == 2:
		entry, err := m.containerAs(t.Elem(), "", parts)
		if err != nil {
			return nil, err
		}
		return bindList(t, name, entry), nil
	default:
		types = []reflect.Type{t.Elem()}
	}
	bound := make([]*binding, len(types))
	for i, part := range types {
		c, err := m.bindAs(part, parts[i])
		if err != nil {
			return nil, err
		}
		bound[i] = c
	}
	switch t.Kind() {
	case reflect.Map:
		return bindMap(t, name, bound[0], bound[1]), nil
	case reflect.Struct:
		return bindStruct("QPair", name, []field{{"First", 0, bound[0]}, {"Second", 1, bound[1]}}), nil
	}
	return bindList(t, name, bound[0]), nil
}
