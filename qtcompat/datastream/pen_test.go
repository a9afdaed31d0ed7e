package datastream

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"
)

const (
	solidRed   = "01" + redBytes
	one        = "3ff0000000000000"
	two        = "4000000000000000"
	dashedList = "00000002 " + two + one
)

func TestQPen(t *testing.T) {
	pen := NewQPen(red, 2)
	custom := QPen{Style: 6, Cap: 0x20, Join: 0x80, Width: 1, Brush: QBrush{Style: 1, Color: red}, MiterLimit: 2, Dashes: []float64{2, 1}}
	whole := custom
	whole.Join, whole.DashOffset, whole.Cosmetic, whole.DefaultWidth = 0x100, 1, true, true
	listed := pen
	listed.Dashes = []float64{}
	flat := QPen{Style: 1, Width: 2, Brush: pen.Brush, MiterLimit: 2}
	for _, test := range []struct {
		f    Format
		v    QPen
		want string
	}{
		{Format{Version: V1_0}, flat, "01 02 ff0000ff"},
		{Format{Version: V2_0}, flat, "01 02 ffff0000"},
		{Format{Version: V2_1}, pen, "51 02 ffff0000"},
		{Format{Version: V4_0}, listed, "51" + two + solidRed + two + "00000000"},
		{Format{Version: V4_2}, custom, "a6" + one + solidRed + two + dashedList},
		{Format{Version: V4_3}, custom, "00a6 00" + one + solidRed + identityBytes + two + dashedList + "0000000000000000"},
		{Format{}, whole, "0126 01" + one + solidRed + identityBytes + two + dashedList + one + "01"},
	} {
		exact(t, "QPen", test.f, test.v, must(t, Format.AppendQPen), (*Reader).QPen, test.want)
	}
}

// Qt 5.15.8, 6.4.2 and 6.12.0 write these widths at version 3.
func TestOldQPenWidth(t *testing.T) {
	for width, want := range map[float64]byte{0: 0, 0.25: 0, 0.5: 1, 1.5: 2, 2.5: 3, 254.5: 255, 255.5: 0, 256.4: 0, 300.5: 45} {
		if b, err := (Format{Version: V2_1}).AppendQPen(nil, NewQPen(red, width)); err != nil || b[1] != want {
			t.Errorf("width %v is written as %d, %v; want %d", width, b[1], err, want)
		}
	}
	if b, err := (Format{Version: V2_1}).AppendQPen(nil, NewQPen(red, math.NaN())); err != nil || len(b) != 6 {
		t.Errorf("a width that is no number is written as %x, %v", b, err)
	}
}

func TestQPenLoses(t *testing.T) {
	pen := QPen{Style: 2, Cap: 0x10, Join: 0x100, Width: 2, Brush: QBrush{Style: 3, Color: red}, MiterLimit: 7}
	for _, test := range []struct {
		v    Version
		want string
	}{
		{V2_0, "02 02 ffff0000"},
		{V2_1, "12 02 ffff0000"},
		{V4_0, "12" + two + "03" + redBytes + "401c000000000000 00000000"},
	} {
		if b, err := (Format{Version: test.v}).AppendQPen(nil, pen); err != nil || string(b) != string(unhex(t, test.want)) {
			t.Errorf("version %d: written as %x, %v; want %s", test.v, b, err, test.want)
		}
	}
}

func TestQPenErrors(t *testing.T) {
	rest := one + solidRed + identityBytes + two + dashedList + one + "01"
	for name, test := range map[string]struct {
		v  Version
		in string
	}{
		"a style":           {Latest, "0007 00" + rest},
		"a cap":             {Latest, "0031 00" + rest},
		"two joins":         {Latest, "00c1 00" + rest},
		"three joins":       {Latest, "01c1 00" + rest},
		"another bit":       {Latest, "0251 00" + rest},
		"the brush":         {Latest, "0051 00" + one + "17" + redBytes + rest},
		"an old style":      {V2_1, "57 02 ffff0000"},
		"an old cap":        {V2_1, "71 02 ffff0000"},
		"old joins":         {V2_1, "c1 02 ffff0000"},
		"a cap before caps": {V2_0, "11 02 ffff0000"},
		"the colour":        {V2_1, "51 02 00ff0000"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, "QPen", Format{Version: test.v}, test.in, (*Reader).QPen, ErrCorrupt)
		})
	}
	textured := QPen{Brush: QBrush{Style: 24, Texture: QImage{[]byte("BM")}}}
	notWritten(t, Format{}, textured, Format.AppendQPen, ErrCorrupt)
	textured.Brush.Texture.PNG = tinyPNG(t)[:9]
	notWritten(t, Format{Version: V4_0}, textured, Format.AppendQPen, io.ErrUnexpectedEOF)
	if _, err := (Format{}).AppendQPen(nil, textured); !strings.HasPrefix(err.Error(), "datastream: cannot write QPen: brush: texture: ") {
		t.Error(err)
	}
	if _, err := (Format{Version: V1_0}).AppendQPen(nil, textured); errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("a texture that is not written at version 1: %v", err)
	}
}
