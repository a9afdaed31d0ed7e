package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/tests/interop"
	"github.com/shmbridge/shmbridge/tests/interop/results"
)

func TestMatches(t *testing.T) {
	for _, test := range []struct {
		patterns, name string
		want           bool
	}{
		{"", "go", true}, {"go", "go", true}, {"go", "go-386", false}, {"go*", "go-386", true}, {"c go", "go", true}, {"c", "go", false},
		{"qt-* !qt-5.[678].*", "qt-5.6.0", false}, {"qt-* !qt-5.[678].*", "qt-5.9.3", true}, {"!qt-* qt-5.6.0", "qt-5.6.0", true},
		{"!qt-*", "go", false},
	} {
		if got := matches(strings.Fields(test.patterns), test.name); got != test.want {
			t.Errorf("%q, %s: %v", test.patterns, test.name, got)
		}
	}
}

func TestPatternsThatMatchNothing(t *testing.T) {
	peers, cases, worlds := []string{"go", "qt-6.8.3"}, []string{"S1-text"}, []string{"posix-safe"}
	for want, f := range map[string]filter{
		"":                                     {peers: []string{"qt-*"}, cases: []string{"S*"}},
		"-peer qt-5*: there is no such peer":   {peers: []string{"go", "qt-5*"}},
		"-case L*: there is no such case":      {cases: []string{"L*"}},
		"-world posix: there is no such world": {worlds: []string{"posix"}},
		"-with c: there is no such peer":       {with: []string{"go", "c"}},
		"there are go, qt-6.8.3":               {peers: []string{"x"}},
	} {
		err := f.check(peers, cases, worlds)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", f, err, want)
		}
	}
}

// four are players of every kind: ours, ours of another width, and two Qts, of which one has its own rules.
func four() []player {
	all := worldNames()[:4]
	return []player{
		{Peer: results.Peer{ID: "go", Software: "Go", Arch: "amd64", Worlds: all}},
		{Peer: results.Peer{ID: "go-386", Software: "Go", Arch: "386", Worlds: all}},
		{Peer: results.Peer{ID: "qt-5.6.0", Software: "Qt 5.6.0", Arch: "amd64", Worlds: all[:1]}, survey: interop.Survey{Rules: "5.6.0"}},
		{Peer: results.Peer{ID: "qt-6.8.3", Software: "Qt 6.8.3", Arch: "amd64", Worlds: all}},
	}
}

// TestPlan: all ordered pairs meet in each world in which both can be, and widths divide the cases of POSIX.
func TestPlan(t *testing.T) {
	tasks := plan(four(), filter{})
	count := map[string]int{}
	seen := map[string]bool{}
	for _, x := range tasks {
		if seen[x.String()] {
			t.Errorf("%s is there twice", x)
		}
		seen[x.String()] = true
		count[x.World+" "+x.Creator+"->"+x.Partner]++
	}
	usual := len(interop.Cases) - 2 // L-unfinished and L-widths are for POSIX
	for meeting, want := range map[string]int{
		"systemv-legacy go->go": usual, "systemv-legacy go->go-386": usual, "systemv-legacy qt-5.6.0->qt-6.8.3": usual,
		"systemv-safe qt-6.8.3->qt-6.8.3": usual - 1, // E-legacy is of legacy keys
		"systemv-safe go->qt-5.6.0":       0,
		"posix-legacy go->qt-6.8.3":       usual + 1,
		"posix-legacy go->go-386":         1, "posix-legacy go-386->qt-6.8.3": 0, "posix-legacy go-386->go-386": usual + 1,
	} {
		if count[meeting] != want {
			t.Errorf("%s: %d cells, want %d", meeting, count[meeting], want)
		}
	}
}

