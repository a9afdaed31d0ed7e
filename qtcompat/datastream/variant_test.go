package datastream

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestVariantTellsWhatItIs(t *testing.T) {
	// Qt 6.12.0, version 24: QVariantMap{{"j", QVariantList{1, "x", QVariant()}}, {"k", 1}}
	in := unhex(t, "00000008 00 00000002 00000002006a 00000009 00 00000003 00000002 00 00000001 0000000a 00 000000020078 00000000 01"+
		"00000002006b 00000002 00 00000001")
	r := NewReader(Format{}, in, Limits{})
	m, ok := r.QVariant().Value.(VariantMap)
	if !ok || r.Err() != nil {
		t.Fatal(r.Err())
	}
	j, _ := m.Get("j")
	list, _ := j.Value.([]Variant)
	if len(list) != 3 || list[0].Value != int32(1) || list[1].Value != "x" || list[2].IsValid() || j.Type != "QVariantList" {
		t.Errorf("j is %+v", j)
	}
	if k, ok := m.Get("k"); !ok || k != (Variant{Type: "int", Value: int32(1)}) {
		t.Errorf("k is %+v, %v", k, ok)
	}
	if l, ok := m.Get("l"); ok || l.IsValid() {
		t.Errorf("l is %+v", l)
	}
}

func TestVariantMapTakesTheLastOfEqualKeys(t *testing.T) {
	m := VariantMap{{"a", Variant{Type: "int", Value: int32(1)}}, {"a", Variant{Type: "int", Value: int32(2)}}}
	if v, _ := m.Get("a"); v.Value != int32(2) {
		t.Errorf("%+v", v)
	}
}

func TestUnknownTypesOfVariants(t *testing.T) {
	for _, test := range []struct {
		what    string
		version Version
		in      string
		cause   error
		names   string
	}{
		{"a number that no Qt has", V6_11, "00000043 00 00000000", ErrUnknownType, "number 67"},
		{"QRegExp in Qt 6", V6_0, "0000001b 00 000000020061010000", ErrUnknownType, "number 27"},
		{"QColor of Qt 6 in Qt 5", V5_13, "00001003 00 00ffff0000000000000000", ErrUnknownType, "number 4099"},
		{"QObject*, which has no stream form", V6_11, "00000027 00 00000000", ErrUnknownType, "number 39"},
		{"a type that Qt 3 did not know", V3_3, "00000024 00000000", ErrUnknownType, "number 36"},
		{"a number beyond all", V6_11, "ffffffff 00", ErrUnknownType, "number 4294967295"},
		{"a user type", V6_11, "00010000 00 00000003507400 00000001", ErrUnknownType, "Pt"},
		{"a list of a user type", V6_11, "00010000 00 00000009514c6973743c503e00 00000000", ErrUnknownType, "P"},
		{"a name without NUL", V6_11, "00010000 00 000000025074 00000001", ErrCorrupt, "Pt"},
		{"a name with two NULs", V6_11, "00010000 00 0000000450740000 00000001", ErrCorrupt, `"Pt\x00"`},
		{"no name", V6_11, "00010000 00 0000000100", ErrCorrupt, `""`},
		{"a name that does not end", V6_11, "00010000 00 00000013 507400", io.ErrUnexpectedEOF, "QByteArray"},
	} {
		f := Format{Version: test.version}
		refused(t, "QVariant", f, test.in, (*Reader).QVariant, test.cause)
		r := NewReader(f, unhex(t, test.in), Limits{})
		if r.QVariant(); !strings.Contains(r.Err().Error(), test.names) {
			t.Errorf("%s: %v does not name %s", test.what, r.Err(), test.names)
		}
	}
}

func TestUserTypesOfVariants(t *testing.T) {
	// Qt 6.12.0, version 24: QVariant::fromValue(Pt{1, 2}), and a QList<Pt>{{3, 4}}
	for _, in := range []string{
		"00010000 00 00000003507400 00000001 00000002",
		"00010000 00 0000000a514c6973743c50743e00 00000001 00000003 00000004",
	} {
		r := NewReader(Format{}, unhex(t, in), Limits{})
		r.Define(vectorUserTypes())
		v := r.QVariant()
		if r.Err() != nil || !strings.Contains(v.Type, "Pt") {
			t.Errorf("%s: %+v, %v", in, v, r.Err())
		}
		if b, err := (Format{}).AppendQVariant(nil, v); err != nil || string(b) != string(unhex(t, in)) {
			t.Errorf("%+v is written as %x, %v", v, b, err)
		}
	}
}

