package datastream

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// unsupportedValues are of Go types that cannot be written, with what the error says after the Go type of the value.
var unsupportedValues = []struct {
	value any
	want  string
}{
	{1, "Go type int: its size depends on the machine: use int32 or int64"},
	{uint(1), "Go type uint: its size depends on the machine: use uint32 or uint64"},
	{uintptr(1), "Go type uintptr: its size depends on the machine: use uint32 or uint64"},
	{1i, "Go type complex128: Qt has no such type: use two fields"},
	{struct{ A struct{ B []int } }{}, "field A.B: unsupported operation: Go type int: its size"},
	{struct{ A *int32 }{}, "field A: unsupported operation: Go type *int32: Qt writes no nil: use int32, or []int32 if there may be none"},
	{struct{ A chan int }{}, `field A: unsupported operation: Go type chan int: it has no value in a stream: leave it out with the tag qt:"-"`},
	{struct{ A func() }{}, "field A: unsupported operation: Go type func(): it has no value"},
	{struct{ A error }{}, "field A: unsupported operation: Go type error: its values have no fixed type: use datastream.Variant"},
	{struct{ A [4]byte }{}, `field A: unsupported operation: Go type [4]uint8: use []uint8 for a QList; [N]byte can have a tag qt:"raw<N>"`},
	{struct{ A [16]int8 }{}, "field A: unsupported operation: Go type [16]int8: use []int8"},
	{struct{ A json.RawMessage }{}, "field A: unsupported operation: Go type json.RawMessage: it can be several types of Qt"},
	{struct{ A struct{} }{}, "field A: unsupported operation: Go type struct {}: no field of it is exported"},
	{struct{ A sync.Mutex }{}, "field A: unsupported operation: Go type sync.Mutex: no field of it is exported"},
	{struct{ goBase }{}, "field goBase: unsupported operation: Go type datastream.goBase: the field is not exported"},
	{map[QPoint]int32{}, "Go type map[datastream.QPoint]int32: its keys are neither numbers nor strings: use []datastream.QPair[datastream.QPoint, int32]"},
	{map[bool]int32{}, "Go type map[bool]int32: its keys are neither"},
	{map[int]int32{}, "Go type int: its size"},
	{map[string]int{}, "Go type int: its size"},
	{[]*QPoint{}, "Go type *datastream.QPoint: Qt writes no nil"},
	{QPair[int32, int]{}, "field Second: unsupported operation: Go type int: its size"},

	{struct {
		a int32 `qt:"int"`
		B int32
	}{}, "field a: unsupported operation: Go type int32: the field is not exported: export it"},
	{struct {
		A int32 `qt:"QUrl"`
	}{}, `field A: tag qt:"QUrl": unsupported operation: Go type int32: a QUrl is a Go string`},
	{struct {
		A int `qt:"qint32"`
	}{}, `field A: tag qt:"qint32": unsupported operation: Go type int: a int is a Go int32`},
	{struct {
		A []string `qt:"QList<QList<int>>"`
	}{}, `field A: tag qt:"QList<QList<int>>": unsupported operation: Go type string: it is no QList<int>`},
	{struct {
		A map[string]bool `qt:"QMultiMap<QString,bool>"`
	}{}, `tag qt:"QMultiMap<QString,bool>": unsupported operation: Go type map[string]bool: it is no QMultiMap<QString,bool>`},
	{struct {
		A map[[16]byte]bool `qt:"QHash<QUuid,bool>"`
	}{}, "Go type map[[16]uint8]bool: it is no QHash<QUuid,bool>"},
	{struct {
		A map[string]bool `qt:"QHash<int,bool>"`
	}{}, `Go type string: a int is a Go int32`},
	{struct {
		A map[string]bool `qt:"QHash<QString,int>"`
	}{}, `Go type bool: a int is a Go int32`},
	{struct {
		A []QPair[string, bool] `qt:"QHash<QString,int>"`
	}{}, `Go type bool: a int is a Go int32`},
	{struct {
		A GoOrigin `qt:"int,int"`
	}{}, `tag qt:"int,int": unsupported operation: Go type datastream.GoOrigin: it is no struct<int,int>`},
	{struct {
		A GoOrigin `qt:"QPair<short,short>"`
	}{}, `Go type datastream.GoOrigin: it is no QPair<short,short>`},
	{struct {
		A [4]byte `qt:"raw<5>"`
	}{}, `Go type [4]uint8: a raw<5> is a Go []uint8`},
	{struct {
		A [4]int8 `qt:"raw<4>"`
	}{}, `Go type [4]int8: a raw<4> is a Go []uint8`},
	{struct {
		A []GoOrigin `qt:"QMap<short,short>"`
	}{}, `Go type []datastream.GoOrigin: it is no QMap<short,short>`},
	{struct {
		A *string `qt:"QUrl"`
	}{}, `Go type *string: a QUrl is a Go string`},
	{struct {
		A bool `qt:"QJsonValue"`
	}{}, `Go type bool: it is no QJsonValue`},
	{struct {
		A bool `qt:"QBool"`
	}{}, `field A: type "QBool": unknown type: QBool`},
	{struct {
		A []goTree `qt:"QList<"`
	}{}, `field A: type "QList<": unknown type: a name is missing`},
}

