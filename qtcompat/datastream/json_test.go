package datastream

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
)

// sized returns in hexadecimal digits what a QByteArray of the text is.
func sized(text string) string {
	return hex.EncodeToString(Format{}.AppendQByteArray(nil, []byte(text)))
}

func text(s string) json.RawMessage { return json.RawMessage(s) }

// The bytes of this file are those of Qt 5.15.8, 6.4.2 and 6.12.0.

func TestJSON(t *testing.T) {
	document, object, array := must(t, Format.AppendQJsonDocument), must(t, Format.AppendQJsonObject), must(t, Format.AppendQJsonArray)
	for _, f := range []Format{{}, {Version: V1_0}} {
		exact(t, "QJsonDocument", f, text(`{"a":1}`), document, (*Reader).QJsonDocument, "00000007 7b2261223a317d")
		exact(t, "QJsonDocument", f, text(`[]`), document, (*Reader).QJsonDocument, "00000002 5b5d")
		exact(t, "QJsonObject", f, text(`{}`), object, (*Reader).QJsonObject, "00000002 7b7d")
		exact(t, "QJsonArray", f, text(`[1,"é"]`), array, (*Reader).QJsonArray, "00000008 5b312c22c3a9225d")
	}
	exact(t, "QJsonDocument", Format{}, nil, document, (*Reader).QJsonDocument, "ffffffff")
	exact(t, "QJsonDocument", Format{Version: V3_1}, nil, document, (*Reader).QJsonDocument, "00000000")
	reads(t, Format{}, "00000000", (*Reader).QJsonDocument, nil)
	exact(t, "QJsonObject", little, text(`{}`), object, (*Reader).QJsonObject, "02000000 7b7d")
	exact(t, "QJsonArray", Format{}, text(" [ ]\n"), array, (*Reader).QJsonArray, "00000005 205b205d0a")
}

func TestQJsonValue(t *testing.T) {
	v19 := Format{Version: V5_13}
	for _, test := range []struct {
		f    Format
		v    any
		want string
	}{
		{v19, nil, "00"},
		{v19, false, "01 00"},
		{v19, true, "01 01"},
		{v19, 1.5, "02 3ff8000000000000"},
		{Format{Precision: Single}, 1.5, "02 3fc00000"},
		{v19, math.Inf(-1), "02 fff0000000000000"},
		{v19, "", "03 00000000"},
		{v19, "Größe", "03 0000000a 0047007200f600df0065"},
		{Format{Version: V1_0}, "Größe", "03 00000005 4772f6df65"},
		{v19, text(`[1,-2.5]`), "04 00000008 5b312c2d322e355d"},
		{v19, text(`{}`), "05 00000002 7b7d"},
		{v19, QJsonUndefined{}, "80"},
	} {
		exact(t, "QJsonValue", test.f, test.v, must(t, Format.AppendQJsonValue), (*Reader).QJsonValue, test.want)
	}
	reads(t, v19, "01 80", (*Reader).QJsonValue, any(true))
	reads(t, v19, "03 ffffffff", (*Reader).QJsonValue, any(""))
	for _, in := range []string{"06", "81", "ff", "04 00000002 7b7d", "05 00000002 5b5d", "05 ffffffff", "03 00000001 00"} {
		refused(t, "QJsonValue", v19, in, (*Reader).QJsonValue, ErrCorrupt)
	}
	for _, v := range []any{1, "x"[0], []byte("[]"), text("1"), text(""), text("[1"), map[string]any{}} {
		notWritten(t, v19, v, Format.AppendQJsonValue, ErrCorrupt)
	}
}

func TestWhatIsNoJSON(t *testing.T) {
	for _, s := range []string{"1", "null", `"a"`, "{", "[1,]", "[}", "{}{}", "[] x", "[\"\xff\"]", "\ufeff[]", `["\x"]`, `["]`, " "} {
		refused(t, "QJsonDocument", Format{}, sized(s), (*Reader).QJsonDocument, ErrCorrupt)
		notWritten(t, Format{}, text(s), Format.AppendQJsonDocument, ErrCorrupt)
	}
	refused(t, "QJsonObject", Format{}, sized("[]"), (*Reader).QJsonObject, ErrCorrupt)
	notWritten(t, Format{}, text("[]"), Format.AppendQJsonObject, ErrCorrupt)
	refused(t, "QJsonArray", Format{}, sized("{}"), (*Reader).QJsonArray, ErrCorrupt)
	notWritten(t, Format{}, text("{}"), Format.AppendQJsonArray, ErrCorrupt)
	for _, null := range []string{"00000000", "ffffffff"} { // Qt reads an empty one, but writes none such
		refused(t, "QJsonObject", Format{}, null, (*Reader).QJsonObject, ErrCorrupt)
		refused(t, "QJsonArray", Format{}, null, (*Reader).QJsonArray, ErrCorrupt)
	}
	notWritten(t, Format{}, nil, Format.AppendQJsonObject, ErrCorrupt)
}

func TestJSONDepth(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for _, s := range []string{deep(1024), `["\"` + strings.Repeat("[", 2000) + `"]`, "[" + strings.Repeat("[],", 2000) + "{}]"} {
		reads(t, Format{}, sized(s), (*Reader).QJsonArray, text(s))
	}
	refused(t, "QJsonArray", Format{}, sized(deep(1025)), (*Reader).QJsonArray, ErrTooLarge) // as in Qt
	notWritten(t, Format{}, text(deep(1025)), Format.AppendQJsonArray, ErrTooLarge)
	refused(t, "QJsonArray", Format{}, sized(`["`+`\\"`+","+deep(1024)+"]"), (*Reader).QJsonArray, ErrTooLarge)
	r := NewReader(Format{}, unhex(t, sized(`{"a":[{}]}`)), Limits{MaxDepth: 2})
	if s := r.QJsonDocument(); s != nil || !errors.Is(r.Err(), ErrTooLarge) {
		t.Errorf("3 deep, limit 2: %s, error %v", s, r.Err())
	}
}

// FuzzQJsonValue reads arbitrary bytes as a QJsonValue. What was read must be written, and read again the same.
func FuzzQJsonValue(f *testing.F) {
	for _, seed := range []string{"00", "0101", "02 7ff8000000000000", "03 00000002 d800", "04 00000004 5b7b7d5d", "05 00000007 7b2261223a317d", "80"} {
		f.Add(unhex(f, seed), uint8(V5_13))
	}
	f.Fuzz(func(t *testing.T, in []byte, version uint8) {
		format := Format{Version: Version(version)}
		r := NewReader(format, in, Limits{})
		v := r.QJsonValue()
		if r.Err() != nil {
			if v != nil || r.Offset() != 0 {
				t.Fatalf("%x: %#v beside the error %v", in, v, r.Err())
			}
			return
		}
		b, err := format.AppendQJsonValue(nil, v)
		if err != nil {
			t.Fatalf("%x: %#v was read but cannot be written: %v", in, v, err)
		}
		if again := NewReader(format, b, Limits{}).QJsonValue(); !same(again, v) {
			t.Errorf("%x: %#v, written as %x and read again: %#v", in, v, b, again)
		}
		if raw, ok := v.(json.RawMessage); ok && json.Unmarshal(raw, new(any)) != nil {
			t.Errorf("%s is not JSON", raw)
		}
	})
}
