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
		{"c++-windows", "Windows C++"},
		{"qt-6.8.3-windows", "Qt 6.8.3 Windows"},
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

func TestHalves(t *testing.T) {
	if got := halves(small()); len(got) != 1 || got[0].On != "" {
		t.Errorf("%+v", got)
	}
	windows := both()
	windows.Cells = windows.Cells[len(windows.Cells)-4:]
	if got := halves(windows); len(got) != 1 || got[0].On == "" {
		t.Errorf("%+v", got)
	}
	if got := halves(both()); len(got) != 2 || got[1].On != ", Windows programs in Wine" {
		t.Errorf("%+v", got)
	}
}

func TestTables(t *testing.T) {
	short := small()
	short.Cells = short.Cells[:len(short.Cells)-2] // in which Qt meets Qt
	empty := small()
	empty.Cells = nil
	linux := func(r *results.Run) half { return halves(r)[0] }
	windows := halves(both())[1]
	for _, c := range []struct {
		name string
		got  table
		want []string
	}{
		{"ours, two of them with each other", linux(small()).AmongOurs, []string{
			"creates[Go 32-bit Go C]", "Go: 1 1 –", "32-bit Go: 1 – –", "C: 0, 1 missing – –"}},
		{"both directions and worlds; a Qt with itself once", linux(small()).WithQt, []string{
			"with[Go 32-bit Go C every Qt]", "Qt 5.15.8: 2, **1 fail** – – 1", "Qt 6.4.2 386: 0, 1 n/a – – –", "Qt 6.8.3: 2, 1 known – – 2"}},
		{"no column of what was not played", linux(short).WithQt, []string{
			"with[Go 32-bit Go C]", "Qt 5.15.8: 2, **1 fail** – –", "Qt 6.4.2 386: 0, 1 n/a – –", "Qt 6.8.3: 2, 1 known – –"}},
		{"no cells", linux(empty).WithQt, []string{"with[]"}},
		{"Windows programs have their own", linux(both()).WithQt, []string{
			"with[Go 32-bit Go C every Qt]", "Qt 5.15.8: 2, **1 fail** – – 1", "Qt 6.4.2 386: 0, 1 n/a – – –", "Qt 6.8.3: 2, 1 known – – 2"}},
		{"with Qt", windows.WithQt, []string{"with[Windows Go every Qt]", "Qt 6.8.3 Windows: 2 1"}},
		{"and ours", windows.AmongOurs, []string{"creates[Windows Go]", "Windows Go: 1"}},
	} {
		if got := c.got.text(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %q\nwant %q", c.name, got, c.want)
		}
	}
}
