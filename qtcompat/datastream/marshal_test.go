package datastream

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
)

type goMode uint8

type goBase struct{ ID int32 }

type GoOrigin struct{ X, Y int16 }

type goFields struct {
	GoOrigin
	Base   goBase
	On     bool
	Name   string
	Link   string `qt:"QUrl"`
	Null   *string
	Raw    []byte
	ID     [16]byte
	Mode   goMode
	hidden int
	Notes  chan int `qt:"-"`
	At     QPoint
}

type goTree struct {
	Name     string
	Children []goTree
}

type (
	goText    string
	goLevel   int32
	goNumbers []int32
	goUUID    [16]byte
	goNested  []goNested
	goNames   map[string]goNames
)

// goValues has Go values of which the bytes are Qt's in testdata, or several of them after one another.
var goValues = []struct {
	f     Format
	value any
	want  string
}{
	{Format{}, true, "01"},
	{Format{}, int8(-2), "fe"},
	{Format{ByteOrder: LittleEndian}, int16(1800), "0807"},
	{Format{}, int32(-2), "fffffffe"},
	{Format{}, int64(-2), "fffffffffffffffe"},
	{Format{}, uint8(254), "fe"},
	{Format{}, uint16(65534), "fffe"},
	{Format{}, uint32(1), "00000001"},
	{Format{}, uint64(1), "0000000000000001"},
	{Format{}, float32(1.5), "3ff8000000000000"},
	{Format{Version: V4_5}, float32(1.5), "3fc00000"},
	{Format{Precision: Single}, 1.5, "3fc00000"},
	{Format{}, "AB", "00000004 0041 0042"},
	{Format{}, "", "00000000"},
	{Format{}, goText("AB"), "00000004 0041 0042"},
	{Format{}, goMode(7), "07"},
	{Format{}, []byte("ab"), "00000002 6162"},
	{Format{}, []byte(nil), "ffffffff"},
	{Format{}, json.Number("AB"), "00000004 0041 0042"},
	{Format{}, [16]byte{0x67, 0xc8, 0x77, 0x0b, 15: 0xee}, "67c8770b 0000 0000 00000000000000ee"},
	{Format{ByteOrder: LittleEndian}, goUUID{0x67, 0xc8, 0x77, 0x0b, 15: 0xee}, "0b77c867 0000 0000 00000000000000ee"},
	{Format{}, QRect{1, 2, 3, 4}, "00000001 00000002 00000003 00000005"},
	{Format{}, Variant{Type: "int", Value: int32(-2)}, "00000002 00 fffffffe"},
	{Format{}, []int32{1, 2}, "00000002 00000001 00000002"},
	{Format{}, []int32{}, "00000000"},
	{Format{ByteOrder: LittleEndian}, goNumbers{1, 2}, "02000000 01000000 02000000"},
	{Format{}, []goMode{1, 2}, "00000002 01 02"},
	{Format{}, []goLevel{1, 2}, "00000002 00000001 00000002"},
	{Format{}, []bool{true, false}, "00000002 01 00"},
	{Format{}, []QPoint{{1, 2}}, "00000001 00000001 00000002"},
	{Format{}, [][]int32{{1}, {}}, "00000002 00000001 00000001 00000000"},
	{Format{}, []string{"a", "b"}, "00000002 00000002 0061 00000002 0062"},
	{Format{}, []QPair[float64, uint8]{{1.5, 2}}, "00000001 3ff8000000000000 02"},
	{Format{}, []struct{ A, B int8 }{{1, 2}, {3, 4}}, "00000002 01 02 03 04"},
	{Format{Version: V5_13}, map[int32]int32{1: 10, 2: 20, -3: 30}, "00000003 00000002 00000014 00000001 0000000a fffffffd 0000001e"},
	{Format{Version: V6_0}, map[int32]int32{1: 10, 2: 20, -3: 30}, "00000003 fffffffd 0000001e 00000001 0000000a 00000002 00000014"},
	{Format{}, map[string][]string{"j": {}, "k": {"a"}}, "00000002 00000002006a 00000000 00000002006b 00000001 000000020061"},
	{Format{}, map[float64]bool{2: true, -1: false}, "00000002 bff0000000000000 00 4000000000000000 01"},
	{Format{}, map[goMode]QPoint{2: {1, 1}, 1: {2, 2}}, "00000002 01 00000002 00000002 02 00000001 00000001"},
	{Format{}, map[string]Variant{"k": {Type: "int", Value: int32(1)}}, "00000001 00000002006b 00000002 00 00000001"},
	{Format{}, []any{Variant{Type: "int", Value: int32(1)}}, "00000001 00000002 00 00000001"},
	{Format{}, goTree{"a", []goTree{{"b", []goTree{}}}}, "000000020061 00000001 000000020062 00000000"},
	{Format{}, goNested{{}, {{}}}, "00000002 00000000 00000001 00000000"},
	{Format{}, goNames{"a": {}}, "00000001 000000020061 00000000"},
	{Format{}, goFields{
		GoOrigin: GoOrigin{1, 2}, Base: goBase{3}, On: true, Name: "A", Link: "http://a", Raw: []byte{0xff},
		ID: [16]byte{1}, Mode: 9, At: QPoint{4, 5},
	}, "0001 0002 00000003 01 000000020041 00000008687474703a2f2f61 ffffffff 00000001ff 01000000 0000 0000 0000000000000000 09 00000004 00000005"},
	{Format{}, struct{ S, T *string }{new(string), nil}, "00000000 ffffffff"},
}

