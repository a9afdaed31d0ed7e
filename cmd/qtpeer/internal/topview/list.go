package topview

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/shmbridge/shmbridge/bridge"
)

// list is what there is, which of it is shown, and where the user is in it.
type list struct {
	columns []column
	all     []bridge.Info // nil: not known yet
	at      time.Time     // when it was so
	rows    []bridge.Info // those that are shown, in order
	sort    int           // index of a column
	down    bool          // the largest first
	filter  string
	typing  bool   // the filter
	chosen  string // identity of the selected one
	cursor  int    // its index in rows
	first   int    // index in rows of the first on the screen
}

// identity tells an object from all others of a list, and finds it again in the next.
func identity(i bridge.Info) string {
	id := fmt.Sprint(i.Key.Type.Family(), i.State() == bridge.StateNone, i.Key.Native)
	if i.Key.Native == "" {
		id += fmt.Sprint(i.Ftok, i.ID, i.Semaphore.ID)
	}
	return id
}

func (l *list) set(all []bridge.Info, at time.Time) {
	l.all, l.at = append([]bridge.Info{}, all...), at
	l.arrange()
}

// arrange filters and sorts, and finds the selected one again.
func (l *list) arrange() {
	wanted := strings.ToLower(l.filter)
	l.rows = slices.DeleteFunc(slices.Clone(l.all), func(i bridge.Info) bool {
		return !strings.Contains(strings.ToLower(l.searchable(i)), wanted)
	})
	by, name := l.columns[l.sort].compare, l.columns[len(l.columns)-1].compare
	slices.SortStableFunc(l.rows, func(x, y bridge.Info) int {
		c := by(x, y)
		if l.down {
			c = -c
		}
		return cmp.Or(c, name(x, y), strings.Compare(identity(x), identity(y)))
	})
	if i := slices.IndexFunc(l.rows, func(i bridge.Info) bool { return identity(i) == l.chosen }); i >= 0 {
		l.cursor = i
	}
	l.moveTo(l.cursor)
}

// searchable is the text that the filter searches.
func (l *list) searchable(i bridge.Info) string {
	text := []string{i.Key.String(), i.KeyFile.Path}
	for _, c := range l.columns {
		text = append(text, c.text(i))
	}
	return strings.Join(text, "\n")
}

func (l *list) selected() (bridge.Info, bool) {
	if len(l.rows) == 0 {
		return bridge.Info{}, false
	}
	return l.rows[l.cursor], true
}

// moveTo selects a row.
func (l *list) moveTo(row int) {
	l.cursor = max(0, min(row, len(l.rows)-1))
	if i, ok := l.selected(); ok {
		l.chosen = identity(i)
	}
}

// press does what a key stands for. page is the number of rows that the screen has.
func (l *list) press(name string, page int) {
	switch name {
	case "up", "k":
		l.moveTo(l.cursor - 1)
	case "down", "j":
		l.moveTo(l.cursor + 1)
	case "pgup":
		l.moveTo(l.cursor - page)
	case "pgdown":
		l.moveTo(l.cursor + page)
	case "home", "g":
		l.moveTo(0)
	case "end", "G":
		l.moveTo(len(l.rows) - 1)
	case "S":
		l.down = !l.down
		l.arrange()
	case "/":
		l.typing = true
	case "esc":
		l.filter = ""
		l.arrange()
	}
}

// sortByNext sorts by the next column that a screen of some width has.
func (l *list) sortByNext(width int) {
	l.down = false
	for l.sort = (l.sort + 1) % len(l.columns); l.columns[l.sort].least > width; {
		l.sort = (l.sort + 1) % len(l.columns)
	}
	l.arrange()
}

// typed adds a key to the filter, or ends it.
func (l *list) typed(key tea.KeyPressMsg) {
	switch key.String() {
	case "enter":
		l.typing = false
	case "esc":
		l.typing, l.filter = false, ""
	case "backspace":
		if runes := []rune(l.filter); len(runes) > 0 {
			l.filter = string(runes[:len(runes)-1])
		}
	case "ctrl+u":
		l.filter = ""
	default:
		l.filter += key.Text
	}
	l.arrange()
}

// scroll moves the window of so many rows so that the selected one is in it.
func (l *list) scroll(rows int) []bridge.Info {
	l.first = max(l.cursor-rows+1, min(l.first, l.cursor, len(l.rows)-rows), 0)
	return l.rows[l.first:min(len(l.rows), l.first+max(0, rows))]
}
