package datastream

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
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

func TestJSONThatIsRefused(t *testing.T) {
	const whole = "want a whole number from "
	for _, test := range []struct{ typ, text, want string }{
		{"int", "", "not JSON: unexpected end of JSON input, at byte 0"},
		{"int", "1 2", "not JSON: invalid character '2' after top-level value, at byte 3"},
		{"QList<int>", "[1,]", "not JSON: invalid character ']' looking for beginning of value, at byte 4"},
		{"QString", "\"\xff\"", "not JSON: not UTF-8"},
		{"qint8", "128", "found 128, " + whole + "-128 to 127"},
		{"quint8", "-1", "found -1, " + whole + "0 to 255"},
		{"quint16", "65536", "found 65536, " + whole + "0 to 65535"},
		{"int", "2147483648", "found 2147483648, " + whole + "-2147483648 to 2147483647"},
		{"int", "1.0", "found 1.0, " + whole + "-2147483648 to 2147483647"},
		{"qint64", `"1"`, `found "1", ` + whole + "-9223372036854775808 to 9223372036854775807"},
		{"quint64", "18446744073709551616", "found 18446744073709551616, " + whole + "0 to 18446744073709551615"},
		{"bool", "1", "found 1, want true or false"},
		{"bool", "null", "found null, want true or false"},
		{"float", "1e39", `found 1e39, want a number of 32 bits, "nan", "inf" or "-inf"`},
		{"double", "1e999", `found 1e999, want a number of 64 bits, "nan", "inf" or "-inf"`},
		{"double", `"NaN"`, `found "NaN", want a number of 64 bits, "nan", "inf" or "-inf"`},
		{"QString", "1", `found 1, want a string or {"base64": "..."}`},
		{"QUrl", "null", `found null, want a string or {"base64": "..."}`},
		{"QByteArray", `{"base64":"?"}`, `found an object, want a string or {"base64": "..."}`},
		{"QByteArray", `{"base64":"","a":1}`, `found an object, want a string or {"base64": "..."}`},
		{"QByteArray", `{"base64":1}`, `found an object, want a string or {"base64": "..."}`},
		{"bool", `"` + strings.Repeat("ö", 30) + `"`, `found "` + strings.Repeat("ö", 19) + "..., want true or false"},
		{"QUuid", `"67c8"`, `found "67c8", want a UUID such as "67c8770b-44f1-410a-ab9a-f9b5446f13ee"`},
		{"QBitArray", `"012"`, `found "012", want a string of the digits 0 and 1`},
		{"QBitArray", "1", "found 1, want a string of the digits 0 and 1"},
		{"QDate", `"2023-02-29"`, `found "2023-02-29", want null, a date such as "2024-02-29" or a Julian day from -784350574879 to 784354017364`},
		{"QDate", `"0000-01-01"`, `found "0000-01-01", want null, a date such as "2024-02-29" or a Julian day from -784350574879 to 784354017364`},
		{"QDate", "-784350574880", `found -784350574880, want null, a date such as "2024-02-29" or a Julian day from -784350574879 to 784354017364`},
		{"QDate", "784354017365", `found 784354017365, want null, a date such as "2024-02-29" or a Julian day from -784350574879 to 784354017364`},
		{"QTime", `"24:00:00"`, `found "24:00:00", want null or a time such as "01:02:03.004"`},
		{"QTime", `"01:02:03.0045"`, `found "01:02:03.0045", want null or a time such as "01:02:03.004"`},
		{"std::nullptr_t", "{}", "found an object, want null"},
		{"QPoint", "[1,2]", "found an array of 2, want an object"},
		{"QPoint", `{"x":1,"z":2}`, ".z: unknown name, or here twice: want those of [x y]"},
		{"QPoint", `{"x":1,"x":1}`, ".x: unknown name, or here twice: want those of [x y]"},
		{"QTransform", "[1]", "found an array of 1, want an array of 9"},
		{"QJsonDocument", `"a"`, `corrupt data: JSON text does not begin with "{["`},
		{"QJsonValue", "1", "found 1, want an object"},
		{"QJsonValue", `{"json":1,"double":1}`, `found an object, want an object with "json" or "double"`},
		{"QJsonValue", `{"json":1e999}`, `.json: found 1e999, want a number of 64 bits, "nan", "inf" or "-inf"`},
		{"QJsonValue", `{"double":null}`, `.double: found null, want a number of 64 bits, "nan", "inf" or "-inf"`},
		{"QList<int>", "{}", "found an object, want an array"},
		{"QList<int>", "[1,true]", "[1]: found true, " + whole + "-2147483648 to 2147483647"},
		{"int,int", "[1]", "found an array of 1, want an array of 2"},
		{"QPair<int,int>", "[1,2,3]", "found an array of 3, want an array of 2"},
		{"QPair<int,QPoint>", `[1,{"x":""}]`, `[1].x: found "", ` + whole + "-2147483648 to 2147483647"},
		{"QMap<QString,int>", "1", "found 1, want an array"},
		{"QMap<int,int>", `{"1":1}`, `["1"]: found "1", ` + whole + "-2147483648 to 2147483647"},
		{"QMap<QString,int>", `[["a",1],["b"]]`, "[1]: found an array of 1, want an array of 2"},
		{"QMap<QString,QPoint>", `{"a b":{"x":1.5}}`, `["a b"].x: found 1.5, ` + whole + "-2147483648 to 2147483647"},
		{"QList<QDateTime>", `[{},{"zone":{"offset":"z"}}]`, `[1].zone.offset: found "z", ` + whole + "-2147483648 to 2147483647"},
		{"QVariant", "2147483648", "found 2147483648, " + whole + "-2147483648 to 2147483647"},
		{"QVariant", "1e999", `found 1e999, want a number of 64 bits, "nan", "inf" or "-inf"`},
		{"QVariantList", `[1,{"k":[true,{"type":"QPoint","value":{"x":1e9}}]}]`, `[1]["k"][1].value.x: found 1e9, ` + whole + "-2147483648 to 2147483647"},
		{"QVariant", `{"type":"Pt","value":1}`, `type "Pt": unknown type: Pt`},
		{"QVariant", `{"type":"Pt","as":"QList<Pt>","value":1}`, `type "QList<Pt>": unknown type: Pt`},
		{"QVariant", `{"type":"","value":1}`, `type "": unknown type: a name is missing`},
		{"QVariant", `{"type":1,"value":1}`, `.type: found 1, want a string or {"base64": "..."}`},
		{"QVariant", `{"type":"int","valu":1}`, ".valu: unknown name, or here twice: want those of [type as null value]"},
		{"QVariant", `{"type":"int"}`, ".value: found null, " + whole + "-2147483648 to 2147483647"},
	} {
		notFromText(t, test.typ, test.text, test.want)
	}
}

