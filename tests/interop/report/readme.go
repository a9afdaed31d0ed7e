package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

const (
	begin = "<!-- compatibility -->\n"
	end   = "<!-- /compatibility -->\n"
)

// updateReadme puts a run between the two marks of a file.
func updateReadme(path string, r *results.Run) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(old), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return fmt.Errorf("%s has no place for the tables: want the lines %q and %q", path, begin, end)
	}
	return os.WriteFile(path, []byte(before+begin+markdown(r)+end+after), 0o644)
}

// markdown is a run in brief.
func markdown(r *results.Run) string {
	var text strings.Builder
	fmt.Fprintf(&text, "**%s.** %s.\n\n", r.Summary(), occasion(r))
	fmt.Fprintf(&text, "%s\n", legend)
	for _, h := range halves(r) {
		fmt.Fprintf(&text, "\nWith every Qt%s:\n\n%s\n", h.On, h.WithQt.markdown())
		fmt.Fprintf(&text, "Ours among themselves%s, who creates down, who attaches across:\n\n%s", h.On, h.AmongOurs.markdown())
	}
	list(&text, "Known faults of Qt that were met:", knownLines(r))
	list(&text, "Missing:", missingLines(r))
	return text.String()
}

const legend = `How many cells have passed, in both directions and all worlds. "n/a": a peer does not know a command that the case needs; "known": a fault
of Qt, listed below; "–": they have not met.`

// occasion tells when a run was, and where.
func occasion(r *results.Run) string {
	m, took := r.Machine, time.Duration(r.Seconds*float64(time.Second)).Round(time.Second)
	return fmt.Sprintf("%s, %s/%s, kernel %s, %d CPUs, in %v", r.Started.UTC().Format("2006-01-02 15:04 UTC"), m.OS, m.Arch, m.Kernel, m.CPUs, took)
}

func (t table) markdown() string {
	var text strings.Builder
	line := func(columns []string) { fmt.Fprintf(&text, "| %s |\n", strings.Join(columns, " | ")) }
	heads, rule := []string{escape(t.Corner)}, []string{"---"}
	for _, head := range t.Heads {
		heads, rule = append(heads, escape(head)), append(rule, "---")
	}
	line(heads)
	line(rule)
	for _, r := range t.Rows {
		columns := []string{escape(r.Head)}
		for _, t := range r.Tallies {
			columns = append(columns, t.markdown())
		}
		line(columns)
	}
	return text.String()
}

func (t tally) markdown() string {
	var texts []string
	for _, p := range t.Parts() {
		if p.Verdict == results.Fail {
			p.Text = "**" + p.Text + "**"
		}
		texts = append(texts, p.Text)
	}
	if texts == nil {
		return "–"
	}
	return strings.Join(texts, ", ")
}

// knownLine is a row of KNOWN.md that cells have met.
type knownLine struct {
	results.Known
	Cells int
}

func known(r *results.Run) (met []knownLine) {
	cells := map[string]int{}
	for _, c := range r.Cells {
		if c.Verdict == results.KnownFault {
			cells[c.Known]++
		}
	}
	for _, k := range r.Known {
		if cells[k.ID] > 0 {
			met = append(met, knownLine{k, cells[k.ID]})
		}
	}
	return met
}

func knownLines(r *results.Run) (lines []string) {
	for _, k := range known(r) {
		lines = append(lines, fmt.Sprintf("%s (%s): %s", k.ID, plural(k.Cells, "cell"), k.Text))
	}
	return lines
}

func missingLines(r *results.Run) (lines []string) {
	for _, p := range r.Peers {
		if p.Missing != "" {
			lines = append(lines, label(p)+": "+p.Missing)
		}
	}
	return lines
}

func list(text *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(text, "\n%s\n\n", title)
	for _, line := range lines {
		fmt.Fprintf(text, "- %s\n", escape(line))
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// escape makes one line of text, which ends no column of a table and begins no HTML.
func escape(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "\r", " ", "\n", " ").Replace(text)
}
