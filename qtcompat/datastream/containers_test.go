package datastream

import (
	"errors"
	"io"
	"reflect"
	"runtime"
	"slices"
	"testing"
)

func appendInts(f Format, b []byte, v []int32) []byte { return AppendList(f, b, v, Format.AppendInt32) }
func readInts(r *Reader) []int32                      { return ReadList(r, (*Reader).Int32) }

type entry = QPair[int32, string]

func appendEntry(f Format, b []byte, v entry) []byte {
	return AppendPair(f, b, v, Format.AppendInt32, Format.AppendQString)
}
func readEntry(r *Reader) entry { return ReadPair(r, (*Reader).Int32, (*Reader).QString) }

type numbers = []QPair[int32, int32]

func appendNumbers(f Format, b []byte, v numbers) []byte {
	return AppendPairs(f, b, v, Format.AppendInt32, Format.AppendInt32)
}
func readNumbers(r *Reader) numbers { return ReadPairs(r, (*Reader).Int32, (*Reader).Int32) }

func appendMap(f Format, b []byte, v map[int32]int32) []byte {
	return AppendMap(f, b, v, Format.AppendInt32, Format.AppendInt32)
}
func readMap(r *Reader) map[int32]int32 { return ReadMap(r, (*Reader).Int32, (*Reader).Int32) }

// The bytes of this file are those of Qt 5.15.8 and, except where noted, of Qt 6.4.2 and 6.12.0.

func TestList(t *testing.T) {
	for _, f := range []Format{{Version: V1_0}, {Version: V5_13}, {Version: V6_0}, {}} {
		exact(t, "QList", f, []int32{}, appendInts, readInts, "00000000")
		exact(t, "QList", f, []int32{1, -2, 3}, appendInts, readInts, "00000003 00000001 fffffffe 00000003")
		appendLists := func(f Format, b []byte, v [][]int32) []byte { return AppendList(f, b, v, appendInts) }
		readLists := func(r *Reader) [][]int32 { return ReadList(r, readInts) }
		exact(t, "QList", f, [][]int32{{1}, {}, {2, 3}}, appendLists, readLists, "00000003 00000001 00000001 00000000 00000002 00000002 00000003")
	}
	exact(t, "QList", little, []int32{1, 2}, appendInts, readInts, "02000000 01000000 02000000")
	exact(t, "QPair", Format{}, entry{1, "a"}, appendEntry, readEntry, "00000001 00000002 0061")
	exact(t, "QStringList", Format{}, []string{"a", "b"}, Format.AppendQStringList, (*Reader).QStringList, "00000002 00000002 0061 00000002 0062")
	reads(t, Format{}, "00000002 ffffffff 00000000", (*Reader).QStringList, []string{"", ""})
	exact(t, "QByteArrayList", Format{}, [][]byte{[]byte("a"), nil, {}}, Format.AppendQByteArrayList, (*Reader).QByteArrayList, "00000003 00000001 61 ffffffff 00000000")
}

func TestListHasExtendedCountFromVersion22(t *testing.T) {
	reads(t, Format{Version: V6_7}, "fffffffe 0000000000000002 00000001 00000002", readInts, []int32{1, 2})
	refused(t, "QList", Format{Version: V6_6}, "fffffffe 0000000000000002 00000001 00000002", readInts, io.ErrUnexpectedEOF)
	refused(t, "QList", Format{Version: V6_7}, "fffffffe fffffffffffffffe 00000001 00000002", readInts, ErrCorrupt)
	refused(t, "QList", Format{Version: V6_6}, "ffffffff", readInts, ErrCorrupt)
	refused(t, "QMap", Format{}, "ffffffff", readMap, ErrCorrupt)
}

func TestPairsKeepTheOrder(t *testing.T) {
	exact(t, "QMap", Format{Version: V5_13}, numbers{{2, 20}, {1, 10}, {1, 11}}, appendNumbers, readNumbers,
		"00000003 00000002 00000014 00000001 0000000a 00000001 0000000b") // QMultiMap of Qt 5.15.8
	exact(t, "QMap", Format{}, numbers{{1, 10}, {1, 11}, {2, 20}}, appendNumbers, readNumbers,
		"00000003 00000001 0000000a 00000001 0000000b 00000002 00000014") // QMultiMap of Qt 6.12.0
}

