package datastream

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Marshal returns a Go value as QDataStream writes it in format f. The Go type says which Qt type is written:
//
//	bool, int8 ... uint64     bool, qint8 ... quint64
//	float32, float64          float, double
//	string, *string           QString; a nil *string is a null one
//	[]byte, [16]byte          QByteArray, nil is a null one; QUuid
//	time.Time                 QDateTime; the zero time is QDateTime(), which is null
//	QPoint, QColor ...        the Qt type of that name
//	Variant, VariantMap       QVariant, QVariantMap
//	any                       QVariant; it holds a Variant
//	[]T                       QList<T>
//	map[K]V                   QMap<K,V>, in the order of [AppendMap]; K is a number or a string
//	QPair[A, B]               QPair<A,B>
//	struct                    its exported fields, one after the other
//
// A type defined as one of Go's own, such as type Mode int32, is written like it; one defined as a struct, even of this
// package, as its fields. A struct that is embedded is a field like others. A field tag has a spelling as for [ParseType]
// where the Go type alone does not tell the Qt type, or "-" for a field that is left out:
//
//	Link   string                 `qt:"QUrl"`
//	Icons  []string               `qt:"QList<QUrl>"`
//	Bytes  []uint8                `qt:"QList<quint8>"`
//	Magic  [4]byte                `qt:"raw<4>"`
//	Counts map[string]int32       `qt:"QHash<QString,qint32>"`
//	Events []QPair[string, int32] `qt:"QMultiMap<QString,qint32>"`
//	Config json.RawMessage        `qt:"QJsonObject"`
//	Value  any                    `qt:"QJsonValue"` // what Type.Read returns for the type
//	Notes  int                    `qt:"-"`
//
// A time.Time of a zone other than UTC is written with its offset; less than a millisecond is cut off. Versions 7 to 14
// have no offsets: they get the same time in UTC. Versions 1 to 6 have no zones: they get the time in [time.Local].
//
// v is a value or a pointer to one, which saves a copy: of numbers, texts and byte arrays, and of structs and lists of them,
// [Format.AppendValue] allocates nothing then. The value must not change meanwhile.
//
// Go types that have no fixed form are errors that wrap [errors.ErrUnsupported] and name the field: int, uint, uintptr,
// complex numbers, channels, functions, pointers except *string, interfaces except any, arrays except those above, and
// structs without exported fields. So is a tag that does not fit the Go type. Recursive types are allowed; values more than
// 1024 deep, as are those that contain themselves, are errors that wrap [ErrTooLarge]. For others see the Append methods of
// the types.
func Marshal(f Format, v any) ([]byte, error) { return f.AppendValue(nil, v) }

// AppendValue appends a Go value as [Marshal] writes it. On error it returns b as it was.
func (f Format) AppendValue(b []byte, v any) ([]byte, error) {
	value := reflect.ValueOf(v)
	switch {
	case !value.IsValid():
		return b, errors.New("datastream: cannot write nil: it has no type")
	case value.Kind() != reflect.Pointer || value.Type() == stringPointer:
		value = addressable(value)
	case value.IsNil():
		return b, fmt.Errorf("datastream: cannot write a nil %s", value.Type())
	default:
		value = value.Elem()
	}
	c, err := bindingOf(value.Type())
	if err == nil {
		var longer []byte
		if longer, err = c.append(f, b, value, 0); err == nil {
			return longer, nil
		}
	}
	return b, notWrittenError(value.Type().String(), err)
}

// addressable returns a copy of v that has an address.
func addressable(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	return c
}

// fieldError says in which field of a struct an error is.
type fieldError struct {
	path string // with dots
	err  error
}

// inField returns err as an error in a field. Of a long path the end is kept.
func inField(name string, err error) error {
	var deeper *fieldError
	if !errors.As(err, &deeper) {
		return &fieldError{name, err}
	}
	switch path := deeper.path; {
	case strings.HasPrefix(path, "..."):
		return deeper
	case len(path) > 100:
		return &fieldError{"..." + path, deeper.err}
	default:
		return &fieldError{name + "." + path, deeper.err}
	}
}

func (e *fieldError) Error() string { return fmt.Sprintf("field %s: %v", e.path, e.err) }

func (e *fieldError) Unwrap() error { return e.err }

// innerText is an error of this package within another, which names the package already.
type innerText struct{ error }

func inner(err error) error {
	if err == nil {
		return nil
	}
	return innerText{err}
}

func (e innerText) Error() string { return strings.TrimPrefix(e.error.Error(), "datastream: ") }

func (e innerText) Unwrap() error { return e.error }
