package datastream

import (
	"encoding/json"
	"math"
	"testing"
)

func typeOf(t *testing.T, spelling string) Type {
	t.Helper()
	typ, err := ParseType(spelling, nil)
	if err != nil {
		t.Fatal(err)
	}
	return typ
}

// sameJSON checks that a value is written as the text, and read from it.
func sameJSON(t *testing.T, spelling string, v any, want string) {
	t.Helper()
	typ := typeOf(t, spelling)
	text, err := typ.AppendJSON([]byte("head"), v)
	if err != nil || string(text) != "head"+want {
		t.Errorf("%s %#v is written as %s, %v\nwant %s", spelling, v, text, err, want)
	}
	fromText(t, spelling, want, v)
}

// fromText checks that a text is read as the value.
func fromText(t *testing.T, spelling, text string, want any) {
	t.Helper()
	in := []byte(text)
	got, err := typeOf(t, spelling).ParseJSON(in)
	clear(in) // what was read is a copy
	if err != nil || !same(got, want) {
		t.Errorf("%s %s reads as %#v, %v\nwant %#v", spelling, text, got, err, want)
	}
}

// notFromText checks that a text is refused, with nothing beside the error.
func notFromText(t *testing.T, spelling, text, want string) {
	t.Helper()
	typ := typeOf(t, spelling)
	got, err := typ.ParseJSON([]byte(text))
	if want = "datastream: cannot read " + typ.String() + " from JSON: " + want; got != nil || err == nil || err.Error() != want {
		t.Errorf("%s %.100s: %#v, %v\nwant %s", spelling, text, got, err, want)
	}
}

func TestJSONOfNumbers(t *testing.T) {
	negative := math.Copysign(0, -1)
	for _, test := range []struct {
		typ  string
		v    any
		text string
	}{
		{"bool", true, "true"},
		{"bool", false, "false"},
		{"qint8", int8(-128), "-128"},
		{"quint8", uint8(255), "255"},
		{"qint16", int16(-32768), "-32768"},
		{"quint16", uint16(65535), "65535"},
		{"qint32", int32(math.MinInt32), "-2147483648"},
		{"quint32", uint32(math.MaxUint32), "4294967295"},
		{"qint64", int64(math.MinInt64), "-9223372036854775808"},
		{"qint64", int64(1<<53 + 1), "9007199254740993"},
		{"quint64", uint64(math.MaxUint64), "18446744073709551615"},
		{"QChar", uint16(0xd800), "55296"},
		{"double", 0.1, "0.1"},
		{"double", negative, "-0"},
		{"double", 1e300, "1e+300"},
		{"double", math.SmallestNonzeroFloat64, "5e-324"},
		{"double", math.NaN(), `"nan"`},
		{"double", math.Inf(1), `"inf"`},
		{"double", math.Inf(-1), `"-inf"`},
		{"float", float32(0.1), "0.1"},
		{"float", float32(math.MaxFloat32), "3.4028235e+38"},
		{"float", float32(math.NaN()), `"nan"`},
		{"qfloat16", float32(1.5), "1.5"},
		{"QVector2D", QVector2D{0.1, float32(math.Inf(-1))}, `{"x":0.1,"y":"-inf"}`},
	} {
		sameJSON(t, test.typ, test.v, test.text)
	}
	got, err := typeOf(t, "double").ParseJSON([]byte(`"nan"`))
	if bits := math.Float64bits(got.(float64)); err != nil || bits != 0x7ff8000000000000 {
		t.Errorf("the NaN has the bits %x, %v, not those of Qt", bits, err)
	}
}

