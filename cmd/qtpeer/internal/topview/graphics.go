package topview

import (
	"bytes"
	"fmt"
	"image"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi/kitty"
)

// graphics is what the terminal can do beyond characters.
type graphics struct {
	ask          bool // the terminal may be asked: it knows, and so does not print, the questions
	placeholders bool // if it has kitty's graphics, they may be in characters
	kitty, sixel bool
	cell         image.Point // of a character, in pixels
}

func newGraphics(getenv func(string) string) graphics {
	term := getenv("TERM")
	return graphics{
		ask:          term != "linux" && term != "dumb" && term != "",
		placeholders: strings.Contains(term, "kitty") || strings.Contains(term, "ghostty"),
		cell:         image.Pt(8, 16),
	}
}

// query asks the terminal whether it has kitty's graphics, for the size of a character, and for what else it has.
func (g *graphics) query() tea.Cmd {
	if !g.ask {
		return nil
	}
	return tea.Raw("\x1b_Gi=1,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t\x1b[c")
}

// learn takes an answer.
func (g *graphics) learn(msg tea.Msg) {
	switch msg := msg.(type) {
	case uv.KittyGraphicsEvent:
		g.kitty = g.placeholders && string(msg.Payload) == "OK"
	case uv.PrimaryDeviceAttributesEvent:
		const sixel = 4
		g.sixel = slices.Contains(msg[min(1, len(msg)):], sixel)
	case uv.CellSizeEvent:
		if msg.Width > 0 && msg.Height > 0 {
			g.cell = image.Pt(msg.Width, msg.Height)
		}
	}
}

const kittyID = 77 // of the one picture that there is

// erase takes away a picture, if there is one.
func (g *graphics) erase(there bool) tea.Cmd {
	switch {
	case !there:
	case g.kitty:
		return tea.Raw(fmt.Sprintf("\x1b_Ga=d,d=I,i=%d,q=2\x1b\\", kittyID))
	case g.sixel:
		return tea.ClearScreen
	}
	return nil
}

// drawing is what a picture is drawn for.
type drawing struct {
	turn    int         // of reading it
	area    image.Point // in characters
	colored bool
}

// Messages.
type (
	drawMsg struct { // asks to draw the picture after what is under it
		detail *detail
		drawing
	}
	drawnMsg struct { // is the picture as the terminal takes it
		drawMsg
		text string
	}
)

const afterTheFrame = 50 * time.Millisecond // three of those that the terminal is sent in a second

// wanted is the drawing that belongs on the screen now, if one does.
func (m *model) wanted() (msg drawMsg, ok bool) {
	d := m.detail
	if m.help || d == nil || d.page != pagePicture || d.explain(m) != nil {
		return msg, false
	}
	return drawMsg{d, drawing{d.turn, image.Pt(m.width, m.bodyRows()), m.colored}}, true
}

func (m *model) erasePicture() tea.Cmd {
	return m.graphics.erase(m.detail != nil && m.detail.page == pagePicture)
}

// redrawPicture draws the picture with what the terminal has for it. In characters View does.
func (m *model) redrawPicture() tea.Cmd {
	msg, ok := m.wanted()
	switch {
	case !ok || !m.colored:
	case m.graphics.kitty:
		return m.drawPicture(msg)
	case m.graphics.sixel:
		return tea.Sequence(tea.ClearScreen, m.after(afterTheFrame, func(time.Time) tea.Msg { return msg }))
	}
	return nil
}

// drawPicture makes of the picture what the terminal takes.
func (m *model) drawPicture(msg drawMsg) tea.Cmd {
	if now, ok := m.wanted(); !ok || now != msg {
		return nil
	}
	picture, g, cells := msg.detail.picture.picture, m.graphics, m.pictureCells()
	return func() tea.Msg {
		encode := sixel
		if g.kitty {
			encode = func(picture *image.RGBA) string { return kittyPicture(picture, cells) }
		}
		area := image.Pt(msg.area.X*g.cell.X, msg.area.Y*g.cell.Y)
		return drawnMsg{msg, encode(scaled(picture, fitted(picture.Bounds().Size(), area)))}
	}
}

// drawnPicture sends the picture if it is still wanted.
func (m *model) drawnPicture(msg drawnMsg) tea.Cmd {
	if now, ok := m.wanted(); !ok || now != msg.drawMsg {
		return nil
	}
	return tea.Raw("\x1b7\x1b[3;1H" + msg.text + "\x1b8") // under title and tabs
}

// pictureCells is the size of the picture in characters, of which each is two square pixels.
func (m *model) pictureCells() image.Point {
	size := fitted(m.detail.picture.picture.Bounds().Size(), image.Pt(m.width, 2*m.bodyRows()))
	return image.Pt(size.X, (size.Y+1)/2)
}

// pictureLines is the picture in characters, or what is under it.
func (m *model) pictureLines() []string {
	d := m.detail
	msg, _ := m.wanted()
	switch {
	case m.colored && m.graphics.kitty:
		return placeholders(m.pictureCells())
	case m.colored && m.graphics.sixel:
		return nil
	case d.drawnTo != msg.drawing:
		draw := shaded
		if m.colored {
			draw = halfBlocks
		}
		size := fitted(d.picture.picture.Bounds().Size(), image.Pt(m.width, 2*m.bodyRows()))
		d.drawn, d.drawnTo = draw(scaled(d.picture.picture, size)), msg.drawing
	}
	return d.drawn
}

// kittyPicture sends a picture that placeholders show, a number of characters large.
func kittyPicture(picture *image.RGBA, cells image.Point) string {
	var b bytes.Buffer
	_ = kitty.EncodeGraphics(&b, picture, &kitty.Options{ // into memory
		Action: kitty.TransmitAndPut, Transmission: kitty.Direct, Format: kitty.PNG, Chunk: true, Quite: 2,
		ID: kittyID, VirtualPlacement: true, Columns: cells.X, Rows: cells.Y,
	})
	return b.String()
}

// placeholders are characters that a terminal with kitty's graphics draws as parts of the picture.
func placeholders(cells image.Point) (lines []string) {
	for y := range cells.Y {
		var b strings.Builder
		fmt.Fprintf(&b, "\x1b[38;5;%dm", kittyID)
		for x := range cells.X {
			b.WriteString(string([]rune{kitty.Placeholder, kitty.Diacritic(y), kitty.Diacritic(x)}))
		}
		lines = append(lines, b.String()+"\x1b[m")
	}
	return lines
}
