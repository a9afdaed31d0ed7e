package datastream

import (
	"errors"
	"io"
	"strings"
	"testing"
)

const (
	redBytes      = "01 ffff ffff 0000 0000 0000"
	noColorBytes  = "00 ffff 0000 0000 0000 0000"
	identityBytes = "3ff0000000000000 0000000000000000 0000000000000000 0000000000000000 3ff0000000000000 0000000000000000 " +
		"0000000000000000 0000000000000000 3ff0000000000000"
	pointBytes = "3ff0000000000000 4000000000000000" // 1, 2
)

var red = QColor{rgbColor, opaque, [4]uint16{0xffff}}

func TestQBrush(t *testing.T) {
	double := strings.Replace(identityBytes, "3ff0000000000000", "4000000000000000", 1)
	for _, test := range []struct {
		f    Format
		v    QBrush
		want string
	}{
		{Format{}, QBrush{}, "00" + noColorBytes + identityBytes},
		{Format{}, QBrush{Style: 1, Color: red}, "01" + redBytes + identityBytes},
		{Format{}, QBrush{Style: 14, Color: red, Transform: &QTransform{0: 2, 4: 1, 8: 1}}, "0e" + redBytes + double},
		{Format{Version: V4_2}, QBrush{Style: 1, Color: red}, "01" + redBytes},
		{Format{Version: V3_3}, QBrush{Style: 1, Color: red}, "01 ffff0000"},
		{Format{Version: V3_3}, QBrush{Style: 24, Color: red}, "18 ffff0000 00000000"},
		{Format{Version: V4_0}, QBrush{Style: 24}, "18" + noColorBytes + "00000000"},
	} {
		exact(t, "QBrush", test.f, test.v, must(t, Format.AppendQBrush), (*Reader).QBrush, test.want)
	}
}

func TestQBrushIdentityReadsAsNil(t *testing.T) {
	identity := identity
	b, err := Format{}.AppendQBrush(nil, QBrush{Transform: &identity})
	if want := unhex(t, "00"+noColorBytes+identityBytes); err != nil || string(b) != string(want) {
		t.Errorf("written as %x, %v, want %x", b, err, want)
	}
	if v := NewReader(Format{}, b, Limits{}).QBrush(); v.Transform != nil {
		t.Errorf("reads with the transform %v", *v.Transform)
	}
}

func TestQBrushErrors(t *testing.T) {
	for _, style := range []string{"0f", "12", "17", "19", "ff"} {
		refused(t, "QBrush", Format{Version: V4_2}, style+noColorBytes+"00000003", (*Reader).QBrush, ErrCorrupt)
		refused(t, "QBrush", Format{Version: V3_3}, style+"49000000", (*Reader).QBrush, ErrCorrupt)
	}
	refused(t, "QBrush", Format{}, "01 09"+identityBytes, (*Reader).QBrush, ErrCorrupt)
	refused(t, "QBrush", Format{}, "18"+noColorBytes+"00000001 00", (*Reader).QBrush, ErrCorrupt)
	textured := QBrush{Style: 24, Texture: QImage{tinyPNG(t)[:30]}}
	notWritten(t, Format{}, textured, Format.AppendQBrush, io.ErrUnexpectedEOF)
	notWritten(t, Format{Version: V1_0}, textured, Format.AppendQBrush, errors.ErrUnsupported)
	if _, err := (Format{}).AppendQBrush(nil, textured); !strings.HasPrefix(err.Error(), "datastream: cannot write QBrush: texture: ") {
		t.Error(err)
	}
}

func TestTextureOfOtherStylesIsNotWritten(t *testing.T) {
	b, err := Format{Version: V4_2}.AppendQBrush(nil, QBrush{Style: 1, Color: red, Texture: QImage{[]byte("no PNG file")}})
	if want := unhex(t, "01"+redBytes); err != nil || string(b) != string(want) {
		t.Errorf("written as %x, %v", b, err)
	}
}
