package datastream

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestQCursor(t *testing.T) {
	file, pixels := QImage{tinyPNG(t)}, tinyHex(t)
	bitmap := QCursor{Shape: 24, Bitmap: file, Mask: file, HotSpot: QPoint{1, -2}}
	pixmap := QCursor{Shape: 24, Pixmap: file, HotSpot: QPoint{1, -2}}
	const spot = "00000001 fffffffe"
	for _, test := range []struct {
		f    Format
		v    QCursor
		want string
	}{
		{Format{}, QCursor{}, "0000"},
		{Format{Version: V1_0}, QCursor{Shape: 21}, "0015"},
		{little, QCursor{Shape: 3}, "0300"},
		{Format{}, bitmap, "0018 00" + pixels + pixels + spot},
		{Format{}, pixmap, "0018 01" + pixels + spot},
		{Format{Version: V4_0}, pixmap, "0018 01" + pixels + spot},
		{Format{Version: V3_3}, bitmap, "0018" + pixels + pixels + spot},
		{Format{Version: V2_0}, bitmap, "0018" + pixels[8:] + pixels[8:] + spot},
		{Format{Version: V3_1}, QCursor{Shape: 24}, "0018 00000000 00000000 00000000 00000000"},
	} {
		exact(t, "QCursor", test.f, test.v, must(t, Format.AppendQCursor), (*Reader).QCursor, test.want)
	}
}

func TestQCursorWritesThePixmapOrTheBitmap(t *testing.T) {
	file := QImage{tinyPNG(t)}
	all := QCursor{Shape: 24, Pixmap: file, Bitmap: file, Mask: file}
	for v, want := range map[Version]string{
		V4_0: "0018 01" + tinyHex(t) + "00000000 00000000",
		V3_3: "0018" + tinyHex(t) + tinyHex(t) + "00000000 00000000",
	} {
		if b, err := (Format{Version: v}).AppendQCursor(nil, all); err != nil || string(b) != string(unhex(t, want)) {
			t.Errorf("version %d: written as %x, %v", v, b, err)
		}
	}
	all.Shape = 2
	if b, err := (Format{}).AppendQCursor(nil, all); err != nil || string(b) != "\x00\x02" {
		t.Errorf("a shape of the system is written as %x, %v", b, err)
	}
}

func TestQCursorErrors(t *testing.T) {
	for _, shape := range []string{"0016", "0017", "0019", "ffff"} {
		refused(t, "QCursor", Format{}, shape+"00", (*Reader).QCursor, ErrCorrupt)
	}
	refused(t, "QCursor", Format{}, "0018 01 00000001 00", (*Reader).QCursor, ErrCorrupt)
	refused(t, "QCursor", Format{Version: V1_0}, "0018 424d", (*Reader).QCursor, errors.ErrUnsupported)
	file, cut := QImage{tinyPNG(t)}, QImage{tinyPNG(t)[:40]}
	for prefix, v := range map[string]QCursor{
		"pixmap: ": {Shape: 24, Pixmap: cut},
		"bitmap: ": {Shape: 24, Bitmap: cut, Mask: file},
		"mask: ":   {Shape: 24, Bitmap: file, Mask: cut},
	} {
		notWritten(t, Format{}, v, Format.AppendQCursor, io.ErrUnexpectedEOF)
		if _, err := (Format{}).AppendQCursor(nil, v); !strings.HasPrefix(err.Error(), "datastream: cannot write QCursor: "+prefix) {
			t.Error(err)
		}
	}
	notWritten(t, Format{Version: V3_3}, QCursor{Shape: 24, Pixmap: file}, Format.AppendQCursor, errors.ErrUnsupported)
	notWritten(t, Format{Version: V2_0}, QCursor{Shape: 24, Bitmap: file}, Format.AppendQCursor, errors.ErrUnsupported)
}
