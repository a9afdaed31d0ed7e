package datastream

import (
	"reflect"
	"strings"
)

// jsonField is a field of a struct that is a member of an object in JSON.
type jsonField struct {
	name     string
	omitZero bool // from the object
	value    reflect.Value
}

func (f jsonField) String() string { return f.name }

// jsonFields returns the fields of a struct, all of which have json tags.
func jsonFields(v reflect.Value) (fields []jsonField) {
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		fields = append(fields, jsonField{name, options == "omitzero", v.Field(i)})
	}
	return fields
}

// isPair reports whether t is a QPair.
func isPair(t reflect.Type) bool {
	return t.PkgPath() == reflect.TypeFor[Variant]().PkgPath() && strings.HasPrefix(t.Name(), "QPair[")
}