func TestJSONOfTexts(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	ascii := string(all[:128])
	quoted, err := json.Marshal(ascii)
	if err != nil {
		t.Fatal(err)
	}
	fromText(t, "QString", string(quoted), ascii)
	for _, test := range []struct {
		typ  string
		v    any
		text string
	}{
		{"QString", nil, "null"},
		{"QString", "", `""`},
		{"QString", "Größe 😀 <&> \u2028", `"Größe 😀 <&> ` + "\u2028" + `"`},
		{"QString", "\"\\/\n\t\x00\x1f\x7f", `"\"\\/\n\u0009\u0000\u001f` + "\x7f" + `"`},
		{"const char*", nil, "null"},
		{"const char*", "a\xff", `{"base64":"Yf8="}`},
		{"QUrl", "http://a/b?c=%20d#e", `"http://a/b?c=%20d#e"`},
		{"QUrl", "\xff", `{"base64":"/w=="}`},
		{"QLocale", "C", `"C"`},
		{"QByteArray", []byte(nil), "null"},
		{"QByteArray", []byte{}, `""`},
		{"QByteArray", []byte("Größe\r\n\t"), `"Größe\u000d\n\u0009"`},
		{"QByteArray", []byte{0}, `{"base64":"AA=="}`},
		{"QByteArray", []byte("a\xff"), `{"base64":"Yf8="}`},
		{"QByteArray", []byte("\u0085\uFEFF"), `{"base64":"woXvu78="}`},
		{"raw<2>", []byte("ab"), `"ab"`},
		{"QCborValue", []byte{0xf6}, `{"base64":"9g=="}`},
		{"QStringList", []string{"a", ""}, `["a",""]`},
		{"QByteArrayList", [][]byte{nil, {}, {0}}, `[null,"",{"base64":"AA=="}]`},
		{"QList<QString>", []any{nil, "", "A"}, `[null,"","A"]`},
	} {
		sameJSON(t, test.typ, test.v, test.text)
	}
	fromText(t, "QString", `{"base64":"YQ=="}`, "a")
	fromText(t, "QString", `"\ud83d\ude00 \/ \ud800"`, "😀 / \uFFFD")
	for c := range all {
		typ := typeOf(t, "QByteArray")
		text, err := typ.AppendJSON(nil, all[c:])
		if v, err2 := typ.ParseJSON(text); err != nil || err2 != nil || !same(v, all[c:]) {
			t.Errorf("%x: %s reads as %v, %v %v", all[c:], text, v, err, err2)
		}
	}
}

