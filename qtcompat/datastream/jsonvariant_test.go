package datastream

import (
	"encoding/json"
	"math"
	"testing"
)

func TestJSONOfVariants(t *testing.T) {
	entry := func(key string) VariantMap { return VariantMap{{key, Variant{Type: "int", Value: int32(1)}}} }
	user := typeOf(t, "int,QString").Variant("Pt", []any{int32(1), "a"})
	for _, test := range []struct {
		v    Variant
		text string
	}{
		{Variant{}, "null"},
		{Variant{Type: "bool", Value: true}, "true"},
		{Variant{Type: "int", Value: int32(-2)}, "-2"},
		{Variant{Type: "int", Value: int32(0), Null: true}, `{"type":"int","null":true,"value":0}`},
		{Variant{Type: "qint32", Value: int32(1)}, `{"type":"qint32","value":1}`},
		{Variant{Type: "uint", Value: uint32(1)}, `{"type":"uint","value":1}`},
		{Variant{Type: "double", Value: 1.5}, "1.5"},
		{Variant{Type: "double", Value: 1e-7}, "1e-07"},
		{Variant{Type: "double", Value: 1.0}, `{"type":"double","value":1}`},
		{Variant{Type: "double", Value: 1e300}, `{"type":"double","value":1e+300}`},
		{Variant{Type: "double", Value: math.Copysign(0, -1)}, `{"type":"double","value":-0}`},
		{Variant{Type: "double", Value: math.NaN()}, `{"type":"double","value":"nan"}`},
		{Variant{Type: "double", Value: math.Inf(1)}, `{"type":"double","value":"inf"}`},
		{Variant{Type: "float", Value: float32(1.5)}, `{"type":"float","value":1.5}`},
		{Variant{Type: "QString", Value: "nan"}, `"nan"`},
		{Variant{Type: "QString"}, `{"type":"QString","value":null}`},
		{Variant{Type: "QString", Value: "", Null: true}, `{"type":"QString","null":true,"value":""}`},
		{Variant{Type: "QString", Value: "\xff"}, `{"type":"QString","value":{"base64":"/w=="}}`},
		{Variant{Type: "QUrl", Value: "a"}, `{"type":"QUrl","value":"a"}`},
		{Variant{Type: "std::nullptr_t", Null: true}, `{"type":"std::nullptr_t","null":true,"value":null}`},
		{Variant{Type: "QPoint", Value: QPoint{1, 2}}, `{"type":"QPoint","value":{"x":1,"y":2}}`},
		{Variant{Type: "QVariant", Value: Variant{Type: "int", Value: int32(1)}}, `{"type":"QVariant","value":1}`},
		{Variant{Type: "QVariantList", Value: []Variant{{}, {Type: "bool", Value: false}}}, "[null,false]"},
		{Variant{Type: "QVariantList", Value: []Variant(nil)}, `{"type":"QVariantList","value":null}`},
		{Variant{Type: "QVariantMap", Value: entry("k")}, `{"k":1}`},
		{Variant{Type: "QVariantMap", Value: entry("type")}, `{"type":"QVariantMap","value":{"type":1}}`},
		{Variant{Type: "QVariantMap", Value: entry("\xff")}, `{"type":"QVariantMap","value":[[{"base64":"/w=="},1]]}`},
		{Variant{Type: "QVariantMap", Value: VariantMap(nil)}, `{"type":"QVariantMap","value":null}`},
		{Variant{Type: "QVariantMap", Value: VariantMap{}}, "{}"},
		{Variant{Type: "QVariantHash", Value: entry("k")}, `{"type":"QVariantHash","value":{"k":1}}`},
		{Variant{Type: "QList<int>", Value: []any{int32(1)}}, `{"type":"QList<int>","value":[1]}`},
		{user, `{"type":"Pt","as":"struct<int,QString>","value":[1,"a"]}`},
		{typeOf(t, "int").Variant("int", int32(1)), `{"type":"int","as":"int","value":1}`},
	} {
		sameJSON(t, "QVariant", test.v, test.text)
	}
	fromText(t, "QVariant", `{"value":{"y":2},"type":"QPoint"}`, Variant{Type: "QPoint", Value: QPoint{0, 2}})
	fromText(t, "QVariant", "1.0", Variant{Type: "double", Value: 1.0})
	fromText(t, "QVariant", "1E2", Variant{Type: "double", Value: 100.0})
	fromText(t, "QVariant", `{"base64":"YQ=="}`, Variant{Type: "QVariantMap", Value: VariantMap{{"base64", Variant{Type: "QString", Value: "YQ=="}}}})
}

