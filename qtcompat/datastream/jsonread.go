package datastream

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
)

// value returns the value of the type of c that n stands for.
func (n jsonNode) value(c *codec) (any, error) {
	plain, err := c.spelled()
	if err != nil {
		return nil, err
	}
	v, err := n.plainValue(plain)
	if err != nil || plain == c {
		return v, err
	}
	return convert(v, plain, c)
}

func (n jsonNode) plainValue(c *codec) (any, error) {
	switch {
	case c.name == "QJsonValue":
		return n.jsonValue()
	case n.isNull() && c.takesNil():
		return nil, nil
	case c.valueType() == nil:
		return nil, n.isNot("null")
	}
	v := reflect.New(c.valueType()).Elem()
	err := n.set(c, v)
	return v.Interface(), err
}

// valueAt is value for a member of an object.
func (n jsonNode) valueAt(step string, c *codec) (any, error) {
	v, err := n.value(c)
	if err != nil {
		return nil, inPath(step, err)
	}
	return v, nil
}

// part sets a part of a value of the type of c: of a leaf, or value i of a container.
func (n jsonNode) part(c *codec, i int, v reflect.Value) error {
	if v.Kind() != reflect.Interface || c.kind == leafKind {
		return n.set(c, v)
	}
	part, err := n.value(c.part(i))
	if part != nil {
		v.Set(reflect.ValueOf(part))
	}
	return err
}

// set sets v, which is zero.
func (n jsonNode) set(c *codec, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Bool:
		if n.kind() != 't' && n.kind() != 'f' {
			return n.isNot("true or false")
		}
		v.SetBool(n.kind() == 't')
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Int:
		return n.setInt(v)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uint:
		return n.setUint(v)
	case reflect.Float32, reflect.Float64:
		return n.setFloat(v)
	case reflect.String:
		s, err := n.bytes()
		v.SetString(string(s))
		return err
	case reflect.Array, reflect.Slice, reflect.Struct:
		if special, err := n.setSpecial(v.Addr().Interface()); special || n.isNull() && v.Kind() == reflect.Slice {
			return err
		}
		return n.setComposite(c, v)
	case reflect.Pointer:
		if !n.isNull() {
			v.Set(reflect.New(v.Type().Elem()))
			return n.set(c, v.Elem())
		}
	default:
		return fmt.Errorf("the Go type %s has no JSON form", v.Type())
	}
	return nil
}

// setSpecial sets a value whose JSON form its Go type does not tell.
func (n jsonNode) setSpecial(v any) (special bool, err error) {
	switch v := v.(type) {
	case *Variant:
		*v, err = n.variant()
	case *QDate:
		*v, err = n.date()
	case *QTime:
		*v, err = n.time()
	case *[16]byte:
		*v, err = n.uuid()
	case *[]bool:
		*v, err = n.bits()
	case *[]byte:
		if !n.isNull() {
			*v, err = n.bytes()
		}
	case *json.RawMessage:
		if !n.isNull() {
			*v, err = bytes.Clone(n.raw), checkJSON(n.raw, "{[", defaultDepth)
		}
	case *jsonNode: // to be looked at later
		*v = n
	default:
		return false, nil
	}
	return true, err
}

func (n jsonNode) setComposite(c *codec, v reflect.Value) error {
	item := func(i int, item jsonNode) error { return item.part(c, i, v.Index(i)) }
	switch t := v.Type(); {
	case isPair(t):
		return n.each(2, func(i int, item jsonNode) error { return item.part(c, i, v.Field(i)) })
	case v.Kind() == reflect.Struct:
		return n.setFields(c, v)
	case v.Kind() == reflect.Array:
		return n.each(v.Len(), item)
	case isPair(t.Elem()):
		return n.setEntries(c, v)
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	if c.kind == sequenceKind {
		return n.each(len(c.parts), item)
	}
	return n.each(anySize, item)
}

func (n jsonNode) setEntries(c *codec, v reflect.Value) error {
	v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	return n.eachEntry(func(key, value jsonNode) error {
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		entry := v.Index(v.Len() - 1)
		if err := key.part(c, 0, entry.Field(0)); err != nil {
			return err
		}
		return value.part(c, 1, entry.Field(1))
	})
}

func (n jsonNode) setFields(c *codec, v reflect.Value) error {
	if n.kind() != '{' {
		return n.isNot("an object")
	}
	fields := jsonFields(v)
	for i := 0; i < len(n.items); i += 2 {
		name, value := n.items[i].string(), n.items[i+1]
		at := slices.IndexFunc(fields, func(f jsonField) bool { return f.name == name })
		if at < 0 {
			return inPath("."+name, fmt.Errorf("unknown name, or here twice: want those of %s", jsonFields(v)))
		}
		if err := value.set(c, fields[at].value); err != nil {
			return inPath("."+name, err)
		}
		fields = slices.Delete(fields, at, at+1)
	}
	return nil
}

func (n jsonNode) setInt(v reflect.Value) error {
	unused := 64 - v.Type().Bits()
	number, err := strconv.ParseInt(string(n.raw), 10, v.Type().Bits())
	if err != nil {
		return n.isNot(fmt.Sprintf("a whole number from %d to %d", int64(math.MinInt64)>>unused, int64(math.MaxInt64)>>unused))
	}
	v.SetInt(number)
	return nil
}

func (n jsonNode) setUint(v reflect.Value) error {
	bits := v.Type().Bits()
	number, err := strconv.ParseUint(string(n.raw), 10, bits)
	if err != nil {
		return n.isNot(fmt.Sprintf("a whole number from 0 to %d", uint64(math.MaxUint64)>>(64-bits)))
	}
	v.SetUint(number)
	return nil
}

// qNaN is the NaN of C++, which math.NaN is not.
var qNaN = math.Float64frombits(0x7ff8000000000000)

func (n jsonNode) setFloat(v reflect.Value) error {
	switch string(n.raw) {
	case `"nan"`:
		v.SetFloat(qNaN)
	case `"inf"`:
		v.SetFloat(math.Inf(1))
	case `"-inf"`:
		v.SetFloat(math.Inf(-1))
	default:
		number, err := strconv.ParseFloat(string(n.raw), v.Type().Bits())
		if err != nil {
			return n.isNot(fmt.Sprintf(`a number of %d bits, "nan", "inf" or "-inf"`, v.Type().Bits()))
		}
		v.SetFloat(number)
	}
	return nil
}
