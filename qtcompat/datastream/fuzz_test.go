package datastream

import (
	"errors"
	"reflect"
	"slices"
	"testing"
)

// FuzzReader reads arbitrary bytes as arbitrary values. What was read must be written, and read again the same.
func FuzzReader(f *testing.F) {
	names := make([]string, 0, len(vectorTypes))
	for name := range vectorTypes {
		names = append(names, name)
	}
	slices.Sort(names)
	all := make([]byte, len(names))
	for i := range all {
		all[i] = byte(i)
	}
	png, err := Format{}.AppendQImage(nil, QImage{tinyPNG(f)})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{
		png,
		unhex(f, "00000004 d83dde00 00000003 616200 ffffffff"),
		unhex(f, "fffffffe 0000000000000004 00410042"),
		unhex(f, "7ff8000000000001 00000001 00"),
	} {
		for i := range names {
			f.Add(seed, slices.Concat(all[i:], all[:i]), uint8(Latest), uint8(BigEndian), uint8(Double))
		}
		f.Add(seed, all, uint8(V1_0), uint8(LittleEndian), uint8(Single))
	}
	f.Fuzz(func(t *testing.T, data, types []byte, version, order, precision uint8) {
		format := Format{Version(version), ByteOrder(order % 2), Precision(precision % 2)}
		r := NewReader(format, data, Limits{MaxBytes: 1 << 20})
		for _, i := range types {
			name, start := names[int(i)%len(names)], r.Offset()
			v := readVector(name, r)
			if err := r.Err(); err != nil {
				checkFailure(t, r, start, v)
				return
			}
			if s, ok := v.(*string); r.Offset() < start || ok && s != nil && len(*s) > 2*(r.Offset()-start) {
				t.Fatalf("%s at %d: %#v, offset %d", name, start, v, r.Offset())
			}
			again := rewrite(t, format, name, v)
			if lossy := vectorTypes[name].lossy; lossy != nil {
				v = lossy(format, v)
			}
			if got := readVector(name, NewReader(format, again, Limits{})); !same(got, v) {
				t.Fatalf("%s at %d: %#v, written as %x and read again: %#v", name, start, v, again, got)
			}
		}
	})
}

func checkFailure(t *testing.T, r *Reader, start int, v any) {
	t.Helper()
	var e *DecodeError
	if !errors.As(r.Err(), &e) || e.Offset != start || r.Offset() != start || !reflect.ValueOf(v).IsZero() {
		t.Fatalf("at %d: %#v, offset %d, error %v", start, v, r.Offset(), r.Err())
	}
}

func rewrite(t *testing.T, f Format, name string, v any) []byte {
	t.Helper()
	write := vectorTypes[name].append
	if img, ok := v.(QImage); ok {
		write = func(f Format, b []byte, _ any) ([]byte, error) { return f.AppendQImage(b, img) }
	}
	b, err := write(f, nil, v)
	if err != nil {
		t.Fatalf("%s %#v was read but cannot be written: %v", name, v, err)
	}
	return b
}
