package main

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/tests/interop"
	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// filter chooses what is played, by patterns as path.Match takes them; none means all.
type filter struct {
	peers, cases, worlds []string
	with                 []string // of two peers one has to be among these
	allPairs             bool     // of Qts, too
}

// matches reports whether one of the patterns matches, and none that begins with "!" does after it.
func matches(patterns []string, name string) bool {
	chosen := len(patterns) == 0
	for _, p := range patterns {
		p, not := strings.CutPrefix(p, "!")
		if ok, _ := path.Match(p, name); ok {
			chosen = !not
		}
	}
	return chosen
}

// check finds the patterns that match nothing, which are mistakes.
func (f filter) check(peers, cases, worlds []string) error {
	for _, x := range []struct {
		flag            string
		patterns, names []string
	}{{"peer", f.peers, peers}, {"with", f.with, peers}, {"case", f.cases, cases}, {"world", f.worlds, worlds}} {
		for _, pattern := range x.patterns {
			chosen := []string{strings.TrimPrefix(pattern, "!")}
			if !slices.ContainsFunc(x.names, func(name string) bool { return matches(chosen, name) }) {
				kind := strings.Replace(x.flag, "with", "peer", 1)
				return fmt.Errorf("-%s %s: there is no such %s; there are %s", x.flag, pattern, kind, strings.Join(x.names, ", "))
			}
		}
	}
	return nil
}

// task is a cell to be played, as workers are told of it.
type task struct {
	Case, World, Creator, Partner string
	Rules                         string // see interop.World.Qt
}

func (t task) String() string {
	return fmt.Sprintf("%s/%s/%s->%s", t.Case, t.World, t.Creator, t.Partner)
}

// player is a peer of which all is known that a plan needs.
type player struct {
	results.Peer
	survey interop.Survey
	broken string // why it cannot be explored
}

// plan lists the cells of the ordered pairs of players that meet, in the worlds in which both can be. Of one that
// cannot be asked in which it can be, the usual one is taken.
func plan(players []player, f filter) (tasks []task) {
	for _, k := range interop.Cases {
		for _, w := range interop.Worlds {
			if !matches(f.cases, k.Name) || !matches(f.worlds, w.String()) {
				continue
			}
			for _, a := range players {
				for _, b := range players {
					if meet(a, b, w, f.allPairs) && (matches(f.with, a.ID) || matches(f.with, b.ID)) && k.For(w, wordSize(a) != wordSize(b), a.IsQt() || b.IsQt()) {
						tasks = append(tasks, task{k.Name, w.String(), a.ID, b.ID, rules(a, b, w)})
					}
				}
			}
		}
	}
	return tasks
}

// landmarks are the Qts that meet every other one: the oldest, the last 5, a 6 that is kept for long, and the newest; on Windows
// the last 5 and that 6.
var landmarks = []string{"qt-4.8.7", "qt-5.15.8", "qt-6.8.3", "qt-6.12.0", "qt-5.15.2-windows", "qt-6.8.3-windows"}

// meet reports whether two players meet in a world. Ours meet everybody, and everybody itself. Two Qts meet if one of them is a
// landmark, or for all pairs; if one is of another machine, both have to be Debian's. An emulated peer, which takes ten times as long,
// meets the emulated and the first of each kind.
func meet(a, b player, w interop.World, allPairs bool) bool {
	in := func(p player) bool {
		return slices.Contains(p.Worlds, w.String()) || p.Missing+p.broken != "" && w == interop.Home(p.ID)
	}
	if !in(a) || !in(b) || a.emulated() != b.emulated() && !a.isFirst() && !b.isFirst() {
		return false
	}
	switch {
	case !a.IsQt() || !b.IsQt() || a.ID == b.ID:
		return true
	case a.elsewhere() || b.elsewhere():
		return a.isDebian() && b.isDebian()
	}
	return allPairs || slices.Contains(landmarks, a.ID) || slices.Contains(landmarks, b.ID)
}

func (p player) isFirst() bool { return p.ID == "go" || p.ID == "qt-5.15.8" }

func (p player) emulated() bool { return strings.HasSuffix(p.ID, "-arm64") }

// elsewhere reports whether the peer is of another machine or distribution.
func (p player) elsewhere() bool { return strings.Count(p.ID, "-") > 1 && !isWindows(p.ID) }

func (p player) isDebian() bool {
	return strings.HasPrefix(p.ID, "qt-5.15.8") || strings.HasPrefix(p.ID, "qt-6.4.2") || strings.HasSuffix(p.ID, "-trixie")
}

// wordSize is that of the peer's programs, which matters on POSIX.
func wordSize(p player) int {
	if p.Arch == "386" || p.Arch == "arm" {
		return 32
	}
	return 64
}

// rules are those by which peers go that meet a Qt that has its own, in a world where they differ for two Qts. With platform-safe
// keys these do meet.
func rules(a, b player, w interop.World) string {
	if a.IsQt() && b.IsQt() && w.Form == "safe" && a.survey.Rules != b.survey.Rules {
		return ""
	}
	return cmp.Or(a.survey.Rules, b.survey.Rules)
}

func caseNames() (names []string) {
	for _, k := range interop.Cases {
		names = append(names, k.Name)
	}
	return names
}

func worldNames() (names []string) {
	for _, w := range interop.Worlds {
		names = append(names, w.String())
	}
	return names
}