func TestJSONOfSpecialForms(t *testing.T) {
	uuid := [16]byte{0x67, 0xc8, 0x77, 0x0b, 0x44, 0xf1, 0x41, 0x0a, 0xab, 0x9a, 0xf9, 0xb5, 0x44, 0x6f, 0x13, 0xee}
	for _, test := range []struct {
		typ  string
		v    any
		text string
	}{
		{"QUuid", uuid, `"67c8770b-44f1-410a-ab9a-f9b5446f13ee"`},
		{"QBitArray", []bool{true, false, true, true}, `"1011"`},
		{"QBitArray", []bool{}, `""`},
		{"QBitArray", []bool(nil), "null"},
		{"QDate", QDate{}, "null"},
		{"QDate", QDate{2460370, true}, `"2024-02-29"`},
		{"QDate", QDate{1721426, true}, `"0001-01-01"`},
		{"QDate", QDate{1721425, true}, "1721425"},
		{"QDate", QDate{5373484, true}, `"9999-12-31"`},
		{"QDate", QDate{5373485, true}, "5373485"},
		{"QDate", QDate{0, true}, "0"},
		{"QDate", QDate{minJulianDay, true}, "-784350574879"},
		{"QDate", QDate{maxJulianDay, true}, "784354017364"},
		{"QTime", QTime{}, "null"},
		{"QTime", QTime{0, true}, `"00:00:00.000"`},
		{"QTime", QTime{3723004, true}, `"01:02:03.004"`},
		{"QTime", QTime{lastMillisecond, true}, `"23:59:59.999"`},
		{"QTransform", QTransform{1, 0, 0, 0, 1, 0, 0, 0, 1}, "[1,0,0,0,1,0,0,0,1]"},
		{"QKeySequence", QKeySequence{67108929}, "[67108929,0,0,0]"},
		{"QVersionNumber", []int32{6, 8}, "[6,8]"},
		{"std::nullptr_t", nil, "null"},
		{"QJsonDocument", json.RawMessage(nil), "null"},
		{"QJsonArray", json.RawMessage("[1, 1e2,\t\"\\u0041\"]"), "[1, 1e2,\t\"\\u0041\"]"},
		{"QJsonValue", QJsonUndefined{}, "{}"},
		{"QJsonValue", nil, `{"json":null}`},
		{"QJsonValue", true, `{"json":true}`},
		{"QJsonValue", 7.0, `{"json":7}`},
		{"QJsonValue", math.NaN(), `{"double":"nan"}`},
		{"QJsonValue", math.Inf(-1), `{"double":"-inf"}`},
		{"QJsonValue", "nan", `{"json":"nan"}`},
		{"QJsonValue", json.RawMessage(`{"json":{}}`), `{"json":{"json":{}}}`},
		{"QEasingCurve", QEasingCurve{Type: 3}, `{"type":3,"config":null}`},
		{"QEasingCurve", QEasingCurve{45, &EasingConfig{1, 2, 0.5, []QPointF{}, nil}},
			`{"type":45,"config":{"period":1,"amplitude":2,"overshoot":0.5,"bezier":[],"tcb":null}}`},
	} {
		sameJSON(t, test.typ, test.v, test.text)
	}
	text, err := typeOf(t, "QJsonValue").AppendJSON(nil, "a\xff")
	if want := "{\"json\":\"a\uFFFD\"}"; err != nil || string(text) != want {
		t.Errorf("%s, %v, want %s, as in a stream", text, err, want)
	}
	fromText(t, "QUuid", `"67C8770B44F1410AAB9AF9B5446F13EE"`, uuid)
	fromText(t, "QTime", `"12:00:00"`, QTime{43200000, true})
	fromText(t, "QPoint", ` { "y" : 2 } `, QPoint{0, 2})
	fromText(t, "QDateTime", `{"date":"2024-02-29","zone":{"kind":1}}`, QDateTime{Date: QDate{2460370, true}, Zone: QTimeZone{Kind: NamedZone}})
}

func TestJSONOfContainers(t *testing.T) {
	type pair = QPair[any, any]
	one, two := int32(1), int32(2)
	for _, test := range []struct {
		typ  string
		v    any
		text string
	}{
		{"QList<QList<int>>", []any{[]any{one}, []any{}}, "[[1],[]]"},
		{"QList<int>", []any(nil), "null"},
		{"QPair<int,QString>", pair{one, "a"}, `[1,"a"]`},
		{"int,QString", []any{one, nil}, "[1,null]"},
		{"QMap<QString,int>", []pair{{"b", one}, {"a", two}, {"b", two}}, `{"b":1,"a":2,"b":2}`},
		{"QMap<QString,int>", []pair{{"b", one}, {nil, two}}, `[["b",1],[null,2]]`},
		{"QMap<const char*,int>", []pair{{"\xff", one}}, `[[{"base64":"/w=="},1]]`},
		{"QMap<int,QString>", []pair{{one, "a"}, {one, nil}}, `[[1,"a"],[1,null]]`},
		{"QMap<QDate,int>", []pair{{QDate{2460370, true}, one}}, `{"2024-02-29":1}`},
		{"QMap<QJsonValue,int>", []pair{{"a", one}}, `[[{"json":"a"},1]]`},
		{"QMap<int,int>", []pair{}, "{}"},
		{"QVariantPair", QPair[Variant, Variant]{Variant{"int", one, false, nil}, Variant{}}, "[1,null]"},
		{"QVariantMap", VariantMap{{"b", Variant{}}, {"b", Variant{}}}, `{"b":null,"b":null}`},
		{"QVariantMap", VariantMap{}, "{}"},
	} {
		sameJSON(t, test.typ, test.v, test.text)
	}
	fromText(t, "QMap<int,int>", "[]", []pair{})
	fromText(t, "QMap<QString,int>", `[["a",1]]`, []pair{{"a", one}})
}