// A user type is written by its name after JSON as before.
func TestJSONKeepsUserTypes(t *testing.T) {
	var f Format
	v := typeOf(t, "int").Variant("geo::Kind", int32(7))
	want, err := f.AppendQVariant(nil, v)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(v)
	var back Variant
	if err2 := json.Unmarshal(text, &back); err != nil || err2 != nil {
		t.Fatalf("%s: %v %v", text, err, err2)
	}
	if got, err := f.AppendQVariant(nil, back); string(got) != string(want) || err != nil {
		t.Errorf("%s is written as %x, %v, want %x", text, got, err, want)
	}
}

func TestVariantInJSONOfGo(t *testing.T) {
	type message struct {
		ID    int       `json:"id"`
		Args  []Variant `json:"args"`
		Extra Variant   `json:"extra"`
	}
	m := message{7, []Variant{{Type: "QPoint", Value: QPoint{1, 2}}, {Type: "QString", Value: "<"}}, Variant{}}
	text, err := json.Marshal(m)
	if want := `{"id":7,"args":[{"type":"QPoint","value":{"x":1,"y":2}},"\u003c"],"extra":null}`; err != nil || string(text) != want {
		t.Errorf("%s, %v, want %s", text, err, want)
	}
	var back message
	if err := json.Unmarshal(text, &back); err != nil || !same(back, m) {
		t.Errorf("%s reads as %+v, %v", text, back, err)
	}
	v := Variant{Type: "int", Value: int32(1)}
	err = v.UnmarshalJSON([]byte(`{"type":"int","value":true}`))
	if want := "datastream: cannot read QVariant from JSON: .value: found true, want a whole number from -2147483648 to 2147483647"; err == nil || err.Error() != want || v.Value != int32(1) {
		t.Errorf("%+v, %v, want %s", v, err, want)
	}
	if _, err := (Variant{Type: "int", Value: "a"}).MarshalJSON(); err == nil {
		t.Error("a string is written as an int")
	}
}

// Whatever text is read can be written, and reads as the same.
func FuzzVariantJSON(f *testing.F) {
	for _, text := range []string{
		`[null,true,-2,1.5,"a",{"k":[]}]`, `{"type":"QPoint","value":{"x":1}}`, `{"type":"Pt","as":"int,QMap<int,QString>","value":[1,[[2,null]]]}`,
		`{"type":"QJsonValue","value":{"json":[1]}}`, `{"type":"QDateTime","value":{"date":"2024-02-29","time":"01:02:03.004"}}`,
		`{"type":"QEasingCurve","value":{"config":{"bezier":[{}]}}}`, `{"type":"QByteArray","null":true,"value":{"base64":"AA=="}}`,
		`{"type":"QBitArray","value":"101"}`, `{"type":"QUuid","value":"67c8770b-44f1-410a-ab9a-f9b5446f13ee"}`, `"\ud800\"`, `[1,}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var v, back Variant
		if v.UnmarshalJSON(text) != nil {
			return
		}
		written, err := v.MarshalJSON()
		if err != nil {
			t.Fatalf("%q reads as %#v: %v", text, v, err)
		}
		if err := back.UnmarshalJSON(written); err != nil || !same(back, v) {
			t.Fatalf("%q reads as %#v, written as %s, which reads as %#v, %v", text, v, written, back, err)
		}
	})
}