// TestPeersOfOtherMachinesMeetFew: those in whose place any other could be.
func TestPeersOfOtherMachinesMeetFew(t *testing.T) {
	var players []player
	for _, id := range []string{"go", "go-386", "go-arm64", "c", "qt-5.15.8", "qt-6.8.3", "qt-5.15.8-386", "qt-5.15.8-arm64", "qt-6.8.2-trixie"} {
		players = append(players, player{Peer: results.Peer{ID: id, Arch: "amd64", Worlds: worldNames()}})
	}
	met := map[string]string{}
	for _, x := range plan(players, filter{cases: []string{"S1-text"}, worlds: []string{"systemv-legacy"}}) {
		met[x.Creator] += " " + x.Partner
	}
	for creator, want := range map[string]string{
		"go":              "go go-386 go-arm64 c qt-5.15.8 qt-6.8.3 qt-5.15.8-386 qt-5.15.8-arm64 qt-6.8.2-trixie",
		"c":               "go go-386 c qt-5.15.8 qt-6.8.3 qt-5.15.8-386 qt-6.8.2-trixie",
		"go-arm64":        "go go-arm64 qt-5.15.8 qt-5.15.8-arm64",
		"qt-5.15.8":       "go go-386 go-arm64 c qt-5.15.8 qt-6.8.3 qt-5.15.8-386 qt-5.15.8-arm64 qt-6.8.2-trixie",
		"qt-6.8.3":        "go go-386 c qt-5.15.8 qt-6.8.3",
		"qt-5.15.8-386":   "go go-386 c qt-5.15.8 qt-5.15.8-386 qt-6.8.2-trixie",
		"qt-5.15.8-arm64": "go go-arm64 qt-5.15.8 qt-5.15.8-arm64",
		"qt-6.8.2-trixie": "go go-386 c qt-5.15.8 qt-5.15.8-386 qt-6.8.2-trixie",
	} {
		if met[creator] != " "+want {
			t.Errorf("%s meets%s, want %s", creator, met[creator], want)
		}
	}
}

// TestWindowsProgramsMeetEachOther, and nobody else.
func TestWindowsProgramsMeetEachOther(t *testing.T) {
	players := four()
	for _, id := range []string{"go-windows", "qt-5.15.2-windows", "qt-6.5.3-windows", "qt-6.12.0-windows"} {
		players = append(players, player{Peer: results.Peer{ID: id, Worlds: worldNames()[4:]}})
	}
	players = append(players, player{Peer: results.Peer{ID: "c-windows"}, broken: "why"})
	met := map[string]string{}
	for _, x := range plan(players, filter{cases: []string{"S1-text"}, worlds: []string{"windows-*"}}) {
		met[x.World+" "+x.Creator] += " " + x.Partner
	}
	for creator, want := range map[string]string{
		"windows-legacy go":                "",
		"windows-legacy c-windows":         " go-windows qt-5.15.2-windows qt-6.5.3-windows qt-6.12.0-windows c-windows",
		"windows-safe c-windows":           "",
		"windows-legacy go-windows":        " go-windows qt-5.15.2-windows qt-6.5.3-windows qt-6.12.0-windows c-windows",
		"windows-safe go-windows":          " go-windows qt-5.15.2-windows qt-6.5.3-windows qt-6.12.0-windows",
		"windows-legacy qt-5.15.2-windows": " go-windows qt-5.15.2-windows qt-6.5.3-windows qt-6.12.0-windows c-windows",
		"windows-legacy qt-6.5.3-windows":  " go-windows qt-5.15.2-windows qt-6.5.3-windows c-windows",
	} {
		if met[creator] != want {
			t.Errorf("%s meets%s, want%s", creator, met[creator], want)
		}
	}
}