func TestMarshal(t *testing.T) {
	for _, test := range goValues {
		got, err := Marshal(test.f, test.value)
		if want := unhex(t, test.want); string(got) != string(want) || err != nil {
			t.Errorf("%+v: %T %+v is written as %x, %v, want %x", test.f, test.value, test.value, got, err, want)
		}
		pointer := addressable(reflect.ValueOf(test.value)).Addr().Interface()
		got, err = test.f.AppendValue([]byte("head"), pointer)
		if want := "head" + string(unhex(t, test.want)); string(got) != want || err != nil {
			t.Errorf("%+v: *%T is written as %x, %v, want %x", test.f, test.value, got, err, want)
		}
	}
}

func TestUnmarshal(t *testing.T) {
	for _, test := range goValues {
		in := append(unhex(t, test.want), 0xee)
		p := reflect.New(reflect.TypeOf(test.value))
		if n, err := Unmarshal(test.f, in, p.Interface()); n != len(in)-1 || err != nil || !reflect.DeepEqual(p.Elem().Interface(), test.value) {
			t.Errorf("%+v: %x reads as %+v, %d bytes, %v, want %+v", test.f, in, p.Elem(), n, err, test.value)
		}
		kept := addressable(reflect.ValueOf(test.value))
		for n := range len(in) - 1 {
			read, err := Unmarshal(test.f, in[:n:n], kept.Addr().Interface())
			if read != 0 || !errors.Is(err, io.ErrUnexpectedEOF) || !reflect.DeepEqual(kept.Interface(), test.value) {
				t.Errorf("%+v: %x reads as %+v, %d bytes, %v", test.f, in[:n], kept, read, err)
			}
		}
	}
}

// goTypes are Go types for what is recorded of real Qt.
var goTypes = map[string]any{
	"bool": new(bool), "qint8": new(int8), "qint64": new(int64), "quint16": new(uint16), "quint64": new(uint64), "float": new(float32), "double": new(float64),
	"QString": new(*string), "QByteArray": new([]byte), "QUuid": new([16]byte), "QStringList": new([]*string), "QByteArrayList": new([][]byte),
	"QList<qint32>": new([]int32), "QVector<qint32>": new([]int32), "QList<double>": new([]float64), "QList<QString>": new([]*string),
	"QList<QList<qint32>>": new([][]int32), "QList<QPair<double,quint8>>": new([]QPair[float64, uint8]), "QPair<qint32,QString>": new(QPair[int32, *string]),
	"QMap<QString,qint32>": new(map[string]int32), "QMap<QString,QStringList>": new(map[string][]string), "QHash<qint32,QString>": new(map[int32]*string),
	"QVariantList": new([]any), "QVariantMap": new(VariantMap), "QRectF": new(struct{ X, Y, W, H float64 }), "QPolygon": new([]QPoint), "QDateTime": new(QDateTime),
}

