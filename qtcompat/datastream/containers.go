package datastream

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// QPair is a QPair or std::pair, and an entry of a QMap or QHash: the key and its value.
type QPair[A, B any] struct {
	First  A `json:"first"`
	Second B `json:"second"`
}

// AppendCount appends the number of elements that comes before the elements of a container. It serves those whose
// Append method returns an error:
//
//	b = f.AppendCount(b, len(images))
//	for _, image := range images {
//		if b, err = f.AppendQImage(b, image); err != nil {
//			return err
//		}
//	}
//
// Before version 22 more than 4294967294 elements cannot be written: nothing is appended.
func (f Format) AppendCount(b []byte, n int) []byte {
	b, _ = f.appendSize(b, int64(n))
	return b
}

// AppendList appends a QList, QVector, QSet or QLinkedList, whose bytes do not differ. element is a method of Format
// that appends one value:
//
//	b = datastream.AppendList(f, b, []int32{1, 2}, datastream.Format.AppendInt32)
func AppendList[T any](f Format, b []byte, list []T, element func(Format, []byte, T) []byte) []byte {
	b = f.AppendCount(b, len(list))
	for _, v := range list {
		b = element(f, b, v)
	}
	return b
}

// ReadList reads a QList, QVector, QSet or QLinkedList. element is a method of Reader that reads one value, which
// must take at least one byte:
//
//	numbers := datastream.ReadList(r, (*datastream.Reader).Int32)
//
// An empty list is not nil. Errors call the type QList.
func ReadList[T any](r *Reader, element func(*Reader) T) []T { return readList(r, "QList", element) }

// AppendPair appends a QPair or std::pair, which is its two values.
func AppendPair[A, B any](f Format, b []byte, v QPair[A, B], first func(Format, []byte, A) []byte, second func(Format, []byte, B) []byte) []byte {
	return second(f, first(f, b, v.First), v.Second)
}

// ReadPair reads a QPair or std::pair.
func ReadPair[A, B any](r *Reader, first func(*Reader) A, second func(*Reader) B) QPair[A, B] {
	return composite(r, "QPair", func() QPair[A, B] { return QPair[A, B]{first(r), second(r)} })
}

// AppendPairs appends a QMap, QMultiMap, QHash or QMultiHash, its entries in the order given. Qt reads any order, and
// keeps the one of entries with equal keys: the oldest comes first.
func AppendPairs[K, V any](f Format, b []byte, entries []QPair[K, V], key func(Format, []byte, K) []byte, value func(Format, []byte, V) []byte) []byte {
	b = f.AppendCount(b, len(entries))
	for _, e := range entries {
		b = AppendPair(f, b, e, key, value)
	}
	return b
}

// ReadPairs reads a QMap, QMultiMap, QHash or QMultiHash, its entries in the order of the stream. Qt 5 writes a QMap
// by descending key and Qt 6 by ascending key, whatever the stream version; a QHash has no order. Of entries with
// equal keys the oldest comes first. Errors call the type QMap.
func ReadPairs[K, V any](r *Reader, key func(*Reader) K, value func(*Reader) V) []QPair[K, V] {
	return readList(r, "QMap", func(r *Reader) QPair[K, V] { return QPair[K, V]{key(r), value(r)} })
}

// AppendMap appends a QMap or QHash. The order is that of the newest Qt with this stream version as its default, by
// descending key before version 20 and by ascending key since; strings are ordered by their bytes, which is Qt's order
// up to U+FFFF. It allocates to sort; [AppendPairs] does not.
func AppendMap[K cmp.Ordered, V any](f Format, b []byte, m map[K]V, key func(Format, []byte, K) []byte, value func(Format, []byte, V) []byte) []byte {
	keys := slices.Sorted(maps.Keys(m))
	if f.version() < V6_0 {
		slices.Reverse(keys)
	}
	b = f.AppendCount(b, len(keys))
	for _, k := range keys {
		b = value(f, key(f, b, k), m[k])
	}
	return b
}

// ReadMap reads a QMap or QHash. Of entries with equal keys the last one stays, as in Qt 6. Errors call the type
// QMap.
func ReadMap[K comparable, V any](r *Reader, key func(*Reader) K, value func(*Reader) V) map[K]V {
	entries := ReadPairs(r, key, value)
	if r.err != nil {
		return nil
	}
	m := make(map[K]V, len(entries))
	for _, e := range entries {
		m[e.First] = e.Second
	}
	return m
}

// AppendQStringList appends a QStringList.
func (f Format) AppendQStringList(b []byte, list []string) []byte {
	return AppendList(f, b, list, Format.AppendQString)
}

// QStringList reads a QStringList. Null strings in it read as "".
func (r *Reader) QStringList() []string { return readList(r, "QStringList", (*Reader).QString) }

// AppendQByteArrayList appends a QByteArrayList.
func (f Format) AppendQByteArrayList(b []byte, list [][]byte) []byte {
	return AppendList(f, b, list, Format.AppendQByteArray)
}

// QByteArrayList reads a QByteArrayList. Its elements are parts of the bytes given to [NewReader], not copies.
func (r *Reader) QByteArrayList() [][]byte {
	return readList(r, "QByteArrayList", (*Reader).QByteArray)
}

// readList reads the elements of a container of type typ.
func readList[T any](r *Reader, typ string, element func(*Reader) T) []T {
	return fillList(r, typ, func(r *Reader, v *T) { *v = element(r) })
}

// fillList is readList for a function that sets an element which is zero. What it allocates before it has read the elements
// is no more than the bytes left, and for a container within others, which have their share already, less.
func fillList[T any](r *Reader, typ string, fill func(*Reader, *T)) []T {
	start := r.off
	if !r.begin(typ) {
		return nil
	}
	n := r.count(typ)
	size := max(1, int(reflect.TypeFor[T]().Size()))
	list := make([]T, 0, min(n, r.Remaining()/size/r.depth))
	for i := 0; i < n && r.err == nil; i++ {
		var zero T
		list = append(list, zero)
		fill(r, &list[i])
	}
	if !r.end(typ, start) {
		return nil
	}
	return list
}

// count reads the number of elements of a container of type typ, each of which takes a byte or more.
func (r *Reader) count(typ string) int {
	n, width := r.size(typ)
	if n == nullSize {
		r.fail(typ, fmt.Errorf("%w: the null code of QString and QByteArray", ErrCorrupt))
	}
	if err := bounded(n, r.Remaining()-width, n, "elements, Limits.MaxElements", r.maxElements); err != nil {
		r.fail(typ, err)
	}
	if r.err != nil {
		return 0
	}
	r.take(typ, width)
	return int(n)
}