func TestTypesThatCannotBeWritten(t *testing.T) {
	for _, test := range unsupportedValues {
		b, err := Format{}.AppendValue([]byte("head"), test.value)
		prefix := "datastream: cannot write " + reflect.TypeOf(test.value).String() + ": "
		if err == nil || string(b) != "head" || !strings.HasPrefix(err.Error(), prefix) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%T: %x, %v\nwant %s", test.value, b, err, test.want)
		}
		if !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, ErrUnknownType) {
			t.Errorf("%T: %v", test.value, err)
		}
		n, err := Unmarshal(Format{}, make([]byte, 100), reflect.New(reflect.TypeOf(test.value)).Interface())
		var e *DecodeError
		if n != 0 || !errors.As(err, &e) || e.Type != reflect.TypeOf(test.value).String() || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%T: %v", test.value, err)
		}
	}
}

func TestMarshalNil(t *testing.T) {
	for value, want := range map[any]string{
		nil:            "datastream: cannot write nil: it has no type",
		(*int32)(nil):  "datastream: cannot write a nil *int32",
		(*goTree)(nil): "datastream: cannot write a nil *datastream.goTree",
	} {
		if b, err := Marshal(Format{}, value); b != nil || err == nil || err.Error() != want {
			t.Errorf("%T: %x, %v, want %s", value, b, err, want)
		}
	}
	if b, err := Marshal(Format{}, (*string)(nil)); string(b) != "\xff\xff\xff\xff" || err != nil {
		t.Errorf("%x, %v", b, err)
	}
}

func TestUnmarshalIntoWhatIsNoPointer(t *testing.T) {
	for _, target := range []any{nil, int32(1), goTree{}, (*int32)(nil), map[string]int32{}} {
		n, err := Unmarshal(Format{}, make([]byte, 100), target)
		if n != 0 || !errors.Is(err, errors.ErrUnsupported) || !strings.Contains(err.Error(), "want a pointer that is not nil") {
			t.Errorf("%T: %d, %v", target, n, err)
		}
	}
}

func TestErrorsNameTheField(t *testing.T) {
	type target struct {
		ID   uint8
		Tree goTree
		JSON []struct {
			A json.RawMessage `qt:"QJsonObject"`
		}
	}
	for in, want := range map[string]string{
		"01 00000002": "datastream: cannot read datastream.target at byte 0: field Tree.Name: QString at byte 1: unexpected EOF: 2 bytes needed, 0 left ",
		"01 00000000 00000001 00000001 00": "datastream: cannot read datastream.target at byte 0: " +
			"field Tree.Children.Name: QString at byte 9: corrupt data: odd length 1 of UTF-16 text ",
		"01 00000000 00000000 00000002 000000027b7d 0000000122": "datastream: cannot read datastream.target at byte 0: field JSON.A: QJsonObject at byte 19: corrupt data: ",
	} {
		v := target{ID: 9}
		n, err := Unmarshal(Format{}, unhex(t, in), &v)
		if n != 0 || err == nil || !strings.HasPrefix(err.Error(), want) || v.ID != 9 || v.Tree.Name != "" {
			t.Errorf("%s: %+v, %d bytes, %v\nwant %s", in, v, n, err, want)
		}
		if !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, ErrCorrupt) {
			t.Errorf("%v has lost its cause", err)
		}
	}
}

