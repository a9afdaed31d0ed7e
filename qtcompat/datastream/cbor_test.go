package datastream

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"
)

// sizedHex returns in hexadecimal digits what a QByteArray of the bytes is.
func sizedHex(t *testing.T, in string) string {
	return hex.EncodeToString(Format{}.AppendQByteArray(nil, unhex(t, in)))
}

func TestCBOR(t *testing.T) {
	// QCborValue of Qt 5.15.8, 6.4.2 and 6.12.0: numbers, strings, simple types, tags, an array and a map.
	for _, item := range []string{
		"00", "17", "20", "1818", "3818", "1a00100000", "1b7fffffffffffffff", "3b7fffffffffffffff",
		"4200ff", "60", "6441e282ac", "f3", "f4", "f6", "f7", "f8ff", "fb3ff8000000000000",
		"d903e86174", "d82363612e62", "d8255067c8770b44f1410aab9af9b5446f13ee", "c07818323032342d30322d32395430313a30323a30332e3030345a",
		"8401617881f6a10102", "a461620161618401617881f6a1010203f480fb3fe0000000000000",
	} {
		for _, f := range []Format{{}, {Version: V1_0}} {
			exact(t, "QCborValue", f, unhex(t, item), must(t, Format.AppendQCborValue), (*Reader).QCborValue, sizedHex(t, item))
		}
	}
	exact(t, "QCborArray", Format{}, unhex(t, "80"), must(t, Format.AppendQCborArray), (*Reader).QCborArray, "00000001 80")
	exact(t, "QCborMap", Format{}, unhex(t, "a1616101"), must(t, Format.AppendQCborMap), (*Reader).QCborMap, "00000004 a1616101")
	exact(t, "QCborMap", little, unhex(t, "a0"), must(t, Format.AppendQCborMap), (*Reader).QCborMap, "01000000 a0")
	exact(t, "QCborSimpleType", Format{}, 255, Format.AppendQCborSimpleType, (*Reader).QCborSimpleType, "ff") // Qt 6 only
}

// RFC 8949, appendix A: items of indefinite length, and other widths of what Qt writes.
func TestCBORThatOthersWrite(t *testing.T) {
	for _, item := range []string{
		"5f42010243030405ff", "7f657374726561646d696e67ff", "5fff", "9fff", "9f018202039f0405ffff", "bf61610161629f0203ffff",
		"bfff", "1900ff", "1b0000000000000000", "f93c00", "fa47c35000", "f820", "d9d9f700", "5900026162", "9a00000001 00",
	} {
		reads(t, Format{}, sizedHex(t, item), (*Reader).QCborValue, unhex(t, item))
	}
}

func TestWhatIsNoCBOR(t *testing.T) {
	for _, item := range []string{
		"",                                     // nothing
		"0000", "8000", "fffb", "a0ff", "00ff", // more than one item
		"18", "19ff", "1affffff", "1bffffffffffffff", // head cut off
		"41", "62 61", "5b7fffffffffffffff00", "5bffffffffffffffff00", "7affffffff61", // string cut off
		"81", "8201", "9bffffffffffffffff00", "9f", "9f01", // array cut off
		"a1", "a101", "a20102", "bbffffffffffffffff00", "bb800000000000000000", "bf", "bf0102", // map cut off
		"bf01ff",                     // map without a value
		"c0", "d8", "c0ff", "d801ff", // tag without an item
		"ff", "81ff", "a1ff00", "a100ff", // break outside
		"1c", "1d", "1e", "1f", "3f", "3c", "5c", "7d", "9e", "bc", "dc", "df", "fc", "fd", "fe", // reserved
		"f800", "f81f", // simple values below 32 in two bytes
		"61ff", "7f61ffff", // not UTF-8
		"5f6161ff", "7f4161ff", "5f00ff", "5f5f4100ffff", "5f", "5f41", "5f4100", // parts of strings
	} {
		refused(t, "QCborValue", Format{}, sizedHex(t, item), (*Reader).QCborValue, ErrCorrupt)
		notWritten(t, Format{}, unhex(t, item), Format.AppendQCborValue, ErrCorrupt)
	}
	for _, in := range []string{"00000000", "ffffffff"} {
		refused(t, "QCborValue", Format{}, in, (*Reader).QCborValue, ErrCorrupt)
	}
	notWritten(t, Format{}, nil, Format.AppendQCborValue, ErrCorrupt)
}

func TestCBOROfTheWrongType(t *testing.T) {
	for _, item := range []string{"00", "a0", "f6", "c180", "60"} {
		refused(t, "QCborArray", Format{}, sizedHex(t, item), (*Reader).QCborArray, ErrCorrupt)
		notWritten(t, Format{}, unhex(t, item), Format.AppendQCborArray, ErrCorrupt)
	}
	for _, item := range []string{"00", "80", "f6", "c1a0", "40"} {
		refused(t, "QCborMap", Format{}, sizedHex(t, item), (*Reader).QCborMap, ErrCorrupt)
		notWritten(t, Format{}, unhex(t, item), Format.AppendQCborMap, ErrCorrupt)
	}
}

// Qt 5.15.8, 6.4.2 and 6.12.0 read 1024 arrays around a number, and no more.
func TestCBORDepth(t *testing.T) {
	for _, open := range []string{"81", "9f", "a100", "c1"} {
		closing := map[string]string{"9f": "ff"}[open]
		deep := func(n int) string { return strings.Repeat(open, n) + "01" + strings.Repeat(closing, n) }
		reads(t, Format{}, sizedHex(t, deep(1024)), (*Reader).QCborValue, unhex(t, deep(1024)))
		refused(t, "QCborValue", Format{}, sizedHex(t, deep(1025)), (*Reader).QCborValue, ErrTooLarge)
		notWritten(t, Format{}, unhex(t, deep(1025)), Format.AppendQCborValue, ErrTooLarge)
	}
	r := NewReader(Format{}, unhex(t, "00000003 818101"), Limits{MaxDepth: 1})
	if item := r.QCborValue(); item != nil || !errors.Is(r.Err(), ErrTooLarge) {
		t.Errorf("2 deep, limit 1: %x, error %v", item, r.Err())
	}
}

// FuzzQCborValue reads arbitrary bytes as CBOR. A well-formed item is one in an array, a map or a tag as well, and is
// none when it is cut short.
func FuzzQCborValue(f *testing.F) {
	for _, seed := range []string{"8401617881f6a10102", "9f018202039f0405ffff", "bf61610161629f0203ffff", "7f61c3a9ff", "a2f800f820", "1bff"} {
		f.Add(unhex(f, seed))
	}
	f.Fuzz(func(t *testing.T, item []byte) {
		err := checkCBOR(item, cborAny, defaultDepth-1)
		if err != nil {
			if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrTooLarge) {
				t.Fatalf("%x: error %v", item, err)
			}
			return
		}
		for _, head := range []string{"\x81", "\xc1", "\xa1\x00", "\x9f\x00"} {
			longer := append([]byte(head), item...)
			if head[0] == 0x9f {
				longer = append(longer, cborBreak)
			}
			if err := checkCBOR(longer, cborAny, defaultDepth); err != nil {
				t.Errorf("%x is CBOR, %x is not: %v", item, longer, err)
			}
		}
		for n := range item {
			if checkCBOR(item[:n], cborAny, defaultDepth) == nil {
				t.Errorf("%x is CBOR, and the first %d bytes of it are", item, n)
			}
		}
	})
}
