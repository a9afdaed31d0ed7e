package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// worlds are the columns, by what cells call them.
var worlds = []struct{ name, title string }{
	{"systemv legacy", "System V"},
	{"systemv safe", "System V, platform-safe key"},
	{"posix legacy", "POSIX"},
	{"posix safe", "POSIX, platform-safe key"},
}

// place is a part of the tables: whom ours, Go or C, has met, in one world, and who created.
type place struct {
	ours, who, world string
	creates          bool
}

// placeOf tells where a cell counts: in the table of the peer of lower rank, in the row of the other one.
func placeOf(c cell) place {
	p := place{c.partner, c.creator, c.world, true}
	if rank(c.partner) > rank(c.creator) {
		p = place{c.creator, c.partner, c.world, false}
	}
	p.ours, _, _ = strings.Cut(p.ours, " ") // its 32-bit program is Go too
	return p
}

// score has the cases that were played at a place, and whether each has always passed.
type score map[string]bool

// tables has a table for Go and one for C, with a row for each version of Qt. A case that was played by several programs of
// one version counts once.
func tables(cells []cell) string {
	scores := map[place]score{}
	for _, c := range cells {
		p := placeOf(c)
		if scores[p] == nil {
			scores[p] = score{}
		}
		before, played := scores[p][c.name]
		scores[p][c.name] = c.passed && (before || !played)
	}
	var all []string
	for _, who := range []string{"Go", "C"} {
		if met := partners(scores, who); len(met) > 0 {
			all = append(all, table(scores, who, met))
		}
	}
	return strings.Join(all, "\n")
}

func table(scores map[place]score, ours string, met []string) string {
	var text strings.Builder
	row := func(columns []string) { fmt.Fprintf(&text, "| %s |\n", strings.Join(columns, " | ")) }
	heads, rule := []string{"with " + ours}, []string{"---"}
	for _, w := range worlds {
		heads, rule = append(heads, w.title), append(rule, "---")
	}
	row(heads)
	row(rule)
	for _, who := range met {
		columns := []string{who}
		for _, w := range worlds {
			columns = append(columns, both(scores[place{ours, who, w.name, true}], scores[place{ours, who, w.name, false}]))
		}
		row(columns)
	}
	return text.String()
}

// partners lists whom Go or C has met, oldest Qt first.
func partners(scores map[place]score, ours string) []string {
	all := map[string]bool{}
	for p := range scores {
		if p.ours == ours {
			all[p.who] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int { return cmp.Or(rank(a)-rank(b), strings.Compare(a, b)) })
}

// rank orders our programs before Qt and Qt by its version.
func rank(who string) int {
	var major, minor, patch int
	if _, err := fmt.Sscanf(who, "Qt %d.%d.%d", &major, &minor, &patch); err == nil {
		return major*1_000_000 + minor*1000 + patch
	}
	ours := []string{"Go", "Go 32-bit", "C"}
	if i := slices.Index(ours, who); i >= 0 {
		return i
	}
	return len(ours) // one that did not start
}

// both writes how the cases went when the partner created, and when ours did.
func both(creates, attaches score) string {
	switch {
	case len(creates)+len(attaches) == 0:
		return "–"
	case len(attaches) == 0: // with itself
		return creates.String()
	}
	return creates.String() + " / " + attaches.String()
}

func (s score) String() string {
	passed := 0
	for _, ok := range s {
		if ok {
			passed++
		}
	}
	if passed == len(s) {
		return fmt.Sprint(passed)
	}
	return fmt.Sprintf("**%d of %d**", passed, len(s))
}
