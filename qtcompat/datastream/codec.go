package datastream

import (
	"fmt"
	"reflect"
)

// codec reads and writes the values of one Qt type for code that does not know their Go type when it is compiled.
type codec struct {
	name   string // Qt's spelling
	kind   kind
	parts  []*codec     // what a container consists of
	goType reflect.Type // of the values of a leaf; nil if there are several
	append func(f Format, b []byte, v any) ([]byte, error)
	read   func(r *Reader) any
	number [numberings]uint32 // in a QVariant, 0 if it goes by its name there
}

// kind says what the values of a codec look like in Go.
type kind uint8

const (
	leafKind     kind = iota // goType
	listKind                 // []any
	pairsKind                // []QPair[any, any]: the entries of a map
	pairKind                 // QPair[any, any]
	sequenceKind             // []any: one value of each part
)

// leaf returns the codec of a type that one Append method writes and one method of Reader reads.
func leaf[T any](name string, app func(Format, []byte, T) []byte, read func(*Reader) T) *codec {
	return fallible(name, func(f Format, b []byte, v T) ([]byte, error) { return app(f, b, v), nil }, read)
}

// fallible is leaf for an Append method that may fail.
func fallible[T any](name string, app func(Format, []byte, T) ([]byte, error), read func(*Reader) T) *codec {
	return &codec{
		name:   name,
		goType: reflect.TypeFor[T](),
		append: func(f Format, b []byte, v any) ([]byte, error) {
			t, ok := v.(T)
			if !ok {
				return b, wrongGoType(name, v, reflect.TypeFor[T]().String())
			}
			return app(f, b, t)
		},
		read: func(r *Reader) any { return read(r) },
	}
}

// nullableText is leaf for a text that can be null, which is nil in Go.
func nullableText(name string, app func(Format, []byte, string) []byte, null func(Format, []byte) []byte, read func(*Reader) (string, bool)) *codec {
	return &codec{
		name:   name,
		goType: reflect.TypeFor[string](),
		append: func(f Format, b []byte, v any) ([]byte, error) {
			switch v := v.(type) {
			case nil:
				return null(f, b), nil
			case string:
				return app(f, b, v), nil
			}
			return b, wrongGoType(name, v, "string, or nil for null")
		},
		read: func(r *Reader) any {
			if s, ok := read(r); ok {
				return s
			}
			return nil
		},
	}
}

func wrongGoType(name string, v any, want string) error {
	return fmt.Errorf("datastream: cannot write %s: Go type %T, want %s", name, v, want)
}

// listOf returns the codec of a QList or of what has the same bytes.
func listOf(name string, element *codec) *codec {
	return &codec{
		name:  name,
		kind:  listKind,
		parts: []*codec{element},
		append: func(f Format, b []byte, v any) ([]byte, error) {
			list, ok := v.([]any)
			if !ok {
				return b, wrongGoType(name, v, "[]any")
			}
			start := len(b)
			b, err := appendEach(f, f.AppendCount(b, len(list)), list, element)
			if err != nil {
				return b[:start], err
			}
			return b, nil
		},
		read: func(r *Reader) any { return readList(r, "QList", element.read) },
	}
}

// pairOf returns the codec of a QPair.
func pairOf(name string, first, second *codec) *codec {
	return &codec{
		name:  name,
		kind:  pairKind,
		parts: []*codec{first, second},
		append: func(f Format, b []byte, v any) ([]byte, error) {
			pair, ok := v.(QPair[any, any])
			if !ok {
				return b, wrongGoType(name, v, "QPair[any, any]")
			}
			return appendBoth(f, b, pair, first, second)
		},
		read: func(r *Reader) any { return ReadPair(r, first.read, second.read) },
	}
}

// pairsOf returns the codec of a QMap or QHash.
func pairsOf(name string, key, value *codec) *codec {
	return &codec{
		name:  name,
		kind:  pairsKind,
		parts: []*codec{key, value},
		append: func(f Format, b []byte, v any) ([]byte, error) {
			entries, ok := v.([]QPair[any, any])
			if !ok {
				return b, wrongGoType(name, v, "[]QPair[any, any]")
			}
			start := len(b)
			b = f.AppendCount(b, len(entries))
			var err error
			for _, e := range entries {
				if b, err = appendBoth(f, b, e, key, value); err != nil {
					return b[:start], err
				}
			}
			return b, nil
		},
		read: func(r *Reader) any { return ReadPairs(r, key.read, value.read) },
	}
}

// sequenceOf returns the codec of values that follow one another, such as the fields of a struct.
func sequenceOf(parts []*codec) *codec {
	name := "struct<" + joinNames(parts) + ">"
	return &codec{
		name:  name,
		kind:  sequenceKind,
		parts: parts,
		append: func(f Format, b []byte, v any) ([]byte, error) {
			list, ok := v.([]any)
			if !ok || len(list) != len(parts) {
				return b, wrongGoType(name, v, fmt.Sprintf("[]any with %d values", len(parts)))
			}
			return appendEach(f, b, list, parts...)
		},
		read: func(r *Reader) any {
			return composite(r, "struct", func() []any {
				list := make([]any, len(parts))
				for i, part := range parts {
					list[i] = part.read(r)
				}
				return list
			})
		},
	}
}

// appendEach appends values, each by the codec in its place, or all by the only one.
func appendEach(f Format, b []byte, list []any, codecs ...*codec) (_ []byte, err error) {
	start := len(b)
	for i, v := range list {
		if b, err = codecs[min(i, len(codecs)-1)].append(f, b, v); err != nil {
			return b[:start], err
		}
	}
	return b, nil
}

func appendBoth(f Format, b []byte, pair QPair[any, any], first, second *codec) ([]byte, error) {
	start := len(b)
	b, err := first.append(f, b, pair.First)
	if err == nil {
		b, err = second.append(f, b, pair.Second)
	}
	if err != nil {
		return b[:start], err
	}
	return b, nil
}
