package datastream

import "reflect"

// TypeFor returns the type whose values are of the Go type T, written and read as [Marshal] and [Unmarshal] do:
//
//	r.Define(datastream.Types{"Pt": datastream.TypeFor[Pt]()})
//
// Its name is what T is written as, such as struct<int,QString>. [ParseType] understands it, unless T is a part of itself: there
// its name is that in Go.
//
// Of a T that cannot be written every use is an error, the one that Marshal returns.
func TypeFor[T any]() Type {
	t := reflect.TypeFor[T]()
	c, err := bindingOf(t)
	if err != nil {
		return Type{&codec{
			name:   t.String(),
			append: func(_ Format, b []byte, _ any) ([]byte, error) { return b, notWrittenError(t.String(), err) },
			read:   func(r *Reader) any { r.fail(t.String(), err); return nil },
		}}
	}
	app := func(f Format, b []byte, v T) ([]byte, error) { return f.AppendValue(b, &v) }
	return Type{fallible(c.name, app, func(r *Reader) (v T) {
		r.Value(&v)
		return v
	})}
}
