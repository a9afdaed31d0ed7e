//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// streamVersions are those of enum QDataStream::Version, from the first Qt here that has each (Qt 4.8 to 6.12 qdatastream.h).
var streamVersions = []struct{ release, version int }{
	{408, 12}, {506, 17}, {512, 18}, {513, 19}, {600, 20}, {606, 21}, {607, 22}, {610, 23}, {611, 24},
}

func TestStreamVersion(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		major, minor := release(t, q)
		want := 0
		for _, known := range streamVersions {
			if known.release <= 100*major+minor {
				want = known.version
			}
		}
		if got := q.StreamVersion(); got != want {
			t.Errorf("Qt %s: %d, want %d", q.Version(), got, want)
		}
	})
}

// goldenRecodings are QVariants as all Qt read and write them at a version.
var goldenRecodings = []struct {
	what     string
	version  int
	from, to string
}{
	{"int", 7, "00000002 fffffffe", "00000002 fffffffe"}, // from 8 on with a byte that tells whether it is null
	{"int", 8, "00000002 00 fffffffe", "00000002 00 fffffffe"},
	{"null int", 12, "00000002 01 00000000", "00000002 01 00000000"},
	{"invalid", 7, "00000000 ffffffff", "00000000 ffffffff"}, // before 13 with a null QString
	{"invalid", 12, "00000000 00 00000000", "00000000 01 ffffffff"},
	{"invalid", 13, "00000000 00", "00000000 01"},
	{"bool", 12, "00000001 00 07", "00000001 00 01"},
	{"double", 12, "00000006 00 3ff8000000000000", "00000006 00 3ff8000000000000"},
	{"float, from 12 on as a double", 11, "00000087 00 3fc00000", "00000087 00 3fc00000"},
	{"float, from 12 on as a double", 12, "00000087 00 3ff8000000000000", "00000087 00 3ff8000000000000"},
	{"QString of half a pair", 12, "0000000a 00 00000002 d83d", "0000000a 00 00000002 d83d"},
	{"QVariantMap", 12, "00000008 00 00000001 00000002 0061 00000002 00 00000007", "00000008 00 00000001 00000002 0061 00000002 00 00000007"},
	{"QVariantList", 12, "00000009 00 00000002 00000001 00 01 00000000 01 ffffffff",
		"00000009 00 00000002 00000001 00 01 00000000 01 ffffffff"},
}

func TestRecodeQVariant(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, golden := range goldenRecodings {
			if golden.version > q.StreamVersion() {
				continue
			}
			from, to := unhex(t, golden.from), unhex(t, golden.to)
			for _, rest := range [][]byte{nil, {0xee}} {
				got, whole, err := q.RecodeQVariant(golden.version, append(bytes.Clone(from), rest...))
				if err != nil || !bytes.Equal(got, to) || whole != (rest == nil) {
					t.Errorf("%s at version %d and %d bytes: %x, whole %v, %v; want %x",
						golden.what, golden.version, len(rest), got, whole, err, to)
				}
			}
		}
	})
}

func TestRecodeQVariantFailures(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, test := range []struct{ what, data, want string }{
			{"nothing", "", "decode QVariant of 0 bytes: QDataStream status 1 ReadPastEnd"},
			{"no value", "00000002 00", "status 1 ReadPastEnd"},
			{"QString of odd length", "0000000a 00 00000003 0041 00", "status 2 ReadCorruptData"},
			{"list that ends in an element", "00000009 00 00000002 00000001 00", "status 1 ReadPastEnd"},
			{"number of no type", "00007777 00 ffffffff", " has no type of the number 30583"},
		} {
			got, whole, err := q.RecodeQVariant(12, unhex(t, test.data))
			if got != nil || whole || err == nil || !strings.HasSuffix(err.Error(), test.want) {
				t.Errorf("%s: %x, %v, %v; want an error that ends with %q", test.what, got, whole, err, test.want)
			}
		}
	})
}

func TestRecodeQVariantOfAnUnknownVersion(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		newest := q.StreamVersion()
		stream := unhex(t, "00000001 00 01")
		if got, _, err := q.RecodeQVariant(newest, stream); err != nil || !bytes.Equal(got, stream) {
			t.Errorf("version %d: %x %v, want %x", newest, got, err, stream)
		}
		for _, version := range []int{-1, 0, newest + 1, 1000} {
			want := fmt.Sprintf("realqt: stream version %d: Qt %s knows 1 to %d", version, q.Version(), newest)
			got, whole, err := q.RecodeQVariant(version, stream)
			if got != nil || whole || !errors.Is(err, errors.ErrUnsupported) || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%x, %v, %v; want %s", got, whole, err, want)
			}
		}
	})
}

// A QColor is known where QtGui is, without a QImage that has loaded it.
func TestRecodeQVariantOfQtGui(t *testing.T) {
	eachQtWithGui(t, func(t *testing.T, q *Qt) {
		stream := unhex(t, "00000043 00 01 ffff 1111 2222 3333 0000")
		if got, whole, err := q.RecodeQVariant(12, stream); err != nil || !whole || !bytes.Equal(got, stream) {
			t.Errorf("%x, %v, %v; want %x", got, whole, err, stream)
		}
	})
}
