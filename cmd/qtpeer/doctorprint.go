package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// groups are the headings of findings, in the order in which they are printed.
var groups = []struct{ id, title string }{
	{"qt", "The Qt library"},
	{"name", "The name"},
	{"process", "The other process"},
	{"limits", "Limits"},
	{"directories", "Directories"},
	{"removal", "What removes objects in use"},
	{"confinement", "Confinement"},
}

// group is the index of a finding's group.
func (f finding) group() int {
	id, _, _ := strings.Cut(f.ID, ".")
	return slices.IndexFunc(groups, func(g struct{ id, title string }) bool { return g.id == id })
}

var levelColours = map[level]string{levelOK: "\x1b[32m", levelNote: "\x1b[36m", levelWarning: "\x1b[33m", levelProblem: "\x1b[1;31m"}

func printFindings(w io.Writer, found []finding, asJSON bool) error {
	if asJSON {
		return printJSON(w, struct {
			Findings []finding `json:"findings"`
		}{found})
	}
	_, err := io.WriteString(w, findingsText(found, isColoured(w)))
	return err
}

// isColoured reports whether colours are wanted on w (see no-color.org).
func isColoured(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

func findingsText(found []finding, coloured bool) string {
	var b strings.Builder
	count := map[level]int{}
	for i, f := range found {
		if group := f.group(); i == 0 || group != found[i-1].group() {
			b.WriteString(groups[group].title + "\n")
		}
		count[f.Level]++
		writeFinding(&b, f, coloured)
		if i == len(found)-1 || f.group() != found[i+1].group() {
			b.WriteString("\n")
		}
	}
	fmt.Fprintf(&b, "%s, %s, %s, %d ok\n", plural(count[levelProblem], "problem"), plural(count[levelWarning], "warning"),
		plural(count[levelNote], "note"), count[levelOK])
	return b.String()
}

func writeFinding(b *strings.Builder, f finding, coloured bool) {
	label := fmt.Sprintf("  %-9s", f.Level)
	if coloured {
		label = levelColours[f.Level] + label + "\x1b[0m"
	}
	b.WriteString(label + wrapped(f.What))
	if f.Why != "" {
		b.WriteString("    Why    " + wrapped(f.Why))
	}
	if f.Do != "" {
		b.WriteString("    Do     " + wrapped(f.Do))
	}
}

// The text of a finding stands between these columns, unless a word is longer.
const textBegins, textEnds = 11, 80

// wrapped returns text in lines that begin at textBegins, the first without its indentation.
func wrapped(text string) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(printable(text)) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > textEnds-textBegins {
			lines = append(lines, line)
			line = ""
		} else if line != "" {
			line += " "
		}
		line += word
	}
	lines = append(lines, line)
	return strings.Join(lines, "\n"+strings.Repeat(" ", textBegins)) + "\n"
}

// printable keeps what other programs have put into names from commanding the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || 0x80 <= r && r < 0xa0 {
			return utf8.RuneError
		}
		return r
	}, text)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