func TestErrorsOfValuesNameTheField(t *testing.T) {
	type value struct{ A []any }
	for _, test := range []struct {
		f     Format
		value any
		want  string
	}{
		{Format{}, value{[]any{nil}}, "datastream: cannot write datastream.value: field A: cannot write QVariant: Go type <nil>, want datastream.Variant"},
		{Format{}, value{[]any{int32(1)}}, "datastream: cannot write datastream.value: field A: cannot write QVariant: Go type int32, want datastream.Variant"},
		{Format{}, map[int8]QImage{1: {PNG: []byte("no")}}, "datastream: cannot write map[int8]datastream.QImage: cannot write QImage: corrupt data"},
		{Format{}, struct {
			A []byte `qt:"raw<2>"`
		}{[]byte{1}}, "cannot write raw<2>: there are 1 bytes"},
	} {
		if b, err := test.f.AppendValue([]byte("head"), test.value); string(b) != "head" || err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%T: %x, %v\nwant %s", test.value, b, err, test.want)
		}
	}
}

func TestReaderValueAfterAnError(t *testing.T) {
	r := NewReader(Format{}, unhex(t, "00000001 00000001"), Limits{})
	var list []int32
	v := int32(7)
	if r.Value(&v); v != 1 {
		t.Errorf("%d, %v", v, r.Err())
	}
	r.Value(&list)
	err := r.Err()
	r.Value(&v)
	r.Value(nil)
	if list != nil || v != 1 || r.Offset() != 4 || r.Err() != err || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v, %d, offset %d, %v", list, v, r.Offset(), r.Err())
	}
}

func TestReaderValueKeepsLimits(t *testing.T) {
	for _, test := range []struct {
		limits Limits
		in     string
	}{
		{Limits{MaxBytes: 3}, "00000004 0041 0042 00000000"},
		{Limits{MaxElements: 1}, "00000000 00000002 00000000 00000000 00000000 00000000"},
		{Limits{MaxDepth: 4}, "00000000 00000001 00000000 00000001 00000000 00000000"},
	} {
		in := unhex(t, test.in)
		var v goTree
		if _, err := Unmarshal(Format{}, in, &v); err != nil {
			t.Error(err)
		}
		v = goTree{}
		r := NewReader(Format{}, in, test.limits)
		if r.Value(&v); !errors.Is(r.Err(), ErrTooLarge) || !reflect.DeepEqual(v, goTree{}) {
			t.Errorf("%+v: %+v, %v", test.limits, v, r.Err())
		}
	}
}

func TestDepthOfRecursiveTypes(t *testing.T) {
	in := []byte(strings.Repeat("\x00\x00\x00\x01", 1023) + "\x00\x00\x00\x00")
	var v goNested
	if n, err := Unmarshal(Format{}, in, &v); n != len(in) || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	if b, err := Marshal(Format{}, v); string(b) != string(in) || err != nil {
		t.Errorf("%x, %v", b, err)
	}
	if b, err := Marshal(Format{}, goNested{v}); b != nil || !errors.Is(err, ErrTooLarge) {
		t.Errorf("%x, %v", b, err)
	}
	if _, err := Unmarshal(Format{}, append([]byte("\x00\x00\x00\x01"), in...), &v); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

func TestValuesThatContainThemselves(t *testing.T) {
	list := goNested{nil}
	list[0] = list
	names := goNames{}
	names["a"] = names
	tree := goTree{"a", []goTree{{}}}
	tree.Children[0].Children = tree.Children
	for _, v := range []any{list, names, tree} {
		b, err := Marshal(Format{}, v)
		if b != nil || !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "does one contain itself?") || len(err.Error()) > 400 {
			t.Errorf("%T: %d bytes, %v", v, len(b), err)
		}
	}
}

func TestMarshalOfOneTypeAtOnce(t *testing.T) {
	type fresh struct{ A []goTree }
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if b, err := Marshal(Format{}, fresh{}); len(b) != 4 || err != nil {
				t.Errorf("%x, %v", b, err)
			}
		})
	}
	wg.Wait()
}
