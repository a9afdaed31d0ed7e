package datastream

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// Names of icon engines, and of the icon "edit-undo", as QString.
const (
	pixmapEngineBytes   = "00000022 0051005000690078006d0061007000490063006f006e0045006e00670069006e0065"
	themeEngineBytes    = "00000022 005100490063006f006e004c006f00610064006500720045006e00670069006e0065"
	newThemeEngineBytes = "00000020 0051005400680065006d006500490063006f006e0045006e00670069006e0065"
	editUndoBytes       = "00000012 0065006400690074002d0075006e0064006f"
)

// tinyHex returns a PNG file of one pixel, with the marker that comes before it.
func tinyHex(t *testing.T) string { return "00000001" + hex.EncodeToString(tinyPNG(t)) }

func TestQIcon(t *testing.T) {
	file := QImage{tinyPNG(t)}
	icon := NewQIcon(file)
	both := QIcon{Pixmaps: []IconPixmap{{Pixmap: file, Size: QSize{1, 1}, Mode: 3, On: true}, {File: "a", Size: QSize{-1, -1}}}}
	bothBytes := "00000002" + tinyHex(t) + "ffffffff 00000001 00000001 00000003 00000000" +
		"00000000 00000002 0061 ffffffff ffffffff 00000000 00000001"
	for _, test := range []struct {
		f    Format
		v    QIcon
		want string
	}{
		{Format{}, QIcon{}, "ffffffff"},
		{Format{}, QIcon{Pixmaps: []IconPixmap{}}, pixmapEngineBytes + "00000000"},
		{Format{}, both, pixmapEngineBytes + bothBytes},
		{Format{Version: V4_3}, both, pixmapEngineBytes + bothBytes},
		{Format{Version: V4_2}, both, bothBytes},
		{Format{Version: V4_2}, QIcon{}, "00000000"},
		{Format{Version: V4_0}, icon, tinyHex(t)},
		{Format{Version: V3_1}, QIcon{}, "00000000"},
		{Format{}, QIcon{Theme: "edit-undo"}, themeEngineBytes + editUndoBytes},
		{Format{Version: V4_3}, QIcon{Theme: "edit-undo"}, themeEngineBytes + editUndoBytes},
	} {
		exact(t, "QIcon", test.f, test.v, must(t, Format.AppendQIcon), (*Reader).QIcon, test.want)
	}
}

func TestNewQIcon(t *testing.T) {
	wide := QImage{append([]byte(nil), tinyPNG(t)...)}
	want := QIcon{Pixmaps: []IconPixmap{{Pixmap: wide, Size: QSize{1, 1}}, {}, {Pixmap: QImage{[]byte("GIF")}}}}
	if got := NewQIcon(wide, QImage{}, QImage{[]byte("GIF")}); !same(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := NewQIcon(); got.Pixmaps == nil {
		t.Error("an icon of no pixmaps is the null icon")
	}
}

// Qt 6.6.3, 6.8.3 and 6.12.0 write this of QIcon::fromTheme("edit-undo"), and read what Qt 5.15.8 and 6.4.2 write.
func TestNewThemeEngine(t *testing.T) {
	r := NewReader(Format{}, unhex(t, newThemeEngineBytes+editUndoBytes), Limits{})
	if v := r.QIcon(); r.Err() != nil || r.Remaining() != 0 || v.Theme != "edit-undo" || v.Pixmaps != nil {
		t.Errorf("%+v, %v", v, r.Err())
	}
}

func TestOldQIconIsTheNormalPixmap(t *testing.T) {
	file := QImage{tinyPNG(t)}
	other := QImage{append(tinyPNG(t)[:8:8], tinyPNG(t)[8:]...)}
	other.PNG[30] ^= 1 // in a checksum
	normal, disabled, on := IconPixmap{Pixmap: file}, IconPixmap{Pixmap: other, Mode: 1}, IconPixmap{Pixmap: other, On: true}
	for _, test := range []struct {
		pixmaps []IconPixmap
		want    QImage
	}{
		{[]IconPixmap{normal, disabled}, file},
		{[]IconPixmap{disabled, on, normal}, file},
		{[]IconPixmap{disabled, {Pixmap: file, Mode: 2}}, other},
		{[]IconPixmap{on, disabled}, other},
	} {
		got, err := Format{Version: V4_0}.AppendQIcon(nil, QIcon{Pixmaps: test.pixmaps})
		if want := "\x00\x00\x00\x01" + string(test.want.PNG); err != nil || string(got) != want {
			t.Errorf("%+v is written as %x, %v", test.pixmaps, got, err)
		}
	}
}

func TestQIconErrors(t *testing.T) {
	entry := func(mode, state int) string {
		return pixmapEngineBytes + "00000001 00000000 ffffffff 00000000 00000000" + fmt.Sprintf("%08x%08x", mode, state)
	}
	refused(t, "QIcon", Format{}, entry(4, 0), (*Reader).QIcon, ErrCorrupt)
	refused(t, "QIcon", Format{}, entry(0, 2), (*Reader).QIcon, ErrCorrupt)
	refused(t, "QIcon", Format{}, pixmapEngineBytes+"7fffffff 00000000", (*Reader).QIcon, io.ErrUnexpectedEOF)
	refused(t, "QIcon", Format{}, "00000006 007300760067 00000000 00000000", (*Reader).QIcon, errors.ErrUnsupported) // svg
	refused(t, "QIcon", Format{Version: V1_0}, "424d", (*Reader).QIcon, errors.ErrUnsupported)
	for _, v := range []Version{V1_0, V4_0, V4_2} {
		notWritten(t, Format{Version: v}, QIcon{Theme: "edit-undo"}, Format.AppendQIcon, errors.ErrUnsupported)
	}
	notWritten(t, Format{Version: V3_0}, QIcon{}, Format.AppendQIcon, errors.ErrUnsupported)
	damaged := NewQIcon(QImage{tinyPNG(t)}, QImage{tinyPNG(t)[:40]})
	notWritten(t, Format{}, damaged, Format.AppendQIcon, io.ErrUnexpectedEOF)
	if _, err := (Format{}).AppendQIcon(nil, damaged); !strings.HasPrefix(err.Error(), "datastream: cannot write QIcon: pixmap 1: ") {
		t.Error(err)
	}
}
