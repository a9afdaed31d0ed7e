package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shmbridge/shmbridge/bridge"
)

// column is one of the table that ls prints.
type column struct {
	title string
	text  func(*census, bridge.Info) string
	least int // width to which a terminal may cut it, if not 0
}

// columns in the order in which they stand.
var columns = []column{
	{"KEY", func(_ *census, i bridge.Info) string { return shownKey(i) }, 24},
	{"FAMILY", func(_ *census, i bridge.Info) string { return i.Key.Type.Family().String() }, 0},
	{"SIZE", func(_ *census, i bridge.Info) string { return ofSegment(i, i.Size) }, 0},
	{"ATTACHED", func(_ *census, i bridge.Info) string { return ofSegment(i, i.Attached) }, 0},
	{"STATE", func(_ *census, i bridge.Info) string { return stateOf(i) }, 0},
	{"OWNER", shownOwner, 0},
	{"MODE", shownMode, 0},
	{"CREATOR", func(c *census, i bridge.Info) string { return c.process(i.CreatorPID) }, 0},
	{"LAST", shownLast, 0},
	{"USERS", shownUsers, 16},
	{"AGE", func(c *census, i bridge.Info) string { return age(c.now, born(i)) }, 0},
}

// dispensable are the columns that a narrow terminal does without, the first ones first.
var dispensable = []string{"MODE", "LAST", "CREATOR", "FAMILY", "SIZE", "OWNER", "ATTACHED", "AGE", "USERS"}

// printTable prints a row for each object: all columns as wide as they are, or what fits the terminal.
func printTable(out screen, l listing) error {
	rows := cells(l)
	widths := fit(out.width, widest(rows))
	w := bufio.NewWriter(out)
	for n, row := range rows {
		var line strings.Builder
		for k, text := range row {
			if widths[k] == 0 {
				continue
			}
			text = cut(text, widths[k])
			pad := strings.Repeat(" ", widths[k]-utf8.RuneCountInString(text)+2)
			if n > 0 && out.colours && columns[k].title == "STATE" {
				text = coloured(text, l.infos[n-1])
			}
			line.WriteString(text + pad)
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
	return w.Flush()
}

// cells returns the titles and a row for each object.
func cells(l listing) [][]string {
	rows := make([][]string, 1+len(l.infos))
	for _, c := range columns {
		rows[0] = append(rows[0], c.title)
		for n, i := range l.infos {
			rows[n+1] = append(rows[n+1], c.text(l.seen, i))
		}
	}
	return rows
}

// widest returns the width of each column.
func widest(rows [][]string) []int {
	widths := make([]int, len(columns))
	for _, row := range rows {
		for k, text := range row {
			widths[k] = max(widths[k], utf8.RuneCountInString(text))
		}
	}
	return widths
}

// fit returns the widths that fit a terminal, 0 of a column that does not.
func fit(terminal int, widths []int) []int {
	if terminal == 0 {
		return widths
	}
	fitted := make([]int, len(columns))
	sum := -2 // nothing follows the last one
	for k, col := range columns {
		fitted[k] = widths[k]
		if col.least != 0 {
			fitted[k] = min(widths[k], col.least)
		}
		sum += fitted[k] + 2
	}
	for _, title := range dispensable {
		if sum <= terminal {
			break
		}
		k := slices.IndexFunc(columns, func(c column) bool { return c.title == title })
		sum -= fitted[k] + 2
		fitted[k] = 0
	}
	for k := range columns {
		if more := min(terminal-sum, widths[k]-fitted[k]); fitted[k] > 0 && more > 0 {
			fitted[k] += more
			sum += more
		}
	}
	return fitted
}

// coloured gives a state the colour of how bad it is.
func coloured(text string, i bridge.Info) string {
	colour := ""
	switch lock := i.Semaphore.State(); {
	case lock == bridge.LockDead, !isLone(i) && i.Semaphore.Value > 1:
		colour = "31" // red
	case i.State() == bridge.StateOrphan, lock == bridge.LockHeld:
		colour = "33" // yellow
	case i.State() == bridge.StateInUse:
		colour = "32" // green
	default:
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// age is the time since then in its largest unit.
func age(now, then time.Time) string {
	if then.IsZero() {
		return "-"
	}
	d := max(0, now.Sub(then))
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return fmt.Sprintf("%dd", d/(24*time.Hour))
}