func TestMapHasTheOrderOfQt(t *testing.T) {
	m := map[int32]int32{-1: 10, 2: 20, 3: 30}
	bothWays(t, Format{Version: V5_13}, m, appendMap, readMap, "00000003 00000003 0000001e 00000002 00000014 ffffffff 0000000a") // Qt 5.15.8
	bothWays(t, Format{Version: V6_0}, m, appendMap, readMap, "00000003 ffffffff 0000000a 00000002 00000014 00000003 0000001e")  // Qt 6.4.2
	bothWays(t, Format{}, map[int32]int32{}, appendMap, readMap, "00000000")
	reads(t, Format{}, "00000002 00000001 00000001 00000001 00000002", readMap, map[int32]int32{1: 2})
	in := unhex(t, "00000002 00000001 0000000a 00000002 00000014")
	for n := range in {
		r := NewReader(Format{}, in[:n], Limits{})
		if m := readMap(r); m != nil || !errors.Is(r.Err(), io.ErrUnexpectedEOF) || r.Offset() != 0 {
			t.Errorf("cut after %d bytes: %v, error %v", n, m, r.Err())
		}
	}
}

func TestCountServesElementsThatCanFail(t *testing.T) {
	b := Format{}.AppendCount(nil, 2)
	for range 2 {
		b, _ = Format{}.AppendQImage(b, QImage{})
	}
	reads(t, Format{}, "00000002 00000000 00000000", func(r *Reader) []QImage { return ReadList(r, (*Reader).QImage) }, []QImage{{}, {}})
	if want := unhex(t, "00000002 00000000 00000000"); !slices.Equal(b, want) {
		t.Errorf("got %x, want %x", b, want)
	}
}

func TestListStopsAtTheFirstElementThatFails(t *testing.T) {
	calls := 0
	r := NewReader(Format{}, unhex(t, "00000003 00000001 00000003 00000000 00000000"), Limits{})
	list := ReadList(r, func(r *Reader) string { calls++; return r.QString() })
	var e *DecodeError
	if list != nil || calls != 1 || !errors.As(r.Err(), &e) || e.Type != "QList" || !errors.Is(e, ErrCorrupt) {
		t.Errorf("got %q after %d elements, error %v", list, calls, r.Err())
	}
}

func TestLimitMaxElements(t *testing.T) {
	in := unhex(t, "00000002 00000001 00000002 00000003 00000004")
	for name, read := range map[string]func(*Reader) any{
		"QList":          func(r *Reader) any { return readInts(r) },
		"QMap":           func(r *Reader) any { return readMap(r) },
		"QVersionNumber": func(r *Reader) any { return r.QVersionNumber() },
	} {
		r := NewReader(Format{}, in, Limits{MaxElements: 2})
		if v := read(r); reflect.ValueOf(v).Len() != 2 || r.Err() != nil {
			t.Errorf("%s of 2, limit 2: %v, error %v", name, v, r.Err())
		}
		r = NewReader(Format{}, in, Limits{MaxElements: 1})
		if v := read(r); !errors.Is(r.Err(), ErrTooLarge) || errors.Is(r.Err(), io.ErrUnexpectedEOF) || r.Offset() != 0 {
			t.Errorf("%s of 2, limit 1: %v, error %v", name, v, r.Err())
		}
	}
}

func TestAnnouncedCountAllocatesNoMoreThanTheInput(t *testing.T) {
	const size = 1 << 20
	in := append(Format{}.AppendCount(nil, size), make([]byte, size)...)
	for _, count := range []uint32{size, 1 << 26} {
		Format{}.AppendUint32(in[:0], count)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		ReadList(NewReader(Format{}, in, Limits{}), func(r *Reader) (v [256]byte) { r.Raw(size); r.Raw(2 * size); return v })
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > size+size/8 {
			t.Errorf("%d elements announced in %d bytes: %d bytes allocated", count, size, n)
		}
	}
}
