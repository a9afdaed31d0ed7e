package main

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

func TestParts(t *testing.T) {
	for _, c := range []struct {
		tally tally
		want  string
	}{
		{nil, "[]"},
		{tally{}, "[]"},
		{tally{results.Pass: 54}, "[{54 pass}]"},
		{tally{results.Pass: 0, results.Unsupported: 4}, "[{0 pass} {4 n/a unsupported}]"},
		{tally{results.Pass: 50, results.KnownFault: 2, results.Fail: 1, results.Unsupported: 4, results.Missing: 3},
			"[{50 pass} {1 fail fail} {3 missing missing} {2 known known} {4 n/a unsupported}]"},
	} {
		if got := fmt.Sprint(c.tally.Parts()); got != c.want {
			t.Errorf("%v has the parts %s, want %s", c.tally, got, c.want)
		}
	}
}

func TestLabel(t *testing.T) {
	for _, c := range []struct{ id, want string }{
		{"go", "Go"},
		{"c++", "C++"},
		{"go-386", "32-bit Go"},
		{"go-arm64", "arm64 Go"},
		{"qt-4.8.7", "Qt 4.8.7"},
		{"qt-5.15.8-386", "Qt 5.15.8 386"},
		{"qt-6.8.2-trixie", "Qt 6.8.2 trixie"},
		{"", ""},
	} {
		if got := label(results.Peer{ID: c.id}); got != c.want {
			t.Errorf("%s is labelled %q, want %q", c.id, got, c.want)
		}
	}
}

// text writes a table in the short form of these tests.
func (t table) text() []string {
	lines := []string{fmt.Sprint(t.Corner, t.Heads)}
	for _, r := range t.Rows {
		line := r.Head + ":"
		for _, tally := range r.Tallies {
			line += " " + tally.markdown()
		}
		lines = append(lines, line)
	}
	return lines
}

func TestTables(t *testing.T) {
	short := small()
	short.Cells = short.Cells[:len(short.Cells)-2] // in which Qt meets Qt
	empty := small()
	empty.Cells = nil
	for _, c := range []struct {
		name string
		got  table
		want []string
	}{
		{"ours, two of them with each other", amongOurs(small()), []string{
			"creates[Go 32-bit Go C]", "Go: 1 1 –", "32-bit Go: 1 – –", "C: 0, 1 missing – –"}},
		{"both directions and worlds; a Qt with itself once", withQt(small()), []string{
			"with[Go 32-bit Go C every Qt]", "Qt 5.15.8: 2, **1 fail** – – 1", "Qt 6.4.2 386: 0, 1 n/a – – –", "Qt 6.8.3: 2, 1 known – – 2"}},
		{"no column of what was not played", withQt(short), []string{
			"with[Go 32-bit Go C]", "Qt 5.15.8: 2, **1 fail** – –", "Qt 6.4.2 386: 0, 1 n/a – –", "Qt 6.8.3: 2, 1 known – –"}},
		{"no cells", withQt(empty), []string{"with[]"}},
	} {
		if got := c.got.text(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q\nwant %q", c.name, got, c.want)
		}
	}
}
