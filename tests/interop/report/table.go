package main

import (
	"fmt"
	"strings"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// tally counts cells by verdict.
type tally map[results.Verdict]int

// part is a word or two of a tally: "52", "2 known".
type part struct {
	Text    string
	Verdict results.Verdict
}

// words are what stands for verdicts, but for Pass, whose number stands alone.
var words = []struct {
	verdict results.Verdict
	word    string
}{{results.Fail, "fail"}, {results.Missing, "missing"}, {results.KnownFault, "known"}, {results.Unsupported, "n/a"}}

// Parts tells how many cells have passed and, in words, what became of the others. An empty tally has none.
func (t tally) Parts() []part {
	if len(t) == 0 {
		return nil
	}
	parts := []part{{fmt.Sprint(t[results.Pass]), results.Pass}}
	for _, w := range words {
		if n := t[w.verdict]; n > 0 {
			parts = append(parts, part{fmt.Sprint(n, " ", w.word), w.verdict})
		}
	}
	return parts
}

func (t tally) add(more tally) {
	for verdict, n := range more {
		t[verdict] += n
	}
}

// meetings are the tallies by creator and partner.
type meetings map[[2]string]tally

func meetingsOf(cells []results.Cell) meetings {
	m := meetings{}
	for _, c := range cells {
		pair := [2]string{c.Creator, c.Partner}
		if m[pair] == nil {
			m[pair] = tally{}
		}
		m[pair][c.Verdict]++
	}
	return m
}

// both adds up the two directions in which a peer has met some others.
func (m meetings) both(peer string, others []results.Peer) tally {
	sum := tally{}
	for _, other := range others {
		sum.add(m[[2]string{peer, other.ID}])
		if other.ID != peer {
			sum.add(m[[2]string{other.ID, peer}])
		}
	}
	return sum
}

// table is a small table: one tally for each head and row.
type table struct {
	Corner string
	Heads  []string
	Rows   []row
}

type row struct {
	Head    string
	Tallies []tally
}

// half is a run on one of two systems, whose programs never meet.
type half struct {
	On                string // added to a title
	WithQt, AmongOurs table
}

// halves are those that have been played, or the first if none has.
func halves(r *results.Run) []half {
	var all []half
	for _, h := range []struct {
		on      string
		windows bool
	}{{"", false}, {", Windows programs in Wine", true}} {
		ours, qts := sides(r, h.windows)
		if len(ours)+len(qts) > 0 || len(r.Cells) == 0 && !h.windows {
			all = append(all, half{h.on, withQt(r, ours, qts), amongOurs(r, ours)})
		}
	}
	return all
}

// sides are the peers that have a cell, Windows programs or the others: ours, and the real Qts.
func sides(r *results.Run, windows bool) (ours, qts []results.Peer) {
	met := map[string]bool{}
	for _, c := range r.Cells {
		met[c.Creator], met[c.Partner] = true, true
	}
	for _, p := range r.Peers {
		switch {
		case !met[p.ID] || p.IsWindows() != windows:
		case p.IsQt():
			qts = append(qts, p)
		default:
			ours = append(ours, p)
		}
	}
	return ours, qts
}

// withQt is the table of every Qt, in both directions: with each of ours, and with every Qt.
func withQt(r *results.Run, ours, qts []results.Peer) table {
	m := meetingsOf(r.Cells)
	t := table{Corner: "with"}
	columns := [][]results.Peer{}
	for _, p := range ours {
		t.Heads, columns = append(t.Heads, label(p)), append(columns, []results.Peer{p})
	}
	if metEachOther(r, qts) {
		t.Heads, columns = append(t.Heads, "every Qt"), append(columns, qts)
	}
	for _, qt := range qts {
		line := row{Head: label(qt)}
		for _, column := range columns {
			line.Tallies = append(line.Tallies, m.both(qt.ID, column))
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

func metEachOther(r *results.Run, qts []results.Peer) bool {
	real := map[string]bool{}
	for _, p := range qts {
		real[p.ID] = true
	}
	for _, c := range r.Cells {
		if real[c.Creator] && real[c.Partner] {
			return true
		}
	}
	return false
}

// amongOurs is the table of ours, creators down and partners across.
func amongOurs(r *results.Run, ours []results.Peer) table {
	m := meetingsOf(r.Cells)
	t := table{Corner: "creates"}
	for _, creator := range ours {
		t.Heads = append(t.Heads, label(creator))
		line := row{Head: label(creator)}
		for _, partner := range ours {
			line.Tallies = append(line.Tallies, m[[2]string{creator.ID, partner.ID}])
		}
		t.Rows = append(t.Rows, line)
	}
	return t
}

// label is what people read for a peer: "32-bit Go", "Qt 6.4.2 arm64". One that is missing has told nothing but its ID.
func label(p results.Peer) string {
	name, variant, _ := strings.Cut(strings.Replace(p.ID, "-windows", "-Windows", 1), "-")
	if name != "" {
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	switch {
	case p.IsQt():
		return name + " " + strings.ReplaceAll(variant, "-", " ")
	case variant == "386":
		return "32-bit " + name
	}
	return strings.TrimSpace(variant + " " + name)
}
