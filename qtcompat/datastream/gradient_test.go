package datastream

import (
	"io"
	"strings"
	"testing"
)

const (
	stopBytes = "00000001 3fe0000000000000" + redBytes // one stop: red at 0.5
	halfBytes = "3fe0000000000000"
)

// gradients are one of each kind.
var (
	linearBrush = QBrush{Style: 15, Gradient: &QGradient{
		Spread: 1, CoordinateMode: 3, InterpolationMode: 1, Stops: []QGradientStop{{0.5, red}}, Start: QPointF{1, 2}, Final: QPointF{1, 2},
	}}
	radialBrush = QBrush{Style: 16, Gradient: &QGradient{
		Stops: []QGradientStop{}, Start: QPointF{1, 2}, Final: QPointF{1, 2}, Radius: 0.5, FocalRadius: 2,
	}}
	conicalBrush = QBrush{Style: 17, Gradient: &QGradient{Stops: []QGradientStop{}, Start: QPointF{1, 2}, Angle: 0.5}}
)

// without returns b with another gradient.
func without(b QBrush, change func(*QGradient)) QBrush {
	g := *b.Gradient
	change(&g)
	b.Gradient = &g
	return b
}

func TestGradients(t *testing.T) {
	v7, v9, v17 := Format{Version: V4_0}, Format{Version: V4_3}, Format{Version: V5_6}
	plain := without(linearBrush, func(g *QGradient) { g.Spread, g.CoordinateMode, g.InterpolationMode = 0, 0, 0 })
	bounding := without(linearBrush, func(g *QGradient) { g.CoordinateMode = 2 })
	noMode := without(bounding, func(g *QGradient) { g.InterpolationMode = 0 })
	noFocus := without(radialBrush, func(g *QGradient) { g.FocalRadius = 0 })
	for _, test := range []struct {
		f    Format
		v    QBrush
		want string
	}{
		{v7, plain, "0f" + noColorBytes + "00000000" + stopBytes + pointBytes + pointBytes},
		{v9, noMode, "0f" + noColorBytes + "00000000 00000001 00000002" + stopBytes + pointBytes + pointBytes + identityBytes},
		{v17, bounding, "0f" + noColorBytes + "00000000 00000001 00000002 00000001" + stopBytes + pointBytes + pointBytes + identityBytes},
		{Format{}, linearBrush, "0f" + noColorBytes + "00000000 00000001 00000003 00000001" + stopBytes + pointBytes + pointBytes + identityBytes},
		{v7, noFocus, "10" + noColorBytes + "00000001 00000000" + pointBytes + pointBytes + halfBytes},
		{Format{Version: V5_13}, noFocus, "10" + noColorBytes + "00000001 00000000 00000000 00000000 00000000" + pointBytes + pointBytes + halfBytes + identityBytes},
		{Format{Version: V6_0}, radialBrush, "10" + noColorBytes + "00000001 00000000 00000000 00000000 00000000" + pointBytes + pointBytes + halfBytes +
			"4000000000000000" + identityBytes},
		{v7, conicalBrush, "11" + noColorBytes + "00000002 00000000" + pointBytes + halfBytes},
	} {
		exact(t, "QBrush", test.f, test.v, must(t, Format.AppendQBrush), (*Reader).QBrush, test.want)
	}
}

func TestGradientLoses(t *testing.T) {
	for _, test := range []struct {
		name string
		f    Format
		v    QBrush
		want string
	}{
		{"all of it", Format{Version: V3_3}, QBrush{Style: 15, Color: red, Gradient: linearBrush.Gradient}, "00 49000000"},
		{"the modes", Format{Version: V4_0}, linearBrush, "0f" + noColorBytes + "00000000" + stopBytes + pointBytes + pointBytes},
		{"ObjectMode", Format{Version: V4_3}, linearBrush, "0f" + noColorBytes + "00000000 00000001 00000002" + stopBytes + pointBytes + pointBytes + identityBytes},
		{"the focal radius", Format{Version: V4_0}, radialBrush, "10" + noColorBytes + "00000001 00000000" + pointBytes + pointBytes + halfBytes},
		{"nothing", Format{Version: V4_0}, QBrush{Style: 17}, "11" + noColorBytes + "00000002 00000000" + strings.Repeat("0000000000000000", 3)},
	} {
		if b, err := test.f.AppendQBrush(nil, test.v); err != nil || string(b) != string(unhex(t, test.want)) {
			t.Errorf("a brush losing %s is written as %x, %v; want %s", test.name, b, err, test.want)
		}
	}
}

func TestGradientErrors(t *testing.T) {
	for name, test := range map[string]struct {
		f    Format
		from string // behind a style and the colour
	}{
		"another type":            {Format{Version: V4_0}, "00000001"},
		"no type":                 {Format{Version: V4_0}, "00000003"},
		"a spread":                {Format{}, "00000000 00000003 00000000 00000000"},
		"a negative spread":       {Format{}, "00000000 ffffffff 00000000 00000000"},
		"a coordinate mode":       {Format{}, "00000000 00000000 00000004 00000000"},
		"a mode of later":         {Format{Version: V5_6}, "00000000 00000000 00000003 00000000"},
		"an interpolation mode":   {Format{}, "00000000 00000000 00000000 00000002"},
		"a colour that is not it": {Format{Version: V4_0}, "00000000 00000001 0000000000000000 07"},
	} {
		in := "0f" + noColorBytes + test.from + strings.Repeat("00", 200)
		t.Run(name, func(t *testing.T) { refused(t, "QBrush", test.f, in, (*Reader).QBrush, ErrCorrupt) })
	}
	refused(t, "QBrush", Format{Version: V4_0}, "0f"+noColorBytes+"00000000 7fffffff 00", (*Reader).QBrush, io.ErrUnexpectedEOF)
}
