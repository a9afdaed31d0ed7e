package datastream

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"time"
)

// binding writes and reads the values of one Go type as those of one Qt type. The values that it is given have addresses.
type binding struct {
	name   string // Qt's spelling
	append func(f Format, b []byte, v reflect.Value, depth int) ([]byte, error)
	read   func(r *Reader, v reflect.Value)
}

// bindings holds what bindingOf has made.
var bindings sync.Map // from reflect.Type to *binding

// bindingOf returns the binding of a Go type to the Qt type that [Marshal] says.
func bindingOf(t reflect.Type) (*binding, error) {
	if c, ok := bindings.Load(t); ok {
		return c.(*binding), nil
	}
	c, err := binder{}.bind(t)
	if err != nil {
		return nil, err
	}
	bindings.Store(t, c)
	return c, nil
}

// binder has the bindings made so far, and those being made: a Go type may have parts of its own type.
type binder map[reflect.Type]*binding

func (m binder) bind(t reflect.Type) (*binding, error) {
	if c := m[t]; c != nil {
		return c, nil
	}
	c := &binding{name: t.String()} // of a type within itself, of which no spelling would end
	m[t] = c
	made, err := m.make(t)
	if err != nil {
		return nil, err
	}
	*c = *made
	return c, nil
}

var (
	stringPointer = reflect.TypeFor[*string]()
	anyType       = reflect.TypeFor[any]()
	timeType      = reflect.TypeFor[time.Time]()
	jsonText      = reflect.TypeFor[json.RawMessage]()
)

// plainTypes are Go's own types that are a Qt type each; so are types defined as one of them.
var plainTypes = []reflect.Type{
	reflect.TypeFor[bool](), reflect.TypeFor[string](), reflect.TypeFor[[]byte](), reflect.TypeFor[[16]byte](),
	reflect.TypeFor[int8](), reflect.TypeFor[int16](), reflect.TypeFor[int32](), reflect.TypeFor[int64](),
	reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](),
	reflect.TypeFor[float32](), reflect.TypeFor[float64](),
}

func (m binder) make(t reflect.Type) (*binding, error) {
	switch t {
	case stringPointer:
		return bindNullable(byName["QString"]), nil
	case anyType:
		return bindAny(byName["QVariant"]), nil
	case timeType:
		return bindTime(), nil
	case jsonText:
		return nil, unsupported(t, `it can be several types of Qt: use a tag such as qt:"QJsonDocument" or qt:"QJsonObject"`)
	}
	if c := namesake(t); c != nil {
		return bindLeaf(t, c), nil
	}
	for _, plain := range plainTypes {
		if likeType(t, plain) {
			return bindLeaf(t, byGoType[plain]), nil
		}
	}
	switch t.Kind() {
	case reflect.Slice:
		return m.list(t)
	case reflect.Map:
		return m.dictionary(t)
	case reflect.Struct:
		return m.structure(t)
	}
	return nil, unsupported(t, adviceOn(t))
}

// namesake returns the codec of a type of this package, which has the name of its Qt type if there are several.
func namesake(t reflect.Type) *codec {
	if c := byName[t.Name()]; c != nil && c.goType == t {
		return c
	}
	if t.PkgPath() == reflect.TypeFor[Variant]().PkgPath() {
		return byGoType[t]
	}
	return nil
}

// likeType reports whether t is another, or a type defined as that is.
func likeType(t, another reflect.Type) bool {
	return reflect.PointerTo(t).ConvertibleTo(reflect.PointerTo(another))
}

func (m binder) list(t reflect.Type) (*binding, error) {
	element, err := m.bind(t.Elem())
	if err != nil {
		return nil, err
	}
	return bindList(t, spelled("QList<"+element.name+">"), element), nil
}

func (m binder) dictionary(t reflect.Type) (*binding, error) {
	if !sortable(t.Key()) {
		return nil, unsupported(t, fmt.Sprintf("its keys are neither numbers nor strings: use []datastream.QPair[%s, %s]", t.Key(), t.Elem()))
	}
	key, err := m.bind(t.Key())
	if err != nil {
		return nil, err
	}
	value, err := m.bind(t.Elem())
	if err != nil {
		return nil, err
	}
	return bindMap(t, spelled("QMap<"+key.name+","+value.name+">"), key, value), nil
}

// spelled returns the name under which the table of types has a container, or name.
func spelled(name string) string {
	if c := byName[name]; c != nil {
		return c.name
	}
	return name
}

func unsupported(t reflect.Type, advice string) error {
	return fmt.Errorf("%w: Go type %s: %s", errors.ErrUnsupported, t, advice)
}

// adviceOn says what to use instead of a Go type that is no type of Qt.
func adviceOn(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int:
		return "its size depends on the machine: use int32 or int64"
	case reflect.Uint, reflect.Uintptr:
		return "its size depends on the machine: use uint32 or uint64"
	case reflect.Complex64, reflect.Complex128:
		return "Qt has no such type: use two fields"
	case reflect.Pointer:
		return "Qt writes no nil: use " + t.Elem().String() + ", or []" + t.Elem().String() + " if there may be none"
	case reflect.Interface:
		return "its values have no fixed type: use datastream.Variant"
	case reflect.Array:
		return `use []` + t.Elem().String() + ` for a QList; [N]byte can have a tag qt:"raw<N>"`
	}
	return `it has no value in a stream: leave it out with the tag qt:"-"`
}