func TestMarshalLikeQt(t *testing.T) {
	for typ, p := range goTypes {
		if lines := eachRecorded(t, typ, func(f Format, line recorded) {
			v := reflect.New(reflect.TypeOf(p).Elem())
			n, err := Unmarshal(f, line.bytes, v.Interface())
			if n != len(line.bytes) || err != nil {
				t.Errorf("%s %+v: %x: %d bytes, %v", typ, f, line.bytes, n, err)
				return
			}
			b, err := Marshal(f, v.Interface())
			again := reflect.New(v.Type().Elem())
			if n, e := Unmarshal(f, b, again.Interface()); err != nil || e != nil || n != len(b) || !sameGo(v.Elem(), again.Elem()) {
				t.Errorf("%s %+v: %x is written as %x, %v, and reads as %v, %v", typ, f, line.bytes, b, err, again.Elem(), e)
			}
			if v.Elem().Kind() != reflect.Map && line.value == line.read && !strings.Contains(line.value, `"\ud`) && string(b) != string(line.bytes) {
				t.Errorf("%s %+v: %s is written as %x, want %x", typ, f, line.value, b, line.bytes)
			}
		}); lines == 0 {
			t.Errorf("nothing is recorded of %s", typ)
		}
	}
}

func sameGo(a, b reflect.Value) bool {
	if a.Kind() == reflect.Map {
		return reflect.DeepEqual(a.Interface(), b.Interface())
	}
	return equal(a, b)
}

func TestMarshalMapLikeTheNewestQt(t *testing.T) {
	lines := 0
	eachRecorded(t, "QMap<QString,qint32>", func(f Format, line recorded) {
		var m map[string]int32
		_, err := Unmarshal(f, line.bytes, &m)
		if b, e := Marshal(f, m); string(b) == string(line.bytes) && err == nil && e == nil {
			lines++
		}
	})
	if lines != 24*2*2 { // Qt 5 writes versions 1 to 19 in this order, Qt 6 the others
		t.Errorf("%d of the recorded lines are written like that", lines)
	}
}

func TestUnmarshalKeepsFieldsLeftOut(t *testing.T) {
	notes := make(chan int)
	v := goFields{hidden: 7, Notes: notes, Name: "old"}
	b, err := Marshal(Format{}, goFields{Name: "new"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Unmarshal(Format{}, b, &v); err != nil || v.hidden != 7 || v.Notes != notes || v.Name != "new" {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestUnmarshalTakesTheLastOfEqualKeys(t *testing.T) {
	var m map[uint8][]int32
	_, err := Unmarshal(Format{}, unhex(t, "00000003 01 00000001 00000001 02 00000000 01 00000001 00000003"), &m)
	if want := (map[uint8][]int32{1: {3}, 2: {}}); err != nil || !reflect.DeepEqual(m, want) {
		t.Errorf("%v, %v, want %v", m, err, want)
	}
}

func TestUnmarshalGrowsNoListBeforeItsElements(t *testing.T) {
	in := append(unhex(t, "00100000"), make([]byte, 1<<20)...) // a million elements, a byte of each
	var v []struct {
		A uint8
		B int64
	}
	n := testing.AllocsPerRun(1, func() {
		if _, err := Unmarshal(Format{}, in, &v); !errors.Is(err, io.ErrUnexpectedEOF) || v != nil {
			t.Errorf("%d elements, %v", len(v), err)
		}
	})
	if n > 100 {
		t.Errorf("%v allocations", n)
	}
}

func TestAppendValueAllocatesNothing(t *testing.T) {
	type part struct {
		Name string
		At   []float64
		Mode goMode
	}
	v := struct {
		ID    int64
		Parts []part
		Raw   []byte
		Magic [4]byte `qt:"raw<4>"`
		Time  time.Time
	}{1, []part{{"a", []float64{1, 2}, 3}, {"b", nil, 4}}, []byte("raw"), [4]byte{1}, time.Unix(0, 0)}
	buf := make([]byte, 0, 1000)
	if n := testing.AllocsPerRun(100, func() { _, _ = Format{}.AppendValue(buf, &v) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
