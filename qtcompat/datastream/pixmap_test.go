package datastream

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// pixmapMethods are the two pairs of methods that have the bytes of a QImage.
var pixmapMethods = []struct {
	typ  string
	app  func(Format, []byte, QImage) ([]byte, error)
	read func(*Reader) QImage
}{
	{"QPixmap", Format.AppendQPixmap, (*Reader).QPixmap},
	{"QBitmap", Format.AppendQBitmap, (*Reader).QBitmap},
}

func TestPixmapsAreImages(t *testing.T) {
	file := tinyPNG(t)
	for _, m := range pixmapMethods {
		for _, f := range []Format{{}, little, {Version: V3_1}, {Version: V2_0}} {
			want, err := f.AppendQImage(nil, QImage{file})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := m.app(f, []byte("head"), QImage{file}); err != nil || string(got) != "head"+string(want) {
				t.Errorf("%s %+v: written as %x, %v; want %x", m.typ, f, got, err, want)
			}
			r := NewReader(f, append(want, "tail"...), Limits{})
			if got := m.read(r); r.Err() != nil || !bytes.Equal(got.PNG, file) || r.Remaining() != 4 {
				t.Errorf("%s %+v: reads as %x, %d bytes left, %v", m.typ, f, got.PNG, r.Remaining(), r.Err())
			}
		}
	}
}

func TestPixmapErrorsNameTheType(t *testing.T) {
	file := tinyPNG(t)
	for _, m := range pixmapMethods {
		notWritten(t, Format{Version: V1_0}, QImage{file}, m.app, errors.ErrUnsupported)
		notWritten(t, Format{Version: V3_0}, QImage{}, m.app, errors.ErrUnsupported)
		notWritten(t, Format{}, QImage{file[:20]}, m.app, io.ErrUnexpectedEOF)
		notWritten(t, Format{}, QImage{[]byte("GIF89a")}, m.app, ErrCorrupt)
		if _, err := m.app(Format{}, nil, QImage{file[:20]}); !strings.HasPrefix(err.Error(), "datastream: cannot write "+m.typ+": ") {
			t.Errorf("%s: %v", m.typ, err)
		}
		refused(t, m.typ, Format{}, "000000", m.read, io.ErrUnexpectedEOF)
		refused(t, m.typ, Format{}, "00000001 47494638", m.read, ErrCorrupt)
		refused(t, m.typ, Format{Version: V1_0}, "424d", m.read, errors.ErrUnsupported)
	}
}
