package datastream

import "reflect"

// A directType is a type of Qt whose values are read and written where they lie, which allocates nothing.
type directType struct {
	goType reflect.Type
	append func(f Format, b []byte, pointer any) []byte
	read   func(r *Reader, pointer any)
}

func directly[T any](app func(Format, []byte, T) []byte, read func(*Reader) T) directType {
	return directType{
		reflect.TypeFor[T](),
		func(f Format, b []byte, p any) []byte { return app(f, b, *p.(*T)) },
		func(r *Reader, p any) { *p.(*T) = read(r) },
	}
}

// direct has the types of which values come in great numbers.
var direct = map[string]directType{
	"bool": directly(Format.AppendBool, (*Reader).Bool), "QString": directly(Format.AppendQString, (*Reader).QString),
	"QByteArray":  directly(Format.AppendQByteArray, (*Reader).QByteArray),
	"signed char": directly(Format.AppendInt8, (*Reader).Int8), "uchar": directly(Format.AppendUint8, (*Reader).Uint8),
	"short": directly(Format.AppendInt16, (*Reader).Int16), "ushort": directly(Format.AppendUint16, (*Reader).Uint16),
	"int": directly(Format.AppendInt32, (*Reader).Int32), "uint": directly(Format.AppendUint32, (*Reader).Uint32),
	"qlonglong": directly(Format.AppendInt64, (*Reader).Int64), "qulonglong": directly(Format.AppendUint64, (*Reader).Uint64),
	"float": directly(Format.AppendFloat32, (*Reader).Float32), "double": directly(Format.AppendFloat64, (*Reader).Float64),

	"QList<short>":     directly(Format.AppendInt16List, (*Reader).Int16List),
	"QList<ushort>":    directly(Format.AppendUint16List, (*Reader).Uint16List),
	"QList<int>":       directly(Format.AppendInt32List, (*Reader).Int32List),
	"QList<uint>":      directly(Format.AppendUint32List, (*Reader).Uint32List),
	"QList<qlonglong>": directly(Format.AppendInt64List, (*Reader).Int64List), "QList<qulonglong>": directly(Format.AppendUint64List, (*Reader).Uint64List),
	"QList<float>": directly(Format.AppendFloat32List, (*Reader).Float32List), "QList<double>": directly(Format.AppendFloat64List, (*Reader).Float64List),
}

// bind binds t, which is the Go type or defined as that is.
func (c directType) bind(t reflect.Type, name string) *binding {
	pointer := func(v reflect.Value) any { return v.Addr().Interface() }
	if t != c.goType {
		to := reflect.PointerTo(c.goType)
		pointer = func(v reflect.Value) any { return v.Addr().Convert(to).Interface() }
	}
	return &binding{
		name: name,
		append: func(f Format, b []byte, v reflect.Value, _ int) ([]byte, error) {
			return c.append(f, b, pointer(v)), nil
		},
		read: func(r *Reader, v reflect.Value) { c.read(r, pointer(v)) },
	}
}

// bindLeaf binds t, which is the Go type of a leaf or defined as that is.
func bindLeaf(t reflect.Type, leaf *codec) *binding {
	if c, ok := direct[leaf.name]; ok {
		return c.bind(t, leaf.name)
	}
	return &binding{
		name: leaf.name,
		append: func(f Format, b []byte, v reflect.Value, _ int) ([]byte, error) {
			return appendLeaf(f, b, leaf, v.Convert(leaf.goType))
		},
		read: func(r *Reader, v reflect.Value) {
			if got := leaf.read(r); got != nil {
				v.Set(reflect.ValueOf(got).Convert(t))
			} else {
				v.SetZero() // a null text
			}
		},
	}
}

// bindAny binds an empty interface to a type of which it has the values that [Type.Read] returns.
func bindAny(c *codec) *binding {
	return &binding{
		name:   c.name,
		append: func(f Format, b []byte, v reflect.Value, _ int) ([]byte, error) { return appendLeaf(f, b, c, v) },
		read: func(r *Reader, v reflect.Value) {
			if got := c.read(r); got != nil {
				v.Set(reflect.ValueOf(got))
			} else {
				v.SetZero()
			}
		},
	}
}

func appendLeaf(f Format, b []byte, c *codec, v reflect.Value) ([]byte, error) {
	b, err := c.append(f, b, v.Interface())
	return b, inner(err)
}

// bindNullable binds a *string to a text that can be null.
func bindNullable(text *codec) *binding {
	return &binding{
		name: text.name,
		append: func(f Format, b []byte, v reflect.Value, _ int) ([]byte, error) {
			if v.IsNil() {
				return text.append(f, b, nil)
			}
			return text.append(f, b, v.Elem().Interface())
		},
		read: func(r *Reader, v reflect.Value) {
			v.SetZero()
			if s, ok := text.read(r).(string); ok {
				v.Set(reflect.ValueOf(&s))
			}
		},
	}
}

// bindRaw binds an array of n bytes that are written as they are.
func bindRaw(name string, n int) *binding {
	return &binding{
		name:   name,
		append: func(_ Format, b []byte, v reflect.Value, _ int) ([]byte, error) { return append(b, v.Bytes()...), nil },
		read:   func(r *Reader, v reflect.Value) { copy(v.Bytes(), r.Raw(n)) },
	}
}
