//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"
)

// goldenVariants have the layout that C++ programs with Qt 5.15.8 and 6.4.2 write: the number of the type, a byte that tells
// whether it is null, and the value.
var goldenVariants = []struct {
	content any
	stream  string
}{
	{nil, "00000000 01"},
	{true, "00000001 00 01"},
	{false, "00000001 00 00"},
	{int32(-2), "00000002 00 fffffffe"},
	{int32(math.MinInt32), "00000002 00 80000000"},
	{int64(-2), "00000004 00 fffffffffffffffe"},
	{int64(math.MaxInt64), "00000004 00 7fffffffffffffff"},
	{1.5, "00000006 00 3ff8000000000000"},
	{math.Inf(-1), "00000006 00 fff0000000000000"},
	{"A", "0000000a 00 00000002 0041"},
	{"", "0000000a 00 00000000"},
	{"ä\x00😀", "0000000a 00 00000008 00e4 0000 d83d de00"},
	{[]byte("ab"), "0000000c 00 00000002 6162"},
	{[]byte{0, 255}, "0000000c 00 00000002 00ff"},
	{[]byte{}, "0000000c 00 00000000"},
}

// variantStream returns a golden stream as this Qt has it: in Qt 4 a null QString follows the invalid QVariant.
func variantStream(t *testing.T, q *Qt, digits string) []byte {
	t.Helper()
	if isQt4(q) && strings.HasPrefix(digits, "00000000 ") {
		digits += "ffffffff"
	}
	return unhex(t, digits)
}

func TestEncodeQVariant(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, golden := range goldenVariants {
			want := variantStream(t, q, golden.stream)
			if got, err := q.EncodeQVariant(golden.content); !bytes.Equal(got, want) || err != nil {
				t.Errorf("%#v: %x %v, want %x", golden.content, got, err, want)
			}
		}
		for _, test := range []struct {
			content any
			stream  string
		}{
			{[]byte(nil), "0000000c 00 ffffffff"},
			{"\xff", "0000000a 00 00000002 fffd"},
		} {
			if got, err := q.EncodeQVariant(test.content); !bytes.Equal(got, unhex(t, test.stream)) || err != nil {
				t.Errorf("%#v: %x %v, want %s", test.content, got, err, test.stream)
			}
		}
	})
}

func TestDecodeQVariant(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, golden := range goldenVariants {
			stream := variantStream(t, q, golden.stream)
			for _, data := range [][]byte{stream, append(bytes.Clone(stream), 1, 2, 3)} {
				if got, err := q.DecodeQVariant(data); !reflect.DeepEqual(got, golden.content) || err != nil {
					t.Errorf("%x: %#v %v, want %#v", data, got, err, golden.content)
				}
			}
		}
		for stream, want := range map[string]any{
			"00000001 01 00":               false, // null ones
			"00000002 01 00000000":         int32(0),
			"00000004 01 0000000000000000": int64(0),
			"00000006 01 0000000000000000": 0.0,
			"0000000a 00 ffffffff":         "",
			"0000000c 01 ffffffff":         []byte{},
			"0000000a 00 00000002 d83d":    "\ufffd", // half a pair
		} {
			if got, err := q.DecodeQVariant(unhex(t, stream)); !reflect.DeepEqual(got, want) || err != nil {
				t.Errorf("%s: %#v %v, want %#v", stream, got, err, want)
			}
		}
	})
}

func TestQVariantsKeepTheirContent(t *testing.T) {
	contents := []any{
		int32(math.MaxInt32), int64(math.MinInt64), int64(1) << 53, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Pi,
		strings.Repeat("ä😀", 10000), bytes.Repeat([]byte{7, 0}, 50000),
	}
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, content := range contents {
			stream, err := q.EncodeQVariant(content)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := q.DecodeQVariant(stream); !reflect.DeepEqual(got, content) || err != nil {
				t.Errorf("%.40v comes back as %.40v, %v", content, got, err)
			}
		}
	})
}

func TestEncodeQVariantOfOtherTypes(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for what, content := range map[string]any{
			"int": 7, "uint32": uint32(7), "float32": float32(7), "[]string": []string{"a"}, "*string": new(string),
		} {
			want := "realqt: encode QVariant: no QVariant is made of a Go " + what + "; give nil, bool"
			if got, err := q.EncodeQVariant(content); got != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s: %x %v, want %s", what, got, err, want)
			}
		}
	})
}

func TestDecodeQVariantFailures(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, test := range []struct{ what, data, want string }{
			{"nothing", "", "decode QVariant of 0 bytes: QDataStream status 1 ReadPastEnd"},
			{"no mark of a null", "00000002", "ReadPastEnd"},
			{"no value", "00000002 00", "ReadPastEnd"},
			{"half a value", "00000002 00 ffff", "ReadPastEnd"},
			{"QString cut short", "0000000a 00 00000004 0041", "ReadPastEnd"},
			{"QString of odd length", "0000000a 00 00000003 0041 00", "ReadCorruptData"},
			{"QByteArray cut short", "0000000c 00 00000003 6162", "ReadPastEnd"},
			{"QChar", "00000007 00 0041", "it is a QChar; only bool, int,"},
			{"uint", "00000003 00 00000005", "it is a uint; only bool, int,"},
			{"QVariantList", "00000009 00 00000001 00000002 00 00000001", "it is a QVariantList; only bool, int,"},
		} {
			got, err := q.DecodeQVariant(unhex(t, test.data))
			if got != nil || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s: %#v, %v; want an error with %q", test.what, got, err, test.want)
			}
		}
	})
}
