package topview

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
)

// bodyRows is the number of lines that a page has on the screen: all but the title, the tabs and the footer.
func (m *model) bodyRows() int { return max(0, m.height-3) }

func (m *model) detailLines() []string {
	d := m.detail
	lines := []string{m.title(clean(m.source.Name(d.info))), d.tabs(m)}
	d.line = max(0, min(d.line, d.lines(m)-m.bodyRows()))
	return append(lines, d.body(m)...)
}

// tabs names the pages, and says what is known of the content.
func (d *detail) tabs(m *model) string {
	var b strings.Builder
	for n, name := range pageNames {
		style := ""
		if page(n) == d.page {
			style = inverse
		}
		b.WriteString(" " + styled(style, fmt.Sprintf(" %d %s ", n+1, name)))
	}
	if status := d.status(m); status != "" {
		b.WriteString("   " + status)
	}
	return b.String()
}

func (d *detail) status(m *model) string {
	lock := "lock " + styled(lockStyle(d.info), lockOf(d.info))
	if d.info.State() == bridge.StateNone {
		lock = "semaphore " + lockOf(d.info)
	}
	switch {
	case d.gone:
		return styled(yellow, "gone")
	case d.page == pageInfo:
		return lock
	case d.reading:
		return "waiting for the lock ..."
	case d.err != nil || d.turn == 0:
		return lock
	}
	what := plural(len(d.data), "byte")
	if int64(len(d.data)) < d.info.Size {
		what = fmt.Sprintf("%d of %d bytes", len(d.data), d.info.Size)
	}
	if d.page == pagePicture && d.explain(m) == nil {
		size := d.picture.picture.Bounds().Size()
		what += fmt.Sprintf(", %d x %d pixels", size.X, size.Y)
	}
	if d.page == pageText {
		what += " as " + styled(bold, m.source.Formats[d.format].Name)
	}
	return lock + "   " + what
}

// body is the part of the page that is on the screen.
func (d *detail) body(m *model) []string {
	if d.page == pageHex && d.explain(m) == nil {
		return d.hex(m)
	}
	if d.page == pagePicture && d.explain(m) == nil {
		return m.pictureLines()
	}
	all := d.all(m)
	return all[min(d.line, len(all)):min(len(all), d.line+m.bodyRows())]
}

// lines is the length of the page.
func (d *detail) lines(m *model) int {
	if d.page == pageHex && d.explain(m) == nil {
		return (len(d.data) + 15) / 16
	}
	return len(d.all(m))
}

// all are the lines of a page of text.
func (d *detail) all(m *model) []string {
	if d.page == pageInfo {
		return d.description(m)
	}
	if why := d.explain(m); why != nil {
		return why
	}
	if d.wrappedTo != m.width {
		d.wrapped, d.wrappedTo = wrapped(d.text.text, m.width), m.width
	}
	return d.wrapped
}

func (d *detail) description(m *model) []string {
	var b bytes.Buffer
	if err := m.source.Describe(&b, d.info); err != nil {
		return wrapped(err.Error(), m.width)
	}
	lines := wrapped(b.String(), m.width)
	if d.info.Exists {
		lines = append(lines, "", " Content: 2 to 4 attach read-only, take the lock, copy, give it back, detach.")
	}
	return lines
}

// explain says why the page has nothing to show, or is nil.
func (d *detail) explain(m *model) []string {
	why := func(text string) []string { return append([]string{""}, wrapped(text, m.width)...) }
	switch {
	case !d.info.Exists && d.data == nil:
		return why("There is no segment, so nothing to read.")
	case d.reading && d.data == nil:
		return why("Attaching read-only, waiting for the lock, copying ...")
	case d.err != nil:
		return why(d.err.Error() + "\n\nr tries again.")
	case d.page == pageText && !d.hasText():
		return why("decoding ...")
	case d.page == pageText && d.text.err != nil:
		return why(d.text.err.Error() + "\n\nf and F try other formats.")
	case d.page == pagePicture && d.picture.turn != d.turn:
		return why("decoding ...")
	case d.page == pagePicture && d.picture.err != nil:
		return why(d.picture.err.Error())
	}
	return nil
}

// hex is a dump of the content.
func (d *detail) hex(m *model) (lines []string) {
	for row := d.line; row < min(d.line+m.bodyRows(), d.lines(m)); row++ {
		chunk := d.data[row*16 : min(len(d.data), row*16+16)]
		var hex, text strings.Builder
		for n, c := range chunk {
			if n == 8 {
				hex.WriteByte(' ')
			}
			fmt.Fprintf(&hex, "%02x ", c)
			if c < ' ' || c > '~' {
				c = '.'
			}
			text.WriteByte(c)
		}
		lines = append(lines, fmt.Sprintf(" %08x  %-49s |%s|", row*16, hex.String(), text.String()))
	}
	return lines
}

func (d *detail) footer() string {
	pairs := []string{"Esc", "back", "Tab", "page"}
	if d.page != pageInfo {
		pairs = append(pairs, "r", "read again")
	}
	if d.page == pageText {
		pairs = append(pairs, "f F", "format")
	}
	if d.page != pagePicture {
		pairs = append(pairs, "↑↓", "scroll")
	}
	return keys(append(pairs, "?", "help", "q", "quit")...)
}
