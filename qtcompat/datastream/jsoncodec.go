package datastream

import "reflect"

// valueType returns the Go type of the values, nil if there are several.
func (c *codec) valueType() reflect.Type {
	switch c.kind {
	case listKind, sequenceKind:
		return reflect.TypeFor[[]any]()
	case pairsKind:
		return reflect.TypeFor[[]QPair[any, any]]()
	case pairKind:
		return reflect.TypeFor[QPair[any, any]]()
	}
	return c.goType
}

// part returns the codec of value i in a container.
func (c *codec) part(i int) *codec { return c.parts[min(i, len(c.parts)-1)] }

// takesNil reports whether nil is a value of the type.
func (c *codec) takesNil() bool {
	_, err := c.append(Format{}, nil, nil)
	return err == nil
}

// spelled returns the type with the spelling of c and the Go type that such types have: c itself unless it comes from TypeFor,
// whose values have any Go type.
func (c *codec) spelled() (*codec, error) {
	if c.kind != leafKind || byName[c.name] == c {
		return c, nil
	}
	plain, err := parseType(c.name, nil)
	if err != nil || plain.valueType() == c.valueType() {
		return c, err
	}
	return plain, nil
}

// convert returns v, a value of the type from, as one of the type to, which has the same spelling.
func convert(v any, from, to *codec) (any, error) {
	b, err := from.append(Format{}, nil, v)
	if err != nil {
		return nil, err
	}
	r := NewReader(Format{}, b, Limits{})
	v = to.read(r)
	return v, r.Err()
}
