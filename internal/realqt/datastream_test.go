//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"
)

// The bytes are those that C++ programs with Qt 5.15.8 and 6.4.2 write.

func TestEncode(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, test := range []struct {
			what string
			got  []byte
			want string
		}{
			{"QString", q.EncodeQString("AB"), "00000004 0041 0042"},
			{"empty QString", q.EncodeQString(""), "00000000"},
			{"QString outside the BMP", q.EncodeQString("😀"), "00000004 d83d de00"},
			{"QString with a NUL", q.EncodeQString("a\x00b"), "00000006 0061 0000 0062"},
			{"QByteArray", q.EncodeQByteArray([]byte("ab")), "00000002 6162"},
			{"empty QByteArray", q.EncodeQByteArray([]byte{}), "00000000"},
			{"null QByteArray", q.EncodeQByteArray(nil), "ffffffff"},
			{"const char*", q.EncodeCString("ab"), "00000003 616200"},
			{"empty const char*", q.EncodeCString(""), "00000001 00"},
			{"const char* in UTF-8", q.EncodeCString("ä"), "00000003 c3a400"},
			{"const char* up to its NUL", q.EncodeCString("a\x00b"), "00000002 6100"},
		} {
			if want := unhex(t, test.want); !bytes.Equal(test.got, want) {
				t.Errorf("%s: %x, want %x", test.what, test.got, want)
			}
		}
	})
}

func TestDecode(t *testing.T) {
	decodeQByteArray := func(q *Qt, b []byte) (string, error) {
		array, err := q.DecodeQByteArray(b)
		return string(array), err
	}
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, test := range []struct {
			what               string
			decode             func(*Qt, []byte) (string, error)
			data, want, status string
		}{
			{"QString", (*Qt).DecodeQString, "00000004 0041 0042", "AB", ""},
			{"QString and more", (*Qt).DecodeQString, "00000002 0041 0042", "A", ""},
			{"empty QString", (*Qt).DecodeQString, "00000000", "", ""},
			{"null QString", (*Qt).DecodeQString, "ffffffff", "", ""},
			{"QString outside the BMP", (*Qt).DecodeQString, "00000004 d83d de00", "😀", ""},
			{"QString with half a pair", (*Qt).DecodeQString, "00000002 d83d", "\ufffd", ""},
			{"QString of odd length", (*Qt).DecodeQString, "00000003 0041 0042", "", "ReadCorruptData"},
			{"QString cut short", (*Qt).DecodeQString, "00000004 0041", "", "ReadPastEnd"},
			{"QString without length", (*Qt).DecodeQString, "0000", "", "ReadPastEnd"},
			{"QByteArray", decodeQByteArray, "00000002 6162", "ab", ""},
			{"null QByteArray", decodeQByteArray, "ffffffff", "", ""},
			{"QByteArray cut short", decodeQByteArray, "00000003 6162", "", "ReadPastEnd"},
			{"QByteArray of 2 GiB, absent", decodeQByteArray, "7fffffff 61", "", "ReadPastEnd"},
			{"char*", (*Qt).DecodeCString, "00000003 616200", "ab", ""},
			{"null char*", (*Qt).DecodeCString, "00000000", "", ""},
			{"char* in Latin-1", (*Qt).DecodeCString, "00000002 e400", "\xe4", ""},
			{"char* with a NUL inside", (*Qt).DecodeCString, "00000004 61006200", "a", ""},
			{"char* without its NUL", (*Qt).DecodeCString, "00000002 6162", "ab", ""},
			{"char* of nothing", (*Qt).DecodeCString, "", "", "ReadPastEnd"},
		} {
			got, err := test.decode(q, unhex(t, test.data))
			failed := err != nil && test.status != "" && strings.HasSuffix(err.Error(), test.status)
			if got != test.want || (err != nil) != failed || failed != (test.status != "") {
				t.Errorf("%s: %q, %v; want %q, %s", test.what, got, err, test.want, test.status)
			}
		}
	})
}

func unhex(t *testing.T, digits string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(digits, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