// TestQtsMeetLandmarks: two Qts that are none meet for all pairs only.
func TestQtsMeetLandmarks(t *testing.T) {
	var players []player
	for _, id := range []string{"c", "qt-5.12.10", "qt-6.2.4", "qt-6.12.0"} {
		players = append(players, player{Peer: results.Peer{ID: id, Worlds: worldNames()}})
	}
	for _, test := range []struct {
		f    filter
		want string
	}{
		{filter{}, "c->c c->qt-5.12.10 c->qt-6.2.4 c->qt-6.12.0 qt-5.12.10->c qt-5.12.10->qt-5.12.10 qt-5.12.10->qt-6.12.0 " +
			"qt-6.2.4->c qt-6.2.4->qt-6.2.4 qt-6.2.4->qt-6.12.0 qt-6.12.0->c qt-6.12.0->qt-5.12.10 qt-6.12.0->qt-6.2.4 qt-6.12.0->qt-6.12.0"},
		{filter{allPairs: true, peers: nil}, "all 16"},
		{filter{with: []string{"qt-6.2*"}}, "c->qt-6.2.4 qt-6.2.4->c qt-6.2.4->qt-6.2.4 qt-6.2.4->qt-6.12.0 qt-6.12.0->qt-6.2.4"},
	} {
		test.f.cases, test.f.worlds = []string{"S1-text"}, []string{"systemv-legacy"}
		var met []string
		for _, x := range plan(players, test.f) {
			met = append(met, x.Creator+"->"+x.Partner)
		}
		if got := strings.Join(met, " "); got != test.want && (!test.f.allPairs || len(met) != 16) {
			t.Errorf("all pairs %v: %s", test.f.allPairs, got)
		}
	}
}

func TestRulesByWhichPeersGo(t *testing.T) {
	ours, old, recent, first66 := four()[0], four()[2], four()[3], four()[3]
	first66.survey.Rules = "6.6.0"
	legacy, safe := interop.Worlds[2], interop.Worlds[3]
	for _, test := range []struct {
		a, b player
		w    interop.World
		want string
	}{{ours, ours, legacy, ""}, {ours, old, legacy, "5.6.0"}, {old, ours, legacy, "5.6.0"}, {ours, recent, legacy, ""}, {old, old, legacy, "5.6.0"},
		{old, recent, legacy, "5.6.0"}, {recent, old, legacy, "5.6.0"}, {first66, recent, legacy, "6.6.0"}, {first66, recent, safe, ""},
		{first66, first66, safe, "6.6.0"}, {ours, first66, safe, "6.6.0"}} {
		if got := rules(test.a, test.b, test.w); got != test.want {
			t.Errorf("%s and %s in %s: %q, want %q", test.a.ID, test.b.ID, test.w, got, test.want)
		}
	}
}

// TestMissingPeersHaveCells: in the usual world, so that nobody overlooks them.
func TestMissingPeersHaveCells(t *testing.T) {
	players := append(four()[:1], player{Peer: results.Peer{ID: "qt-9", Missing: "why"}})
	tasks := plan(players, filter{cases: []string{"S1-text"}})
	var got []string
	for _, x := range tasks {
		got = append(got, x.String())
	}
	want := []string{"S1-text/systemv-legacy/go->go", "S1-text/systemv-legacy/go->qt-9", "S1-text/systemv-legacy/qt-9->go",
		"S1-text/systemv-legacy/qt-9->qt-9", "S1-text/systemv-safe/go->go", "S1-text/posix-legacy/go->go", "S1-text/posix-safe/go->go"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestOrderOfPeers(t *testing.T) {
	ids := []string{"qt-6.10.3", "qt-5.15.8-386", "c++", "qt-6.9.1", "go-386", "qt-5.15.8", "c", "qt-4.8.7", "go"}
	slices.SortFunc(ids, compareIDs)
	want := []string{"go", "go-386", "c", "c++", "qt-4.8.7", "qt-5.15.8", "qt-5.15.8-386", "qt-6.9.1", "qt-6.10.3"}
	if !slices.Equal(ids, want) {
		t.Errorf("%q", ids)
	}
	for id, want := range map[string]string{"go-386": "386", "qt-6.4.2-arm64": "arm64", "qt-6.8.2-trixie": archOf("go")} {
		if archOf(id) != want {
			t.Errorf("%s is for %s", id, archOf(id))
		}
	}
}
