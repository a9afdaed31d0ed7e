package main

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/shmbridge/shmbridge/qtcompat/datastream"
)

func streamWork(t *testing.T, name string) work {
	t.Helper()
	w, err := streamWorks[name](place{family: stream})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return w
}

func TestGoDoesEveryStreamWork(t *testing.T) {
	for name := range streamWorks {
		if err := streamWork(t, name).do(2); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is measured takes no more memory than it must: none to write, and to read the value and a Reader.
func TestStreamWorksAllocateLittle(t *testing.T) {
	for name := range streamWorks {
		most := 2.0
		switch {
		case strings.HasPrefix(name, "write-"):
			most = 0
		case name == "read-variants":
			most = 400 // four for each
		case name == "read-image":
			continue // image/png's
		}
		w := streamWork(t, name)
		if n := testing.AllocsPerRun(5, func() {
			if err := w.do(1); err != nil {
				t.Error(err)
			}
		}); n > most {
			t.Errorf("%s makes %v allocations, want %v", name, n, most)
		}
	}
}

func TestReadingReadsWhatWasWritten(t *testing.T) {
	app := func(f datastream.Format, b []byte, v uint16) ([]byte, error) { return f.AppendUint16(b, v), nil }
	var got uint16
	read := func(r *datastream.Reader) error {
		got = r.Uint16()
		return r.Err()
	}
	w, err := reading(func() uint16 { return 0x1234 }, datastream.LittleEndian, app, read)(place{})
	if err != nil || w.do(1) != nil || got != 0x1234 {
		t.Errorf("got %x, %v", got, err)
	}
	w, err = reading(func() uint16 { return 1 }, datastream.BigEndian, app, value((*datastream.Reader).Uint64))(place{})
	if err != nil || w.do(1) == nil {
		t.Errorf("a quint16 read as quint64: no error, %v", err)
	}
	if _, err := reading(func() datastream.QImage { return datastream.QImage{PNG: []byte("no PNG")} }, datastream.BigEndian, datastream.Format.AppendQImage, decodeImage)(place{}); err == nil {
		t.Error("what cannot be written: no error")
	}
}

func TestTextsHaveAMebibyteInTheStream(t *testing.T) {
	for name, s := range map[string]string{"ASCII": ascii(), "Latin": latin(), "CJK": cjk()} {
		if n := 2 * len(utf16.Encode([]rune(s))); n != 1<<20 {
			t.Errorf("%s: %d bytes", name, n)
		}
	}
}

func TestStreamValues(t *testing.T) {
	if list := numbers(); len(list) != 1e6 || list[999_999] != 999_999 {
		t.Errorf("%d numbers", len(list))
	}
	img, err := picture().Decode()
	if err != nil || img.Bounds().Dx() != 1920 || img.Bounds().Dy() != 1080 {
		t.Errorf("%v, %v", img, err)
	}
	m := variants()
	if len(m) != 100 || !slices.IsSortedFunc(m, func(a, b datastream.QPair[string, datastream.Variant]) int { return strings.Compare(a.First, b.First) }) {
		t.Errorf("%d entries, or not in order", len(m))
	}
	f := datastream.Format{ByteOrder: hostOrder()}
	if !bytes.Equal(f.AppendUint16(nil, 1), nativeOne()) {
		t.Errorf("%+v is not the order of this machine", f)
	}
}

func nativeOne() []byte { return binary.NativeEndian.AppendUint16(nil, 1) }