func TestJSONNestedTooDeeply(t *testing.T) {
	lists := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	typ := typeOf(t, "QVariant")
	for _, n := range []int{maxJSONDepth + 1, 100_000} {
		if v, err := typ.ParseJSON(lists(n)); v != nil || !errors.Is(err, ErrTooLarge) {
			t.Errorf("%d lists: %v", n, err)
		}
	}
	v, err := typ.ParseJSON(lists(maxJSONDepth))
	if err != nil {
		t.Fatal(err)
	}
	text, err := typ.AppendJSON(nil, v)
	if err != nil || string(text) != string(lists(maxJSONDepth)) {
		t.Errorf("%d lists are written as %.20s, %v", maxJSONDepth, text, err)
	}
	document := Variant{Type: "QVariantList", Value: []Variant{{Type: "QJsonArray", Value: json.RawMessage(lists(defaultDepth))}}}
	text, err = typ.AppendJSON(nil, document)
	if v, err2 := typ.ParseJSON(text); err != nil || err2 != nil || !same(v, document) {
		t.Errorf("a document of %d arrays in a list: %v %v", defaultDepth, err, err2)
	}
}

func TestJSONNotWritten(t *testing.T) {
	for _, test := range []struct {
		typ  string
		v    any
		want string
	}{
		{"int", 1, "datastream: cannot write int: Go type int, want int32"},
		{"int", nil, "datastream: cannot write int: Go type <nil>, want int32"},
		{"QString", 1, "datastream: cannot write QString: Go type int, want string, or nil for null"},
		{"std::nullptr_t", 1, "datastream: cannot write std::nullptr_t: Go type int, want nil"},
		{"QList<int>", []any{int32(1), "a"}, "datastream: cannot write int: Go type string, want int32"},
		{"QList<int>", []int32{1}, "datastream: cannot write QList<int>: Go type []int32, want []any"},
		{"int,int", []any{int32(1)}, "datastream: cannot write struct<int,int>: Go type []interface {}, want []any with 2 values"},
		{"QMap<int,int>", []QPair[any, any]{{"a", int32(1)}}, "datastream: cannot write int: Go type string, want int32"},
		{"QMap<QString,int>", []QPair[any, any]{{"a", ""}}, "datastream: cannot write int: Go type string, want int32"},
		{"QJsonArray", json.RawMessage("[1"), "datastream: cannot write JSON: corrupt data: not JSON"},
		{"QJsonValue", int32(1), "datastream: cannot write QJsonValue: corrupt data: Go type int32"},
		{"QVariant", Variant{Type: "Pt", Value: int32(1)}, `datastream: cannot write QVariant: type "Pt": unknown type: Pt: make it with Type.Variant`},
		{"QVariant", Variant{Type: "int", Value: "a"}, "datastream: cannot write int: Go type string, want int32"},
	} {
		b, err := typeOf(t, test.typ).AppendJSON([]byte("head"), test.v)
		if string(b) != "head" || err == nil || err.Error() != test.want {
			t.Errorf("%s %#v: %s, %v\nwant %s", test.typ, test.v, b, err, test.want)
		}
	}
}

