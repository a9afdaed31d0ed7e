package topview

import (
	"fmt"
	"image"
	"image/color/palette"
	"strings"
)

// sixel writes a picture as DEC's terminals take it (DEC STD 070, VT330/VT340 Programmer Reference Manual, chapter 14): bands
// of six lines, in each band one pass per colour.
func sixel(m *image.RGBA) string {
	p := dithered(m)
	var b strings.Builder
	fmt.Fprintf(&b, "\x1bP0;1q\"1;1;%d;%d", p.Rect.Dx(), p.Rect.Dy())
	for n, c := range p.Palette {
		r, g, blue, _ := c.RGBA()
		fmt.Fprintf(&b, "#%d;2;%d;%d;%d", n, r*100/0xffff, g*100/0xffff, blue*100/0xffff)
	}
	for y := 0; y < p.Rect.Dy(); y += 6 {
		sixelBand(&b, p, y)
		b.WriteByte('-')
	}
	return b.String() + "\x1b\\"
}

// thresholds of ordered dithering, Bayer's matrix of 4 x 4, by the lower two bits of the place.
var thresholds = [4][4]int{{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}}

// dithered is a picture in the 6 x 6 x 6 colours of palette.WebSafe.
func dithered(m *image.RGBA) *image.Paletted {
	p := image.NewPaletted(m.Rect, palette.WebSafe)
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			c, up := m.RGBAAt(x, y), (2*thresholds[y&3][x&3]+1)*255/32
			level := func(v uint8) int { return (5*int(v) + up) / 255 }
			p.Pix[p.PixOffset(x, y)] = uint8(36*level(c.R) + 6*level(c.G) + level(c.B))
		}
	}
	return p
}

// sixelBand writes the six lines from y on.
func sixelBand(b *strings.Builder, p *image.Paletted, y int) {
	width := p.Rect.Dx()
	passes := map[uint8][]byte{} // by colour: for each column which of its pixels have it
	var order []uint8
	for bit := range min(6, p.Rect.Dy()-y) {
		for x := range width {
			c := p.ColorIndexAt(x, y+bit)
			if passes[c] == nil {
				passes[c] = make([]byte, width)
				order = append(order, c)
			}
			passes[c][x] |= 1 << bit
		}
	}
	for _, c := range order {
		fmt.Fprintf(b, "#%d", c)
		for x := 0; x < width; {
			n := 1
			for x+n < width && passes[c][x+n] == passes[c][x] {
				n++
			}
			fmt.Fprintf(b, "!%d%c", n, '?'+passes[c][x])
			x += n
		}
		b.WriteByte('$') // back to the left
	}
}
