package topview

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestFitted(t *testing.T) {
	for _, tt := range []struct{ picture, area, want image.Point }{
		{image.Pt(160, 90), image.Pt(80, 42), image.Pt(74, 42)},
		{image.Pt(90, 160), image.Pt(80, 42), image.Pt(23, 42)},
		{image.Pt(1000, 10), image.Pt(80, 42), image.Pt(80, 1)},
		{image.Pt(10, 10), image.Pt(80, 42), image.Pt(40, 40)},
		{image.Pt(80, 42), image.Pt(80, 42), image.Pt(80, 42)},
		{image.Pt(10000, 1), image.Pt(80, 42), image.Pt(80, 1)},
		{image.Pt(1, 10000), image.Pt(80, 42), image.Pt(1, 42)},
		{image.Pt(0, 0), image.Pt(80, 42), image.Pt(42, 42)},
		{image.Pt(5, 5), image.Pt(0, 0), image.Pt(1, 1)},
	} {
		if got := fitted(tt.picture, tt.area); got != tt.want {
			t.Errorf("%v in %v: %v, want %v", tt.picture, tt.area, got, tt.want)
		}
	}
}

func TestScaled(t *testing.T) {
	m := image.NewNRGBA(image.Rect(5, 7, 9, 9)) // not at the origin
	for x, c := range []color.NRGBA{{255, 0, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 0}, {255, 255, 255, 255}} {
		m.SetNRGBA(5+x, 7, c)
		m.SetNRGBA(5+x, 8, c)
	}
	halved := scaled(m, image.Pt(2, 1))
	for x, want := range []color.RGBA{{127, 0, 127, 255}, {191, 191, 191, 255}} { // half grey where it is transparent
		if got := halved.RGBAAt(x, 0); got != want {
			t.Errorf("halved, at %d: %v, want %v", x, got, want)
		}
	}
	doubled := scaled(m, image.Pt(8, 4))
	for x, want := range []color.RGBA{{255, 0, 0, 255}, {255, 0, 0, 255}, {0, 0, 255, 255}, {0, 0, 255, 255}, {128, 128, 128, 255}} {
		if got := doubled.RGBAAt(x, 3); got != want {
			t.Errorf("doubled, at %d: %v, want %v", x, got, want)
		}
	}
	if empty := scaled(image.NewRGBA(image.Rectangle{}), image.Pt(2, 2)); empty.Rect.Dx() != 2 {
		t.Errorf("of no pixels: %v", empty.Rect)
	}
}

func TestHalfBlocks(t *testing.T) {
	lines := halfBlocks(scaled(gradient(2, 3), image.Pt(2, 3)))
	want := []string{
		"\x1b[38;2;0;0;64;48;2;0;85;64m▀\x1b[38;2;127;0;64;48;2;127;85;64m▀\x1b[m",
		"\x1b[38;2;0;170;64m▀\x1b[38;2;127;170;64m▀\x1b[m",
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q", lines)
	}
}

func TestShaded(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 4, 3))
	for x, grey := range []uint8{0, 100, 200, 255} {
		for y := range 3 {
			m.SetRGBA(x, y, color.RGBA{grey, grey, grey, 255})
		}
	}
	if got := strings.Join(shaded(m), "|"); got != " -#@| -#@" {
		t.Errorf("%q", got)
	}
	if strings.Contains(strings.Join(shaded(m), ""), "\x1b") {
		t.Error("it is not without colours")
	}
}

// Dithering keeps the colours of areas, and all of those that the palette has.
func TestDithered(t *testing.T) {
	for _, want := range []color.RGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {0x33, 0x99, 0xcc, 255}, {100, 20, 230, 255}, {1, 128, 254, 255}} {
		m := image.NewRGBA(image.Rect(0, 0, 8, 8))
		draw.Draw(m, m.Rect, image.NewUniform(want), image.Point{}, draw.Src)
		got := scaled(dithered(m), image.Pt(1, 1)).RGBAAt(0, 0)
		for _, d := range []int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B)} {
			if exact := want.R%0x33 == 0 && want.G%0x33 == 0; d < -3 || d > 3 || exact && d != 0 {
				t.Errorf("%v becomes %v", want, got)
			}
		}
	}
}

func TestSixel(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 3, 7))
	for y := range 7 {
		m.SetRGBA(0, y, color.RGBA{255, 0, 0, 255})
		m.SetRGBA(1, y, color.RGBA{0, 0, 255, 255})
		m.SetRGBA(2, y, color.RGBA{0, 0, 255, 255})
	}
	got := sixel(m)
	header, rest, _ := strings.Cut(got, "#0;2;0;0;0")
	if header != "\x1bP0;1q\"1;1;3;7" || !strings.HasSuffix(got, "\x1b\\") {
		t.Errorf("%.30q ... %q", got, got[len(got)-10:])
	}
	for _, palette := range []string{"#180;2;100;0;0", "#5;2;0;0;100", "#215;2;100;100;100"} {
		if !strings.Contains(rest, palette) {
			t.Errorf("no %s", palette)
		}
	}
	_, bands, _ := strings.Cut(rest, "#215;2;100;100;100")
	if want := "#180!1~!2?$#5!1?!2~$-" + "#180!1@!2?$#5!1?!2@$-\x1b\\"; bands != want {
		t.Errorf("%q, want %q", bands, want)
	}
	if left := ansi.Strip(got); left != "" {
		t.Errorf("a terminal without sixel prints %q", left)
	}
}
