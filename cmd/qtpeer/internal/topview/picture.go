package topview

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strings"
)

// fitted is the largest size, in pixels, that a picture has in an area. It is not enlarged but by whole numbers.
func fitted(picture image.Point, area image.Point) image.Point {
	w, h := max(1, picture.X), max(1, picture.Y)
	if n := min(area.X/w, area.Y/h); n >= 1 {
		return image.Pt(w*n, h*n)
	}
	if area.X*h < area.Y*w {
		return image.Pt(max(1, area.X), max(1, h*area.X/w))
	}
	return image.Pt(max(1, w*area.Y/h), max(1, area.Y))
}

// scaled is a picture in another size: each pixel the mean of those that it stands for, on grey where they are transparent.
func scaled(picture image.Image, to image.Point) *image.RGBA {
	from := image.NewRGBA(image.Rectangle{Max: picture.Bounds().Size()})
	draw.Draw(from, from.Bounds(), image.NewUniform(color.Gray{0x80}), image.Point{}, draw.Src)
	draw.Draw(from, from.Bounds(), picture, picture.Bounds().Min, draw.Over)
	out := image.NewRGBA(image.Rectangle{Max: to})
	w, h := from.Rect.Dx(), from.Rect.Dy()
	for y := range to.Y {
		y0, y1 := span(y, to.Y, h)
		for x := range to.X {
			x0, x1 := span(x, to.X, w)
			out.SetRGBA(x, y, mean(from, image.Rect(x0, y0, x1, y1)))
		}
	}
	return out
}

// span is which of n pixels the i-th of a smaller or larger number stands for.
func span(i, of, n int) (from, to int) {
	from = i * n / of
	return from, max(from+1, (i+1)*n/of)
}

func mean(m *image.RGBA, area image.Rectangle) color.RGBA {
	var r, g, b, n int
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			c := m.RGBAAt(x, y)
			r, g, b, n = r+int(c.R), g+int(c.G), b+int(c.B), n+1
		}
	}
	return color.RGBA{uint8(r / n), uint8(g / n), uint8(b / n), 0xff}
}

// halfBlocks draws a picture with two pixels in each character.
func halfBlocks(m *image.RGBA) (lines []string) {
	for y := 0; y < m.Rect.Dy(); y += 2 {
		var b strings.Builder
		for x := range m.Rect.Dx() {
			top := m.RGBAAt(x, y)
			fmt.Fprintf(&b, "\x1b[38;2;%d;%d;%d", top.R, top.G, top.B)
			if y+1 < m.Rect.Dy() {
				bottom := m.RGBAAt(x, y+1)
				fmt.Fprintf(&b, ";48;2;%d;%d;%d", bottom.R, bottom.G, bottom.B)
			}
			b.WriteString("m▀")
		}
		lines = append(lines, b.String()+"\x1b[m")
	}
	return lines
}

// shades are characters, from dark to light on a dark background.
const shades = " .:-=+*#%@"

// shaded draws a picture without colours, two pixels in each character.
func shaded(m *image.RGBA) (lines []string) {
	for y := 0; y < m.Rect.Dy(); y += 2 {
		var b strings.Builder
		for x := range m.Rect.Dx() {
			c := mean(m, image.Rect(x, y, x+1, min(y+2, m.Rect.Dy())))
			light := int(color.GrayModel.Convert(c).(color.Gray).Y)
			b.WriteByte(shades[light*len(shades)/256])
		}
		lines = append(lines, b.String())
	}
	return lines
}