func TestJSONErrorsWrapTheirCause(t *testing.T) {
	for text, cause := range map[string]error{
		`[{"type":"Pt"}]`: ErrUnknownType,
		`[{"type":"QJsonArray","value":` + strings.Repeat("[", defaultDepth+1) + strings.Repeat("]", defaultDepth+1) + "}]": ErrTooLarge,
		`[{"type":"QJsonArray","value":1}]`: ErrCorrupt,
	} {
		if v, err := typeOf(t, "QVariant").ParseJSON([]byte(text)); v != nil || !errors.Is(err, cause) {
			t.Errorf("%.60s: %v, %v, want %v", text, v, err, cause)
		}
	}
}

// All that the table of types consists of has a JSON form.
func TestJSONTags(t *testing.T) {
	for _, b := range builtins() {
		if b.goType != nil {
			checkTags(t, b.name, b.goType)
		}
	}
}

func checkTags(t *testing.T, path string, typ reflect.Type) {
	t.Helper()
	switch typ.Kind() {
	case reflect.Slice, reflect.Array, reflect.Pointer:
		checkTags(t, path, typ.Elem())
	case reflect.Struct:
		if (&jsonWriter{}).special(reflect.Zero(typ).Interface()) {
			return
		}
		for i := range typ.NumField() {
			field := typ.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if strings.Trim(name, lettersAndDigits) != "" || name == "" || strings.ToLower(name[:1]) != name[:1] {
				t.Errorf("%s.%s has the json tag %q", path, field.Name, name)
			}
			checkTags(t, path+"."+field.Name, field.Type)
		}
	case reflect.Interface, reflect.Map, reflect.Chan, reflect.Func:
		t.Errorf("%s has the Go type %s", path, typ)
	}
}

const lettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

func TestJSONOmitsZero(t *testing.T) {
	type part struct {
		A int32 `json:"a,omitzero"`
		B int32 `json:"b"`
	}
	for want, v := range map[string]part{`{"b":0}`: {}, `{"a":1,"b":2}`: {1, 2}} {
		var w jsonWriter
		if w.walk(&codec{}, reflect.ValueOf(v)); w.err != nil || string(w.b) != want {
			t.Errorf("%+v is written as %s, %v, want %s", v, w.b, w.err, want)
		}
	}
}

// A type of another Go type than its spelling has, as TypeFor makes it.
func TestJSONOfOtherGoTypes(t *testing.T) {
	type pt struct{ X, Y int32 }
	app := func(f Format, b []byte, v pt) []byte { return f.AppendInt32(f.AppendInt32(b, v.X), v.Y) }
	typ := Type{leaf("struct<int,int>", app, func(r *Reader) pt { return pt{r.Int32(), r.Int32()} })}
	text, err := typ.AppendJSON(nil, pt{1, 2})
	if err != nil || string(text) != "[1,2]" {
		t.Errorf("%s, %v", text, err)
	}
	if v, err := typ.ParseJSON(text); err != nil || v != (pt{1, 2}) {
		t.Errorf("%v, %v", v, err)
	}
	notParsed := func(text string) {
		t.Helper()
		if v, err := typ.ParseJSON([]byte(text)); v != nil || err == nil {
			t.Errorf("%s: %v, %v", text, v, err)
		}
	}
	notParsed("[1]")
	if text, err := typ.AppendJSON([]byte("head"), 1); string(text) != "head" || err == nil {
		t.Errorf("%s, %v", text, err)
	}
	v := typ.Variant("Pt", pt{1, 2})
	if text, err = v.MarshalJSON(); err != nil || string(text) != `{"type":"Pt","as":"struct<int,int>","value":[1,2]}` {
		t.Errorf("%s, %v", text, err)
	}
	want, _ := Format{}.AppendQVariant(nil, v)
	if err := v.UnmarshalJSON(text); err != nil {
		t.Fatal(err)
	}
	if b, err := (Format{}).AppendQVariant(nil, v); err != nil || string(b) != string(want) {
		t.Errorf("%+v is written as %x, %v, want %x", v, b, err, want)
	}
	typ = Type{leaf("pt", app, func(*Reader) (v pt) { return v })}
	if text, err := typ.AppendJSON(nil, pt{}); text != nil || !errors.Is(err, ErrUnknownType) {
		t.Errorf("%s, %v", text, err)
	}
	notParsed("[1,2]")
}
