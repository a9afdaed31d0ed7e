package datastream

import (
	"fmt"
	"testing"
)

// mixedMap is a QVariantMap as applications have them: texts, numbers, and some lists and places.
func mixedMap(n int) VariantMap {
	values := []Variant{
		{Type: "QString", Value: "some text"},
		{Type: "int", Value: int32(42)},
		{Type: "double", Value: 1.5},
		{Type: "bool", Value: true},
		{Type: "QStringList", Value: []string{"one", "two"}},
		{Type: "QByteArray", Value: []byte("bytes")},
		{Type: "qlonglong", Value: int64(1 << 40)},
		{Type: "QPoint", Value: QPoint{1, 2}},
		{Type: "QVariantList", Value: []Variant{{Type: "int", Value: int32(1)}, {Type: "QString", Value: "x"}}},
		{Type: "QRectF", Value: QRectF{1, 2, 3, 4}},
	}
	m := make(VariantMap, n)
	for i := range m {
		m[i] = QPair[string, Variant]{fmt.Sprintf("key%03d", i), values[i%len(values)]}
	}
	return m
}

func BenchmarkQVariantMap(b *testing.B) {
	m := mixedMap(100)
	buf, err := Format{}.AppendQVariantMap(nil, m)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("append", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := (Format{}).AppendQVariantMap(buf[:0], m); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r := NewReader(Format{}, buf, Limits{})
			if r.QVariantMap(); r.Err() != nil {
				b.Fatal(r.Err())
			}
		}
	})
}