func TestUserTypeMadeHere(t *testing.T) {
	pt := vectorUserTypes()["Pt"]
	v := pt.Variant("Pt", []any{int32(1), int32(2)})
	for version, want := range map[Version]string{
		V3_3:  "00000000 ffffffff",
		V4_0:  "0000007f 00000003507400 00000001 00000002",
		V4_2:  "0000007f 00 00000003507400 00000001 00000002",
		V5_0:  "00000400 00 00000003507400 00000001 00000002",
		V6_11: "00010000 00 00000003507400 00000001 00000002",
	} {
		if b, err := (Format{Version: version}).AppendQVariant(nil, v); err != nil || string(b) != string(unhex(t, want)) {
			t.Errorf("version %d: %x, %v, want %s", version, b, err, want)
		}
	}
	// A user type with the name of one of Qt's is the user's.
	v = pt.Variant("int", []any{int32(1), int32(2)})
	b, _ := (Format{}).AppendQVariant(nil, v)
	r := NewReader(Format{}, b, Limits{})
	r.Define(Types{"int": pt})
	if got := r.QVariant(); !same(got.Value, v.Value) || r.Err() != nil {
		t.Errorf("%x reads as %+v, %v", b, got, r.Err())
	}
}

func TestVariantsThatCannotBeWritten(t *testing.T) {
	for _, v := range []Variant{
		{Type: "int", Value: "text"},
		{Type: "int", Value: 1},
		{Type: "int"},
		{Type: "QString", Value: 1},
		{Type: "std::nullptr_t", Value: 1},
		{Type: "Pt", Value: int32(1)},
		{Type: "QList<int>", Value: []int32{1}},
		{Type: "QList<int>", Value: []any{int32(1), "x"}},
		{Type: "QMap<QString,int>", Value: []QPair[any, any]{{"a", int32(1)}, {"b", nil}}},
		{Type: "QMap<QString,int>", Value: []any{}},
		{Type: "QPair<int,int>", Value: []any{}},
		{Type: "QPair<int,int>", Value: QPair[any, any]{int32(1), "x"}},
		{Type: "QVariantList", Value: []Variant{{Type: "int", Value: int32(1)}, {Type: "int", Value: "x"}}},
		{Type: "QVariantMap", Value: VariantMap{{"a", Variant{Type: "Unknown"}}}},
		{Type: "QVariantPair", Value: QPair[Variant, Variant]{Second: Variant{Type: "Unknown"}}},
		{Type: "QJsonObject", Value: nil},
		vectorUserTypes()["geo::Kind"].Variant("", uint8(1)),
		vectorUserTypes()["geo::Kind"].Variant("a\x00", uint8(1)),
	} {
		b, err := (Format{}).AppendQVariant([]byte("head"), v)
		if err == nil || string(b) != "head" || !strings.HasPrefix(err.Error(), "datastream: cannot write ") {
			t.Errorf("%+v is written as %x, error %v", v, b, err)
		}
	}
}

func TestQFloat16OfQt64(t *testing.T) {
	// Qt 6.4.2 knows qfloat16 by its name, Qt 6.5.3 and later write number 63 at the same stream version, and read both.
	f := Format{Version: V6_0}
	v := Variant{Type: "qfloat16", Value: float32(1.5)}
	const byName = "00010000 00 0000000971666c6f6174313600 3e00"
	exact(t, "QVariant", f, v, must(t, Format.AppendQVariant), (*Reader).QVariant, byName)
	r := NewReader(f, unhex(t, "0000003f 00 3e00"), Limits{})
	if got := r.QVariant(); got != v || r.Err() != nil {
		t.Errorf("%+v, %v", got, r.Err())
	}
}

func TestVariantOfAVariant(t *testing.T) {
	// No Qt writes one, but user types may consist of any.
	typ, err := ParseType("QVariant,QVariantPair", nil)
	if err != nil {
		t.Fatal(err)
	}
	v := []any{Variant{}, QPair[Variant, Variant]{Variant{Type: "bool", Value: true}, Variant{}}}
	b, err := typ.Append(Format{}, nil, v)
	if err != nil || string(b) != string(unhex(t, "00000000 01 00000001 00 01 00000000 01")) {
		t.Fatalf("%x, %v", b, err)
	}
	if got := typ.Read(NewReader(Format{}, b, Limits{})); !same(got, any(v)) {
		t.Errorf("%+v", got)
	}
	r := NewReader(Format{}, b[:3], Limits{})
	if got := typ.Read(r); got != nil || !errors.Is(r.Err(), io.ErrUnexpectedEOF) {
		t.Errorf("%+v, %v", got, r.Err())
	}
}
