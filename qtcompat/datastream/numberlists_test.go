package datastream

import (
	"errors"
	"io"
	"math"
	"reflect"
	"slices"
	"testing"
)

// everyFormat returns formats that cover all widths and orders of numbers.
func everyFormat() (formats []Format) {
	for _, v := range []Version{V1_0, V3_1, V3_3, V4_5, V4_6, V6_6, Latest} {
		for _, o := range []ByteOrder{BigEndian, LittleEndian} {
			formats = append(formats, Format{v, o, Double}, Format{v, o, Single})
		}
	}
	return formats
}

// sameAsEach checks that a list is written and read as its elements are, whatever its length.
func sameAsEach[T any](t *testing.T, values []T, app func(Format, []byte, []T) []byte, read func(*Reader) []T,
	element func(Format, []byte, T) []byte, readElement func(*Reader) T) {
	t.Helper()
	values = slices.Repeat(values, 3)
	for _, f := range everyFormat() {
		for n := range len(values) + 1 {
			list := values[:n]
			want := AppendList(f, []byte("head"), list, element)
			if got := app(f, []byte("head"), list); string(got) != string(want) {
				t.Fatalf("%+v: %v is written as %x, want %x", f, list, got, want)
			}
			in := append(slices.Clone(want), "tail"...)
			fast, slow := NewReader(f, in, Limits{}), NewReader(f, in, Limits{})
			fast.Raw(4)
			slow.Raw(4)
			got, each := read(fast), ReadList(slow, readElement)
			if !same(got, each) || got == nil || fast.Offset() != len(want) || fast.Err() != nil {
				t.Fatalf("%+v: %x reads as %v, offset %d, error %v, want %v", f, want, got, fast.Offset(), fast.Err(), each)
			}
		}
	}
}

func TestNumberListsAreAsTheirElements(t *testing.T) {
	sameAsEach(t, []int16{1, -2, math.MaxInt16, math.MinInt16, 0x1234}, Format.AppendInt16List, (*Reader).Int16List, Format.AppendInt16, (*Reader).Int16)
	sameAsEach(t, []uint16{1, 0xfffe, 0x1234, 0, 0x8000}, Format.AppendUint16List, (*Reader).Uint16List, Format.AppendUint16, (*Reader).Uint16)
	sameAsEach(t, []int32{1, -2, math.MaxInt32, math.MinInt32, 0x12345678}, Format.AppendInt32List, (*Reader).Int32List, Format.AppendInt32, (*Reader).Int32)
	sameAsEach(t, []uint32{1, 0xfffffffe, 0x12345678, 0, 1 << 31}, Format.AppendUint32List, (*Reader).Uint32List, Format.AppendUint32, (*Reader).Uint32)
	sameAsEach(t, []int64{1, -2, math.MaxInt64, math.MinInt64, 0x123456789abcdef0}, Format.AppendInt64List, (*Reader).Int64List, Format.AppendInt64, (*Reader).Int64)
	sameAsEach(t, []uint64{1, math.MaxUint64 - 1, 0x123456789abcdef0, 0, 1 << 63}, Format.AppendUint64List, (*Reader).Uint64List, Format.AppendUint64, (*Reader).Uint64)
	sameAsEach(t, []float32{1.5, -0.1, math.MaxFloat32, float32(math.Inf(-1)), math.Float32frombits(0x7fc00001)}, Format.AppendFloat32List, (*Reader).Float32List, Format.AppendFloat32, (*Reader).Float32)
	sameAsEach(t, []float64{1.5, -0.1, math.MaxFloat64, math.Inf(-1), math.Float64frombits(0x7ff8000000000001)}, Format.AppendFloat64List, (*Reader).Float64List, Format.AppendFloat64, (*Reader).Float64)
}

// The bytes are those of Qt 5.15.8, 6.4.2 and 6.12.0.
func TestNumberLists(t *testing.T) {
	exact(t, "QList", Format{}, []int16{}, Format.AppendInt16List, (*Reader).Int16List, "00000000")
	exact(t, "QList", Format{}, []int32{1, -2, 3}, Format.AppendInt32List, (*Reader).Int32List, "00000003 00000001 fffffffe 00000003")
	exact(t, "QList", little, []int32{1, 2}, Format.AppendInt32List, (*Reader).Int32List, "02000000 01000000 02000000")
	exact(t, "QList", Format{}, []float32{1.5}, Format.AppendFloat32List, (*Reader).Float32List, "00000001 3ff8000000000000")
	exact(t, "QList", Format{Precision: Single}, []float64{1.5}, Format.AppendFloat64List, (*Reader).Float64List, "00000001 3fc00000")
	exact(t, "QList", Format{Version: V3_1, ByteOrder: LittleEndian}, []int64{1}, Format.AppendInt64List, (*Reader).Int64List, "01000000 00000000 01000000")
}

func TestNumberListsOfEveryTypeRefuse(t *testing.T) {
	reads := map[string]func(*Reader) any{
		"qint16":  func(r *Reader) any { return r.Int16List() },
		"quint16": func(r *Reader) any { return r.Uint16List() },
		"qint32":  func(r *Reader) any { return r.Int32List() },
		"quint32": func(r *Reader) any { return r.Uint32List() },
		"qint64":  func(r *Reader) any { return r.Int64List() },
		"quint64": func(r *Reader) any { return r.Uint64List() },
		"float":   func(r *Reader) any { return r.Float32List() },
		"double":  func(r *Reader) any { return r.Float64List() },
	}
	for _, test := range []struct {
		in    []byte
		cause error
	}{
		{unhex(t, "ffffffff"), ErrCorrupt},
		{unhex(t, "fffffffe ffffffffffffffff"), ErrCorrupt},
		{unhex(t, "00000005 0000000000000000"), ErrTooLarge},
		{unhex(t, "00000004 00000000000000"), io.ErrUnexpectedEOF},
		{unhex(t, "07ffffff 0000000000000000"), io.ErrUnexpectedEOF},
		{unhex(t, "000000"), io.ErrUnexpectedEOF},
	} {
		for typ, read := range reads {
			r := NewReader(Format{}, append([]byte("head"), test.in...), Limits{MaxElements: 4})
			r.Raw(4)
			v := read(r)
			var e *DecodeError
			if !errors.As(r.Err(), &e) || !errors.Is(e, test.cause) || e.Type != "QList" || e.Offset != 4 || r.Offset() != 4 {
				t.Errorf("%x as a list of %s: offset %d, error %v, want %v", test.in, typ, r.Offset(), r.Err(), test.cause)
			}
			if !reflect.ValueOf(v).IsNil() {
				t.Errorf("%x as a list of %s: %v beside the error", test.in, typ, v)
			}
		}
	}
}

func TestNumberListsAllocateOnce(t *testing.T) {
	list := make([]int32, 1000)
	in := Format{}.AppendInt32List(nil, list)
	r := NewReader(Format{}, in, Limits{})
	if n := testing.AllocsPerRun(100, func() {
		r.off = 0
		r.Int32List()
	}); n != 1 {
		t.Errorf("reading makes %v allocations", n)
	}
	buf := make([]byte, 0, len(in))
	if n := testing.AllocsPerRun(100, func() { Format{}.AppendInt32List(buf, list) }); n != 0 {
		t.Errorf("writing into a buffer of the right size makes %v allocations", n)
	}
}
