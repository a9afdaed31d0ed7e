package datastream

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestTextFormatLikeQt reads what Qt 5.15.8, 6.10.3 and 6.12.0 wrote, all properties by their numbers of today, and writes it
// again.
func TestTextFormatLikeQt(t *testing.T) {
	lines := eachRecorded(t, "QTextFormat", func(f Format, line recorded) {
		r := NewReader(f, append(line.bytes, 0xee), Limits{})
		got := r.QTextFormat()
		want := textFormatOf(t, line.read)
		if r.Err() != nil || r.Remaining() != 1 || !reflect.DeepEqual(simplified(got), simplified(want)) {
			t.Errorf("%+v: %x reads as %+v, %d bytes left, %v; want %+v", f, line.bytes, got, r.Remaining()-1, r.Err(), want)
		}
		ofQt5 := f.Version < V6_0 && strings.Contains(line.read, `[8167,{"type":"QStringList"`)
		dropped := f.Version < V6_11 && (hasProperty(got.Properties, textFontFeatures) || hasProperty(got.Properties, textFontVariableAxes))
		b, err := f.AppendQTextFormat(nil, got)
		if err != nil || string(b) != string(line.bytes) && !ofQt5 && !dropped {
			t.Errorf("%+v: %+v is written as %x, %v; by Qt as %x", f, got, b, err, line.bytes)
		}
		for n := range line.bytes {
			r := NewReader(f, line.bytes[:n:n], Limits{})
			if got := r.QTextFormat(); !errors.Is(r.Err(), io.ErrUnexpectedEOF) || !reflect.DeepEqual(got, QTextFormat{}) || r.Offset() != 0 {
				t.Errorf("%+v: %x reads as %+v, %v", f, line.bytes[:n], got, r.Err())
			}
		}
	})
	if lines < 200 {
		t.Errorf("%d lines", lines)
	}
}

// textFormatOf returns a recorded QTextFormat, with the values that recordedVariant has.
func textFormatOf(t *testing.T, text string) (v QTextFormat) {
	t.Helper()
	var from struct {
		Type       int32                `json:"type"`
		Properties [][2]json.RawMessage `json:"properties"` // number and QVariant
	}
	if err := json.Unmarshal([]byte(text), &from); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	v = QTextFormat{from.Type, []QPair[int32, Variant]{}}
	for _, p := range from.Properties {
		v.Properties = append(v.Properties, QPair[int32, Variant]{valueOf[int32](t, p[0]), recordedVariant(t, p[1])})
	}
	return v
}

// recordedVariant returns a recorded QVariant, without the value if that has a type of painting.
func recordedVariant(t *testing.T, text json.RawMessage) Variant {
	t.Helper()
	from := valueOf[struct {
		Type  string          `json:"type"`
		Value json.RawMessage `json:"value"`
	}](t, text)
	v := Variant{Type: from.Type}
	switch from.Type {
	case "int":
		v.Value = valueOf[int32](t, from.Value)
	case "double":
		v.Value = valueOf[float64](t, from.Value)
	case "QString":
		v.Value = valueOf[string](t, from.Value)
	case "QStringList":
		v.Value = valueOf[[]string](t, from.Value)
	case "QTextLength":
		v.Value = valueOf[QTextLength](t, from.Value)
	case "QVariantList":
		list := []Variant{}
		for _, item := range valueOf[[]json.RawMessage](t, from.Value) {
			list = append(list, recordedVariant(t, item))
		}
		v.Value = list
	}
	return v
}

func valueOf[T any](t *testing.T, text json.RawMessage) (v T) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

// simplified returns v with the numbers of today, in their order, and without values of the types of painting. A double is
// rounded to a float, as a stream in single precision has it.
func simplified(v QTextFormat) QTextFormat {
	v.Properties = renumbered(slices.Clone(v.Properties))
	slices.SortFunc(v.Properties, func(a, b QPair[int32, Variant]) int { return int(a.First - b.First) })
	for i := range v.Properties {
		switch value := &v.Properties[i].Second; value.Type {
		case "QPen", "QBrush", "QColor":
			value.Value = nil
		case "double":
			value.Value = float32(value.Value.(float64))
		}
	}
	return v
}

func asNumber(n int32) Variant         { return Variant{Type: "int", Value: n} }
func family(name string) Variant       { return Variant{Type: "QString", Value: name} }
func families(names ...string) Variant { return Variant{Type: "QStringList", Value: names} }
func textWith(properties ...any) (v QTextFormat) {
	v = QTextFormat{2, []QPair[int32, Variant]{}}
	for i := 0; i < len(properties); i += 2 {
		v.Properties = append(v.Properties, QPair[int32, Variant]{int32(properties[i].(int)), properties[i+1].(Variant)})
	}
	return v
}

// What a property of text is in versions 8 and later, after its number.
const (
	int1, int2, int3 = "000000020000000001", "000000020000000002", "000000020000000003"
	textA, textB     = "0000000a00000000020041", "0000000a00000000020042"
	listAB           = "0000000b0000000002000000020041000000020042"
)

