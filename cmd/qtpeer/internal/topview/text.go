package topview

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// Styles, as parameters of SGR: the 16 colours that every terminal has set so that they can be read on its background.
const (
	bold     = "1"
	inverse  = "7"
	red      = "31"
	green    = "32"
	yellow   = "33"
	cyan     = "36"
	heading  = "1;4"
	titleBar = "1;7"
)

func styled(style, text string) string {
	if style == "" || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[m"
}

// clean makes a line of text of another program harmless: without what a terminal would take for a command.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '\ufffd'
	}, strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\t", "    "))
}

// fit cuts or pads text to a width in columns. A negative width aligns it to the right.
func fit(text string, width int) string {
	right := width < 0
	width = max(width, -width)
	text = ansi.Truncate(text, width, "…")
	pad := strings.Repeat(" ", max(0, width-ansi.StringWidth(text)))
	if right {
		return pad + text
	}
	return text + pad
}

var hanging = regexp.MustCompile(`^(\S+( \S+)*)?  +`) // what a table has before its last column

// wrapped are the lines of any text on a screen of a width, a space before each. In a table the last column is kept.
func wrapped(text string, width int) (lines []string) {
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		line = clean(line)
		if ansi.StringWidth(line) < width {
			lines = append(lines, " "+line)
			continue
		}
		label := hanging.FindString(line)
		if len(label) > width/2 {
			label = ""
		}
		for n, part := range strings.Split(ansi.Wrap(line[len(label):], max(1, width-1-len(label)), ""), "\n") {
			if n == 1 {
				label = strings.Repeat(" ", len(label))
			}
			lines = append(lines, " "+label+part)
		}
	}
	return lines
}

// size is a number of bytes in at most 5 characters.
func size(n int64) string {
	if n < 0 {
		return "?"
	}
	if n < 10000 {
		return fmt.Sprint(n)
	}
	x, unit := float64(n)/1024, 0
	for ; x >= 999.5; x /= 1024 {
		unit++
	}
	digits := 0
	if x < 9.95 {
		digits = 1
	}
	return fmt.Sprintf("%.*f%c", digits, x, "KMGTPE"[unit])
}

// age is a time span in at most 4 characters.
func age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", int(max(0, d).Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%dm", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh", int(d.Hours()))
	case d < 1000*24*time.Hour:
		return fmt.Sprintf("%dd", int(d.Hours()/24))
	}
	return fmt.Sprintf("%dy", int(d.Hours()/24/365))
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
