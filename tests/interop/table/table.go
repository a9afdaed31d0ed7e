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

// place is a part of the table: one Qt, or a Go, in one world and in one role.
type place struct {
	who, world string
	creates    bool
}

// score has the cases that were played at a place, and whether each has always passed.
type score map[string]bool

// table has a row for each version of Qt. A case that was played by several programs of one version counts once.
func table(cells []cell) string {
	scores := map[place]score{}
	for _, c := range cells {
		p := place{c.creator, c.world, true}
		if rank(c.partner) > rank(c.creator) {
			p = place{c.partner, c.world, false}
		}
		if scores[p] == nil {
			scores[p] = score{}
		}
		before, played := scores[p][c.name]
		scores[p][c.name] = c.passed && (before || !played)
	}
	var text strings.Builder
	row := func(columns []string) { fmt.Fprintf(&text, "| %s |\n", strings.Join(columns, " | ")) }
	heads, rule := []string{"with Go"}, []string{"---"}
	for _, w := range worlds {
		heads, rule = append(heads, w.title), append(rule, "---")
	}
	row(heads)
	row(rule)
	for _, who := range partners(scores) {
		columns := []string{who}
		for _, w := range worlds {
			columns = append(columns, both(scores[place{who, w.name, true}], scores[place{who, w.name, false}]))
		}
		row(columns)
	}
	return text.String()
}

// partners lists whom Go has met, oldest Qt first.
func partners(scores map[place]score) []string {
	all := map[string]bool{}
	for p := range scores {
		all[p.who] = true
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int { return cmp.Or(rank(a)-rank(b), strings.Compare(a, b)) })
}

// rank orders Go before Qt and Qt by its version.
func rank(who string) int {
	var major, minor, patch int
	if _, err := fmt.Sscanf(who, "Qt %d.%d.%d", &major, &minor, &patch); err == nil {
		return major*1_000_000 + minor*1000 + patch
	}
	return len(who) - len("Go") // its 32-bit program comes second
}

// both writes how the cases went when the partner created, and when Go did.
func both(creates, attaches score) string {
	switch {
	case len(creates)+len(attaches) == 0:
		return "–"
	case len(attaches) == 0: // Go and Go
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