// TestTextFormatWritten has the bytes of Qt 6.12.0.
func TestTextFormatWritten(t *testing.T) {
	for _, test := range []struct {
		versions []Version
		v        QTextFormat
		want     string
	}{
		{[]Version{8, 19}, textWith(0x1fe7, families("A", "B")), "00000001" + "00002000" + textA},
		{[]Version{8, 19}, textWith(0x1fe7, family("A")), "00000001" + "00002000" + textA},
		{[]Version{8, 19}, textWith(0x2000, families("A", "B")), "00000001" + "00002000" + listAB},
		{[]Version{8, 19}, textWith(0x1fe7, families("B", "A"), 0x2000, family("A")), "00000001" + "00002000" + textB},
		{[]Version{8, 19}, textWith(0x1fe9, asNumber(1), 0x2033, asNumber(2)), "00000001" + "00002033" + int1},
		{[]Version{8, 19}, textWith(0x1fea, asNumber(1), 0x2034, asNumber(2)), "00000001" + "00002034" + int1},
		{[]Version{8, 19}, textWith(0x2033, asNumber(1), 0x2034, asNumber(2)), "00000002" + "00002033" + int1 + "00002034" + int2},
		{[]Version{8, 19}, textWith(0x2010, asNumber(1), 0x2011, asNumber(2), 0x2020, asNumber(3)), "00000001" + "00002010" + int3},
		{[]Version{8, 19}, textWith(0x2001, asNumber(1), -5, asNumber(2)), "00000002" + "00002001" + int1 + "fffffffb" + int2},
		{[]Version{20, 23, 24}, textWith(0x1fe7, families("A", "B"), 0x2000, family("A")), "00000002" + "00001fe7" + listAB + "00002000" + textA},
		{[]Version{20, 23, 24}, textWith(0x1fe9, asNumber(1), 0x2033, asNumber(2)), "00000002" + "00001fe9" + int1 + "00002033" + int2},
		{[]Version{20, 23}, textWith(0x2010, asNumber(1), 0x2011, asNumber(2), 0x2020, asNumber(3)), "00000001" + "00002020" + int3},
		{[]Version{24}, textWith(0x2010, asNumber(1), 0x2011, asNumber(2), 0x2020, asNumber(3)),
			"00000003" + "00002010" + int1 + "00002011" + int2 + "00002020" + int3},
	} {
		for _, version := range test.versions {
			f := Format{Version: version}
			want := unhex(t, "00000002"+test.want)
			if b, err := f.AppendQTextFormat(nil, test.v); err != nil || string(b) != string(want) {
				t.Errorf("%+v in version %d: %x, %v; want %x", test.v, version, b, err, want)
			}
			buf := make([]byte, 0, len(want))
			if n := testing.AllocsPerRun(10, func() { _, _ = f.AppendQTextFormat(buf, test.v) }); n != 0 {
				t.Errorf("%+v in version %d: %v allocations", test.v, version, n)
			}
		}
	}
	want := unhex(t, "00000002"+"00000001"+"00002000"+"0000000a00"+"00000000")
	if b, err := (Format{Version: V5_13}).AppendQTextFormat(nil, textWith(0x1fe7, families())); err != nil || string(b) != string(want) {
		t.Errorf("no families: %x, %v", b, err)
	}
}

// TestTextFormatRead has what Qt 6.12.0 reads, except for the order, and for properties with the same number: of those Qt
// keeps the last.
func TestTextFormatRead(t *testing.T) {
	for _, test := range []struct {
		versions []Version
		in       string
		want     QTextFormat
	}{
		{[]Version{8, 19}, "00000002" + "00002000" + textA + "00001fe7" + listAB, textWith(0x1fe7, family("A"))},
		{[]Version{8, 19}, "00000001" + "00002000" + listAB, textWith(0x1fe7, families("A", "B"))},
		{[]Version{8, 19}, "00000001" + "00001fe7" + listAB, textWith(0x1fe7, families("A", "B"))},
		{[]Version{8, 19}, "00000001" + "00001fe7" + int1, textWith(0x1fe7, asNumber(1))},
		{[]Version{8, 19}, "00000002" + "00001fe9" + int1 + "00002033" + int2, textWith(0x1fe9, asNumber(2))},
		{[]Version{8, 19}, "00000002" + "00002034" + int2 + "00001fea" + int1, textWith(0x1fea, asNumber(2))},
		{[]Version{8, 19}, "00000003" + "00002010" + int1 + "00002020" + int2 + "00002011" + int3, textWith(0x2020, asNumber(2), 0x2011, asNumber(3))},
		{[]Version{8, 19}, "00000001" + "00002010" + int1, textWith(0x2020, asNumber(1))},
		{[]Version{20, 24}, "00000002" + "00002000" + textA + "00001fe7" + listAB, textWith(0x2000, family("A"), 0x1fe7, families("A", "B"))},
		{[]Version{20, 23, 24}, "00000002" + "00002010" + int1 + "00002033" + int2, textWith(0x2010, asNumber(1), 0x2033, asNumber(2))},
		{[]Version{8, 24}, "00000002" + "00002001" + int1 + "00002001" + int2, textWith(0x2001, asNumber(1), 0x2001, asNumber(2))},
	} {
		for _, version := range test.versions {
			r := NewReader(Format{Version: version}, unhex(t, "00000002"+test.in), Limits{})
			if got := r.QTextFormat(); r.Err() != nil || r.Remaining() != 0 || !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s in version %d reads as %+v, %v; want %+v", test.in, version, got, r.Err(), test.want)
			}
		}
	}
}

func TestTextFormatErrors(t *testing.T) {
	f := Format{Version: V6_0}
	refused(t, "QTextFormat", f, "00000002"+"00000001"+"00002001"+"00ffffff00"+"00000000", (*Reader).QTextFormat, ErrUnknownType)
	refused(t, "QTextFormat", f, "00000002"+"ffffffff", (*Reader).QTextFormat, ErrCorrupt)
	for _, bad := range []Variant{{Type: "int", Value: "A"}, {Type: "no such type"}} {
		v := textWith(0x2001, asNumber(1), 0x2002, bad)
		if b, err := f.AppendQTextFormat([]byte("head"), v); string(b) != "head" || err == nil {
			t.Errorf("%+v is written as %x, %v", v, b, err)
		}
	}
}
