package datastream

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"reflect"
	"testing"
)

type goTags struct {
	Magic   [4]byte                  `qt:"raw<4>"`
	Rest    []byte                   `qt:"raw<2>"`
	Bytes   []uint8                  `qt:"QList<quint8>"`
	Chars   [2]goMode                `qt:"raw<2>"`
	Links   []string                 `qt:"QVector<QUrl>"`
	C       *string                  `qt:"const char*"`
	Half    float32                  `qt:"qfloat16"`
	Counts  map[string]int32         `qt:"QHash<QString,qint32>"`
	Events  []QPair[string, []int32] `qt:"QMultiMap<QUrl,QSet<int>>"`
	Pair    QPair[string, uint16]    `qt:"std::pair<QString,QChar>"`
	Hash    map[string]any           `qt:"QHash<QString,QVariant>"`
	Config  json.RawMessage          `qt:"QJsonObject"`
	Value   any                      `qt:"QJsonValue"`
	Many    any                      `qt:"QList<int>"`
	Point   struct{ X, Y int32 }     `qt:"QPoint"`
	Same    GoOrigin                 `qt:"short,short"`
	Points  []GoOrigin               `qt:"QList<struct<short,short>>"`
	Version []int32                  `qt:"QVersionNumber"`
	Bits    []bool                   `qt:"QBitArray"`
	Icon    QImage                   `qt:"QPixmap"`
}

func TestTags(t *testing.T) {
	c := "A"
	v := goTags{
		Magic: [4]byte{'Q', 'T', 0, 1}, Rest: []byte{8, 9}, Bytes: []uint8{1, 2}, Chars: [2]goMode{3, 4}, Links: []string{"a", ""}, C: &c, Half: 1.5,
		Counts: map[string]int32{"A": 5}, Events: []QPair[string, []int32]{{"a", []int32{6}}, {"a", []int32{}}}, Pair: QPair[string, uint16]{"A", 0x20ac},
		Hash: map[string]any{"A": Variant{Type: "bool", Value: true}}, Config: json.RawMessage(`{}`), Value: true, Many: []any{int32(7)},
		Point: struct{ X, Y int32 }{1, 2}, Same: GoOrigin{1, 2}, Points: []GoOrigin{{3, 4}}, Version: []int32{6, 4}, Bits: []bool{true},
	}
	want := unhex(t, "51540001 0809 00000002 01 02 03 04 00000002 00000001 61 ffffffff 00000002 4100 3e00"+
		"00000001 00000002 0041 00000005 00000002 00000001 61 00000001 00000006 00000001 61 00000000 00000002 0041 20ac"+
		"00000001 00000002 0041 00000001 00 01 00000002 7b7d 01 01 00000001 00000007"+
		"00000001 00000002 0001 0002 00000001 0003 0004 00000002 00000006 00000004 0000000000000001 01 00000000")
	b, err := Marshal(Format{}, &v)
	if err != nil || string(b) != string(want) {
		t.Fatalf("%x, %v, want\n%x", b, err, want)
	}
	var got goTags
	if n, err := Unmarshal(Format{}, b, &got); n != len(b) || err != nil || !reflect.DeepEqual(got, v) {
		t.Errorf("%+v, %d bytes, %v", got, n, err)
	}
	for n := range b {
		var got goTags
		if _, err := Unmarshal(Format{}, b[:n:n], &got); !errors.Is(err, io.ErrUnexpectedEOF) || !reflect.DeepEqual(got, goTags{}) {
			t.Errorf("%x: %+v, %v", b[:n], got, err)
		}
	}
}

func TestTagOfNull(t *testing.T) {
	type texts struct {
		S string  `qt:"const char*"`
		P *string `qt:"const char*"`
		V any     `qt:"QString"`
	}
	s := "x"
	got := texts{"old", &s, "old"}
	if n, err := Unmarshal(Format{}, unhex(t, "00000000 00000000 ffffffff"), &got); n != 12 || err != nil || got != (texts{}) {
		t.Errorf("%+v, %d bytes, %v", got, n, err)
	}
	if b, err := Marshal(Format{}, got); string(b) != string(unhex(t, "00000001 00 00000000 ffffffff")) || err != nil {
		t.Errorf("%x, %v", b, err)
	}
}

func TestMapsWithKeysThatAreNoNumbers(t *testing.T) {
	m := map[float32]uint8{float32(math.Inf(-1)): 1, float32(math.NaN()): 2}
	b, err := Marshal(Format{Precision: Single}, m)
	if want := unhex(t, "00000002 7fc00000 02 ff800000 01"); err != nil || string(b) != string(want) {
		t.Errorf("%x, %v, want %x", b, err, want)
	}
}

