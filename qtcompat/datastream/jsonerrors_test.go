package datastream

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

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
