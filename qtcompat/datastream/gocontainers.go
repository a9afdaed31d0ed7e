package datastream

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
)

// bindList binds a slice to a type of Qt that is the number of elements and the elements.
func bindList(t reflect.Type, name string, element *binding) *binding {
	if c, ok := direct["QList<"+element.name+">"]; ok && likeType(t, c.goType) {
		return c.bind(t, name)
	}
	return &binding{
		name: name,
		append: func(f Format, b []byte, v reflect.Value, depth int) ([]byte, error) {
			err := checkDepth(depth)
			b = f.AppendCount(b, v.Len())
			for i := 0; i < v.Len() && err == nil; i++ {
				b, err = element.append(f, b, v.Index(i), depth+1)
			}
			return b, err
		},
		read: func(r *Reader, v reflect.Value) {
			readCounted(r, "QList", func(n int) {
				size := max(1, int(t.Elem().Size()))
				v.Set(reflect.MakeSlice(t, 0, min(n, r.Remaining()/size/r.depth)))
				for i := 0; i < n && r.err == nil; i++ {
					v.Grow(1)
					v.SetLen(i + 1)
					element.read(r, v.Index(i))
				}
			})
		},
	}
}

// readCounted reads the number of elements of a container of type typ and calls read for them.
func readCounted(r *Reader, typ string, read func(n int)) {
	start := r.off
	if r.begin(typ) {
		read(r.count(typ))
		r.end(typ, start)
	}
}

// checkDepth returns an error if a value is deeper in others than Qt and a Reader go.
func checkDepth(depth int) error {
	if depth < defaultDepth {
		return nil
	}
	return fmt.Errorf("%w: more than %d values within one another: does one contain itself?", ErrTooLarge, defaultDepth)
}

// bindMap binds a map.
func bindMap(t reflect.Type, name string, key, value *binding) *binding {
	return &binding{
		name: name,
		append: func(f Format, b []byte, v reflect.Value, depth int) ([]byte, error) {
			err := checkDepth(depth)
			b = f.AppendCount(b, v.Len())
			keys, values, order := f.sorted(v)
			for i := 0; i < len(order) && err == nil; i++ {
				if b, err = key.append(f, b, keys.Index(order[i]), depth+1); err == nil {
					b, err = value.append(f, b, values.Index(order[i]), depth+1)
				}
			}
			return b, err
		},
		read: func(r *Reader, v reflect.Value) {
			readCounted(r, "QMap", func(n int) {
				v.Set(reflect.MakeMap(t))
				k, e := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
				for i := 0; i < n && r.err == nil; i++ {
					key.read(r, k)
					value.read(r, e)
					v.SetMapIndex(k, e)
				}
			})
		},
	}
}

// sorted returns the keys and values of a map, which have addresses, and the places of them in the order of [AppendMap].
func (f Format) sorted(m reflect.Value) (keys, values reflect.Value, order []int) {
	n := m.Len()
	keys = reflect.MakeSlice(reflect.SliceOf(m.Type().Key()), n, n)
	values = reflect.MakeSlice(reflect.SliceOf(m.Type().Elem()), n, n)
	for iter := m.MapRange(); iter.Next(); {
		keys.Index(len(order)).SetIterKey(iter)
		values.Index(len(order)).SetIterValue(iter)
		order = append(order, len(order))
	}
	slices.SortFunc(order, func(i, j int) int {
		if f.version() < V6_0 {
			i, j = j, i
		}
		return compare(keys.Index(i), keys.Index(j))
	})
	return keys, values, order
}

// sortable reports whether compare knows the order of values of type t.
func sortable(t reflect.Type) bool {
	zero := reflect.Zero(t)
	return zero.CanInt() || zero.CanUint() || zero.CanFloat() || t.Kind() == reflect.String
}

func compare(a, b reflect.Value) int {
	switch {
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	}
	return cmp.Compare(a.String(), b.String())
}

// bindStruct binds a struct. typ is what errors call it.
func bindStruct(typ, name string, fields []field) *binding {
	return &binding{
		name: name,
		append: func(f Format, b []byte, v reflect.Value, depth int) (_ []byte, err error) {
			if err := checkDepth(depth); err != nil {
				return b, err
			}
			for _, field := range fields {
				if b, err = field.append(f, b, v.Field(field.index), depth+1); err != nil {
					return b, inField(field.goName, err)
				}
			}
			return b, nil
		},
		read: func(r *Reader, v reflect.Value) {
			start := r.off
			if !r.begin(typ) {
				return
			}
			for _, field := range fields {
				field.read(r, v.Field(field.index))
				if part := r.err; part != nil {
					r.err = &DecodeError{part.Type, part.Offset, inField(field.goName, partError("", part))}
					break
				}
			}
			r.end(typ, start)
		},
	}
}