// Of Go types that differ, only in name or not at all in their bytes, the names of the Qt types.
func TestTypeForNames(t *testing.T) {
	for _, test := range []struct {
		typ  Type
		want string
	}{
		{TypeFor[int32](), "int"},
		{TypeFor[goMode](), "uchar"},
		{TypeFor[*string](), "QString"},
		{TypeFor[any](), "QVariant"},
		{TypeFor[Variant](), "QVariant"},
		{TypeFor[[]Variant](), "QVariantList"},
		{TypeFor[VariantMap](), "QVariantMap"},
		{TypeFor[map[string]any](), "QVariantMap"},
		{TypeFor[[]int32](), "QList<int>"},
		{TypeFor[[]bool](), "QList<bool>"},
		{TypeFor[[][]byte](), "QList<QByteArray>"},
		{TypeFor[map[string][]QPoint](), "QMap<QString,QList<QPoint>>"},
		{TypeFor[QPair[string, QRect]](), "QPair<QString,QRect>"},
		{TypeFor[GoOrigin](), "struct<short,short>"},
		{TypeFor[struct{ A []GoOrigin }](), "struct<QList<struct<short,short>>>"},
		{TypeFor[goTags](), "struct<raw<4>,raw<2>,QList<uchar>,raw<2>,QVector<QUrl>,const char*,qfloat16,QHash<QString,int>,QMultiMap<QUrl,QSet<int>>," +
			"std::pair<QString,QChar>,QVariantHash,QJsonObject,QJsonValue,QList<int>,QPoint,struct<short,short>,QList<struct<short,short>>," +
			"QVersionNumber,QBitArray,QPixmap>"},
	} {
		parsed, err := ParseType(test.want, nil)
		if test.typ.String() != test.want || err != nil || parsed.String() != test.want {
			t.Errorf("%s, want %s, which is %s, %v", test.typ, test.want, parsed, err)
		}
	}
	if name := TypeFor[goTree]().String(); name != "struct<QString,QList<datastream.goTree>>" {
		t.Errorf("a type within itself is %s", name)
	}
}

func TestTypeFor(t *testing.T) {
	typ := TypeFor[goTree]()
	v := goTree{"a", []goTree{{"b", []goTree{}}}}
	b, err := typ.Append(Format{}, []byte{1}, v)
	if want := unhex(t, "01 000000020061 00000001 000000020062 00000000"); string(b) != string(want) || err != nil {
		t.Errorf("%x, %v, want %x", b, err, want)
	}
	r := NewReader(Format{}, b[1:], Limits{})
	if got := typ.Read(r); r.Err() != nil || !reflect.DeepEqual(got, v) {
		t.Errorf("%+v, %v", got, r.Err())
	}
	r = NewReader(Format{}, b[1:10], Limits{})
	if got := typ.Read(r); !errors.Is(r.Err(), io.ErrUnexpectedEOF) || got != nil {
		t.Errorf("%+v, %v", got, r.Err())
	}
	for _, wrong := range []any{nil, &v, "a"} {
		if b, err := typ.Append(Format{}, []byte{1}, wrong); err == nil || len(b) != 1 {
			t.Errorf("%T is written as %x", wrong, b)
		}
	}
}

func TestTypeForAnyAndNull(t *testing.T) {
	v := Variant{Type: "bool", Value: true}
	b, err := TypeFor[any]().Append(Format{}, nil, v)
	r := NewReader(Format{}, b, Limits{})
	if got := TypeFor[any]().Read(r); err != nil || r.Err() != nil || got != any(v) {
		t.Errorf("%x, %v: %+v, %v", b, err, got, r.Err())
	}
	b, err = TypeFor[*string]().Append(Format{}, nil, (*string)(nil))
	if string(b) != "\xff\xff\xff\xff" || err != nil {
		t.Errorf("%x, %v", b, err)
	}
}

func TestTypeForTypesThatCannotBeWritten(t *testing.T) {
	typ := TypeFor[struct{ A int }]()
	if b, err := typ.Append(Format{}, []byte{1}, struct{ A int }{1}); !errors.Is(err, errors.ErrUnsupported) || len(b) != 1 {
		t.Errorf("%x, %v", b, err)
	}
	r := NewReader(Format{}, make([]byte, 100), Limits{})
	if v := typ.Read(r); !errors.Is(r.Err(), errors.ErrUnsupported) || v != nil {
		t.Errorf("%v, %v", v, r.Err())
	}
	if b, err := typ.AppendJSON(nil, struct{ A int }{1}); err == nil {
		t.Errorf("JSON %s", b)
	}
}

// Qt 6.12.0, version 24: QVariant::fromValue(Pt{1, 2}), and a QList<Pt>{{3, 4}}
func TestTypeForInVariants(t *testing.T) {
	type pt struct{ X, Y int32 }
	types := Types{"Pt": TypeFor[pt]()}
	for in, want := range map[string]any{
		"00010000 00 00000003507400 00000001 00000002":                        pt{1, 2},
		"00010000 00 0000000a514c6973743c50743e00 00000001 00000003 00000004": []any{pt{3, 4}},
	} {
		r := NewReader(Format{}, unhex(t, in), Limits{})
		r.Define(types)
		v := r.QVariant()
		if r.Err() != nil || !reflect.DeepEqual(v.Value, want) {
			t.Errorf("%s: %+v, %v", in, v, r.Err())
		}
		if b, err := Marshal(Format{}, v); err != nil || string(b) != string(unhex(t, in)) {
			t.Errorf("%+v is written as %x, %v", v, b, err)
		}
	}
}
