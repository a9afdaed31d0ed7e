package datastream

import (
	"errors"
	"io"
	"reflect"
	"runtime"
	"testing"
)

// everyRead has each method that reads a value.
var everyRead = map[string]func(*Reader) any{
	"quint8":     func(r *Reader) any { return r.Uint8() },
	"quint16":    func(r *Reader) any { return r.Uint16() },
	"quint32":    func(r *Reader) any { return r.Uint32() },
	"quint64":    func(r *Reader) any { return r.Uint64() },
	"qint8":      func(r *Reader) any { return r.Int8() },
	"qint16":     func(r *Reader) any { return r.Int16() },
	"qint32":     func(r *Reader) any { return r.Int32() },
	"qint64":     func(r *Reader) any { return r.Int64() },
	"bool":       func(r *Reader) any { return r.Bool() },
	"float":      func(r *Reader) any { return r.Float32() },
	"double":     func(r *Reader) any { return r.Float64() },
	"QString":    func(r *Reader) any { return r.QString() },
	"QByteArray": func(r *Reader) any { return r.QByteArray() },
	"cstring":    func(r *Reader) any { return r.CString() },
	"QImage":     func(r *Reader) any { return r.QImage() },
}

func TestReaderReadsValuesInTurn(t *testing.T) {
	b := Format{}.AppendInt32(nil, -7)
	b = Format{}.AppendQString(b, "name")
	b, _ = Format{}.AppendQImage(b, QImage{tinyPNG(t)})
	b = Format{}.AppendBool(b, true)
	r := NewReader(Format{}, append(b, make([]byte, 100)...), Limits{})
	id, name, img, last := r.Int32(), r.QString(), r.QImage(), r.Bool()
	if id != -7 || name != "name" || string(img.PNG) != string(tinyPNG(t)) || !last || r.Err() != nil {
		t.Errorf("got %d, %q, %d bytes of PNG, %t, error %v", id, name, len(img.PNG), last, r.Err())
	}
	if r.Offset() != len(b) || r.Remaining() != 100 {
		t.Errorf("offset %d, remaining %d, want %d, 100", r.Offset(), r.Remaining(), len(b))
	}
}

func TestFirstErrorStays(t *testing.T) {
	in := unhex(t, "0102 00000005 0041 00000000 00000000 00000000 00000000")
	r := NewReader(Format{}, in, Limits{})
	r.Uint16()
	r.QString()
	first := r.Err()
	var e *DecodeError
	if !errors.As(first, &e) || e.Type != "QString" || e.Offset != 2 {
		t.Fatalf("error %v, want one about a QString at byte 2", first)
	}
	for name, read := range everyRead {
		if v := read(r); !reflect.ValueOf(v).IsZero() || !errors.Is(r.Err(), first) || r.Offset() != 2 || r.Remaining() != len(in)-2 {
			t.Errorf("%s after an error: %#v, offset %d, error %v", name, v, r.Offset(), r.Err())
		}
	}
}

func TestEmptyInput(t *testing.T) {
	for name, read := range everyRead {
		r := NewReader(Format{}, nil, Limits{})
		if r.Err() != nil || r.Remaining() != 0 {
			t.Fatalf("new Reader of nothing: error %v, remaining %d", r.Err(), r.Remaining())
		}
		v := read(r)
		var e *DecodeError
		if !errors.As(r.Err(), &e) || e.Type != name || e.Offset != 0 || e.Err == nil || !reflect.ValueOf(v).IsZero() {
			t.Errorf("%s reads as %#v, error %v", name, v, r.Err())
		}
		if !errors.Is(r.Err(), io.ErrUnexpectedEOF) {
			t.Errorf("%s: error %v does not wrap io.ErrUnexpectedEOF", name, r.Err())
		}
	}
}

func TestLimitMaxBytes(t *testing.T) {
	image, err := Format{}.AppendQImage(nil, QImage{tinyPNG(t)})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		in   []byte
		size int
	}{
		{"QString", unhex(t, "00000004 0041 0042"), 4},
		{"QByteArray", unhex(t, "00000004 61626364"), 4},
		{"QByteArray", unhex(t, "fffffffe 0000000000000004 61626364"), 4},
		{"cstring", unhex(t, "00000004 61626300"), 4},
		{"QImage", image, len(tinyPNG(t))},
	} {
		r := NewReader(Format{}, test.in, Limits{MaxBytes: test.size})
		if everyRead[test.name](r); r.Err() != nil {
			t.Errorf("%s of %d bytes, limit %d: %v", test.name, test.size, test.size, r.Err())
		}
		r = NewReader(Format{}, test.in, Limits{MaxBytes: test.size - 1})
		v := everyRead[test.name](r)
		if !errors.Is(r.Err(), ErrTooLarge) || !reflect.ValueOf(v).IsZero() || r.Offset() != 0 {
			t.Errorf("%s of %d bytes, limit %d: %#v, offset %d, error %v", test.name, test.size, test.size-1, v, r.Offset(), r.Err())
		}
	}
}

func TestAnnouncedLengthAllocatesNothing(t *testing.T) {
	for name, in := range map[string]string{
		"QString":    "7ffffffe 0041",
		"QByteArray": "7fffffff 61",
		"cstring":    "7fffffff 61",
		"QImage":     "00000001 89504e470d0a1a0a 0000000d 49484452 ffffffffffffffff0806000000 00000000 7fffffff 49444154 00000000",
	} {
		b := unhex(t, in)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		everyRead[name](NewReader(Format{}, b, Limits{}))
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%s that announces 2 GiB: %d bytes allocated", name, n)
		}
	}
}
