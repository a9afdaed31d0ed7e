package topview

import (
	"fmt"
	"image"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/shmbridge/shmbridge/bridge"
)

// contentLimit is how much of a segment is copied, in bytes: the lock is held meanwhile.
const contentLimit = 64 << 20

const longestText = 1 << 20 // bytes that are shown

// page is a way of looking at one object.
type page int

const (
	pageInfo page = iota
	pageHex
	pageText
	pagePicture
)

var pageNames = []string{"info", "hex", "decoded", "image"}

// detail is one object, and what of its content is known.
type detail struct {
	info bridge.Info // as last listed
	gone bool        // not in the last list
	page page
	line int // the first on the screen

	turn      int // of reading the content: 0 if it has not been asked for
	reading   bool
	data      []byte
	err       error // why there is no data
	format    int
	text      textMsg    // the last
	wrapped   []string   // text for a screen of some width
	wrappedTo int        // that width; 0: not yet
	picture   pictureMsg // the last
	drawn     []string   // picture in characters
	drawnTo   drawing    // of which screen
}

// Messages to a detail, which may no longer be on the screen.
type (
	contentMsg struct {
		to   *detail
		data []byte
		err  error
	}
	textMsg struct {
		to           *detail
		turn, format int
		text         string
		err          error
	}
	pictureMsg struct {
		to      *detail
		turn    int
		picture image.Image
		err     error
	}
)

// follow finds the object in a new list.
func (d *detail) follow(all []bridge.Info) {
	i := slices.IndexFunc(all, func(i bridge.Info) bool { return identity(i) == identity(d.info) })
	if d.gone = i < 0; !d.gone {
		d.info = all[i]
	}
}

// update takes an answer to what was asked for about the content.
func (d *detail) update(m *model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case contentMsg:
		if msg.to == d {
			d.reading, d.data, d.err = false, msg.data, msg.err
			return d.want(m)
		}
	case textMsg:
		if msg.to == d && msg.turn == d.turn && msg.format == d.format {
			d.text, d.wrappedTo = msg, 0
		}
	case pictureMsg:
		if msg.to == d && msg.turn == d.turn {
			d.picture = msg
			return m.redrawPicture()
		}
	}
	return nil
}

// press does what a key stands for.
func (d *detail) press(m *model, name string) tea.Cmd {
	switch name {
	case "esc", "backspace", "left", "h":
		m.detail = nil
		return m.graphics.erase(d.page == pagePicture)
	case "tab", "right", "l":
		return d.open(m, (d.page+1)%page(len(pageNames)))
	case "shift+tab":
		return d.open(m, (d.page+page(len(pageNames))-1)%page(len(pageNames)))
	case "1", "2", "3", "4":
		return d.open(m, page(name[0]-'1'))
	case "r":
		if d.page == pageInfo {
			return m.refresh()
		}
		return tea.Batch(m.erasePicture(), d.read(m))
	case "f", "F":
		n := len(m.source.Formats)
		d.format = (d.format + map[string]int{"f": 1, "F": n - 1}[name]) % n
		return d.open(m, pageText)
	default:
		d.scroll(m, name)
	}
	return nil
}

func (d *detail) scroll(m *model, name string) {
	step := map[string]int{
		"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -m.bodyRows(), "pgdown": m.bodyRows(),
		"home": -d.line, "g": -d.line, "end": d.lines(m), "G": d.lines(m),
	}[name]
	d.line = max(0, min(d.line+step, d.lines(m)-m.bodyRows()))
}

// open goes to a page, and gets what it shows.
func (d *detail) open(m *model, p page) tea.Cmd {
	erase := m.graphics.erase(d.page == pagePicture && p != pagePicture)
	d.page, d.line = p, 0
	if p == pageInfo {
		return erase
	}
	if d.turn == 0 {
		return tea.Batch(erase, d.read(m))
	}
	return tea.Batch(erase, d.want(m))
}

// read asks for the content.
func (d *detail) read(m *model) tea.Cmd {
	if d.reading || !d.info.Exists {
		return nil
	}
	d.turn++
	d.reading = true
	i := d.info
	return func() tea.Msg {
		data, err := m.source.Read(i, contentLimit)
		return contentMsg{d, data, err}
	}
}

// hasText reports whether text is that of the content, in the format.
func (d *detail) hasText() bool { return d.text.turn == d.turn && d.text.format == d.format }

// want asks for what the page makes of the content, unless it is there.
func (d *detail) want(m *model) tea.Cmd {
	turn, data := d.turn, d.data
	switch {
	case d.reading:
	case d.page == pageText && !d.hasText():
		n, f := d.format, m.source.Formats[d.format]
		return func() tea.Msg {
			text, err := f.Print(data)
			if len(text) > longestText {
				text = text[:longestText] + fmt.Sprintf("\n... and %d more bytes", len(text)-longestText)
			}
			return textMsg{d, turn, n, text, err}
		}
	case d.page == pagePicture && d.picture.turn != turn:
		decode := m.source.Picture
		return func() tea.Msg {
			picture, err := decode(data)
			return pictureMsg{d, turn, picture, err}
		}
	case d.page == pagePicture:
		return m.redrawPicture()
	}
	return nil
}
