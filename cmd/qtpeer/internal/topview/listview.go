package topview

import (
	"fmt"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
)

// listRows is the number of objects for which the screen has room.
func (m *model) listRows() int { return max(0, m.height-3) } // title, headings, footer

func (m *model) listLines() []string {
	lines := []string{m.title(m.summary()), m.headings()}
	if len(m.list.rows) == 0 {
		return append(lines, "", m.nothing())
	}
	rows := m.list.scroll(m.listRows())
	for n, i := range rows {
		lines = append(lines, m.row(i, m.list.first+n == m.list.cursor))
	}
	return lines
}

// title is the first line: what is shown, and whether it is live.
func (m *model) title(text string) string {
	right := m.list.at.Format("15:04:05 ")
	switch {
	case m.err != nil:
		text = clean(strings.ReplaceAll(m.err.Error(), "\n", "; "))
	case m.paused:
		right = "paused " + right
	case m.list.all == nil:
		right = ""
	}
	return styled(titleBar, fit(" qtpeer top  "+text, m.width-len(right)-1)+" "+right)
}

func (m *model) summary() string {
	if m.list.all == nil {
		return ""
	}
	parts := []string{plural(len(m.list.all), "object")}
	if shown := len(m.list.rows); shown < len(m.list.all) {
		parts[0] = fmt.Sprintf("%d of %s", shown, parts[0])
	}
	for _, c := range []struct {
		what   string
		counts func(bridge.Info) bool
	}{
		{"orphan", bridge.Info.Orphan},
		{"dead lock", func(i bridge.Info) bool { return i.Semaphore.State() == bridge.LockDead }},
	} {
		n := 0
		for _, i := range m.list.all {
			if c.counts(i) {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, plural(n, c.what))
		}
	}
	return strings.Join(parts, ", ")
}

func (m *model) nothing() string {
	switch {
	case m.list.all == nil:
		return "  looking ..."
	case m.list.filter != "":
		return "  nothing has " + clean(m.list.filter) + " in it: Esc shows everything"
	}
	return "  There are no segments or semaphores here."
}

func (m *model) headings() string {
	arrow := map[bool]string{false: "↑", true: "↓"}[m.list.down]
	return m.cells(func(c column) (text, style string) {
		if c.title == m.list.columns[m.list.sort].title {
			return c.title + arrow, heading
		}
		return c.title, bold
	})
}

func (m *model) row(i bridge.Info, selected bool) string {
	line := m.cells(func(c column) (text, style string) {
		if c.style != nil && !selected {
			style = c.style(i)
		}
		return clean(c.text(i)), style
	})
	if selected {
		return styled(inverse, fit(line, m.width))
	}
	return line
}

// cells puts together a line of the list.
func (m *model) cells(cell func(column) (text, style string)) string {
	var b strings.Builder
	left := m.width - 1
	for _, c := range m.list.columns {
		if m.width < c.least {
			continue
		}
		width := c.width
		if width == 0 {
			width = max(0, left)
		}
		text, style := cell(c)
		b.WriteString(" " + styled(style, fit(text, width)))
		left -= max(width, -width) + 1
	}
	return b.String()
}
