package datastream

import (
	"math"
	"testing"
)

func TestIntegers(t *testing.T) {
	f := Format{}
	bothWays(t, f, 0xfe, Format.AppendUint8, (*Reader).Uint8, "fe")
	bothWays(t, f, -2, Format.AppendInt8, (*Reader).Int8, "fe")
	bothWays(t, f, math.MinInt8, Format.AppendInt8, (*Reader).Int8, "80")
	bothWays(t, f, 0x0102, Format.AppendUint16, (*Reader).Uint16, "0102")
	bothWays(t, f, -2, Format.AppendInt16, (*Reader).Int16, "fffe")
	bothWays(t, f, math.MaxUint32, Format.AppendUint32, (*Reader).Uint32, "ffffffff")
	bothWays(t, f, -2, Format.AppendInt32, (*Reader).Int32, "fffffffe")
	bothWays(t, f, math.MinInt32, Format.AppendInt32, (*Reader).Int32, "80000000")
	bothWays(t, f, 0x0102030405060708, Format.AppendUint64, (*Reader).Uint64, "0102030405060708")
	bothWays(t, f, -2, Format.AppendInt64, (*Reader).Int64, "fffffffffffffffe")
	bothWays(t, f, math.MinInt64, Format.AppendInt64, (*Reader).Int64, "8000000000000000")
}

func TestIntegersLittleEndian(t *testing.T) {
	bothWays(t, little, 0xfe, Format.AppendUint8, (*Reader).Uint8, "fe")
	bothWays(t, little, 0x0102, Format.AppendUint16, (*Reader).Uint16, "0201")
	bothWays(t, little, 0x0102, Format.AppendInt16, (*Reader).Int16, "0201")
	bothWays(t, little, 0x01020304, Format.AppendUint32, (*Reader).Uint32, "04030201")
	bothWays(t, little, 0x01020304, Format.AppendInt32, (*Reader).Int32, "04030201")
	bothWays(t, little, 0x0102030405060708, Format.AppendUint64, (*Reader).Uint64, "0807060504030201")
	bothWays(t, little, -2, Format.AppendInt64, (*Reader).Int64, "feffffffffffffff")
}

func TestInt64IsTwoWordsBeforeVersion6(t *testing.T) {
	const v = 0x0102030405060708
	for _, test := range []struct {
		f    Format
		want string
	}{
		{Format{Version: V3_1}, "01020304 05060708"},
		{Format{Version: V3_1, ByteOrder: LittleEndian}, "04030201 08070605"},
		{Format{Version: V3_3}, "01020304 05060708"},
		{Format{Version: V3_3, ByteOrder: LittleEndian}, "08070605 04030201"},
	} {
		bothWays(t, test.f, v, Format.AppendUint64, (*Reader).Uint64, test.want)
		bothWays(t, test.f, v, Format.AppendInt64, (*Reader).Int64, test.want)
	}
}

func TestBool(t *testing.T) {
	bothWays(t, Format{}, true, Format.AppendBool, (*Reader).Bool, "01")
	bothWays(t, Format{}, false, Format.AppendBool, (*Reader).Bool, "00")
	reads(t, Format{}, "02", (*Reader).Bool, true)
	reads(t, Format{}, "ff", (*Reader).Bool, true)
}
