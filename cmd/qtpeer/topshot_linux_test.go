package main

import (
	commandline "flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"

	"github.com/hinshun/vt10x"
	"golang.org/x/image/font"
	"golang.org/x/image/font/inconsolata"
	"golang.org/x/image/math/fixed"
)

var shots = commandline.String("screenshots", "", "write screenshots, as PNG files, into this `directory`")

// shot writes a screenshot, if there is a place for it.
func (p *testTerminal) shot(name string) {
	p.t.Helper()
	if *shots == "" {
		return
	}
	file, err := os.Create(filepath.Join(*shots, "top_"+name+".png"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, picture(p.vt)); err != nil {
		p.t.Error(err)
	}
}

// cellWidth and cellHeight are those of the font, in pixels.
const cellWidth, cellHeight = 8, 16

// picture draws the screen of a terminal.
func picture(vt vt10x.Terminal) image.Image {
	columns, rows := vt.Size()
	m := image.NewRGBA(image.Rect(0, 0, columns*cellWidth, rows*cellHeight))
	for y := range rows {
		for x := range columns {
			drawCell(m, image.Rect(0, 0, cellWidth, cellHeight).Add(image.Pt(x*cellWidth, y*cellHeight)), vt.Cell(x, y))
		}
	}
	return m
}

// Attributes of a vt10x.Glyph.
const underlined, boldface = 2, 4

func drawCell(m draw.Image, cell image.Rectangle, g vt10x.Glyph) {
	ink := image.NewUniform(rgb(g.FG))
	draw.Draw(m, cell, image.NewUniform(rgb(g.BG)), image.Point{}, draw.Src)
	if g.Char == '▀' {
		cell.Max.Y -= cellHeight / 2
		draw.Draw(m, cell, ink, image.Point{}, draw.Src)
		return
	}
	face := inconsolata.Regular8x16
	if g.Mode&boldface != 0 {
		face = inconsolata.Bold8x16
	}
	d := font.Drawer{Dst: m, Src: ink, Face: face, Dot: fixed.P(cell.Min.X, cell.Min.Y+face.Ascent)}
	d.DrawString(string(g.Char))
	if g.Mode&underlined != 0 {
		cell.Min.Y = cell.Max.Y - 2
		cell.Max.Y--
		draw.Draw(m, cell, ink, image.Point{}, draw.Src)
	}
}

// rgb is a colour as xterm has it.
func rgb(c vt10x.Color) color.Color {
	switch {
	case c == vt10x.DefaultFG:
		return color.Gray{0xd8}
	case c == vt10x.DefaultBG:
		return color.Gray{0x18}
	case c < 16:
		return [16]color.RGBA{
			{0, 0, 0, 255}, {205, 0, 0, 255}, {0, 205, 0, 255}, {205, 205, 0, 255},
			{80, 120, 255, 255}, {205, 0, 205, 255}, {0, 205, 205, 255}, {229, 229, 229, 255},
			{127, 127, 127, 255}, {255, 0, 0, 255}, {0, 255, 0, 255}, {255, 255, 0, 255},
			{92, 92, 255, 255}, {255, 0, 255, 255}, {0, 255, 255, 255}, {255, 255, 255, 255},
		}[c]
	}
	return color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 255}
}
