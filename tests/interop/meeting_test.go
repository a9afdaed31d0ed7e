//go:build linux

package interop

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
)

func TestRulesOfVersions(t *testing.T) {
	for _, test := range []struct {
		version string
		release int
		rules   string
	}{{"4.8.7", 408, ""}, {"5.5.1", 505, ""}, {"5.6.0", 506, "5.6.0"}, {"5.8.0", 508, "5.8.0"}, {"5.9.3", 509, ""}, {"5.15.18", 515, ""},
		{"6.6.0", 606, "6.6.0"}, {"6.6.1", 606, ""}, {"6.10.3", 610, ""}} {
		if release, rules := release(test.version), ownRules(test.version); release != test.release || rules != test.rules {
			t.Errorf("%s: %d, %q; want %d, %q", test.version, release, rules, test.release, test.rules)
		}
	}
}

func TestWhoPlaysWhat(t *testing.T) {
	played := map[string]int{}
	for _, k := range Cases {
		for name, m := range map[string]meeting{
			"usual": {Usual, "go", "go"}, "widths": {Usual, "go", go386}, "posix": {posixSafe, "go", "go"}, "posix 32": {posixSafe, go386, go386},
			"posix widths": {posixSafe, go386, "go"},
		} {
			if m.plays(k) {
				played[name]++
			}
		}
	}
	for name, want := range map[string]int{"usual": len(Cases) - 2, "widths": len(Cases) - 2, "posix": len(Cases) - 1, "posix 32": len(Cases) - 1,
		"posix widths": 1} {
		if played[name] != want {
			t.Errorf("%s: %d cases, want %d", name, played[name], want)
		}
	}
}

// TestWhoMeetsWhom: every Qt meets Go and C in each of its worlds, in both roles, and Go and C meet each other and themselves.
func TestWhoMeetsWhom(t *testing.T) {
	found := map[string]int{}
	for _, m := range meetings(t, programs(t)) {
		if m.creator == "c" || m.partner == "c" {
			found[m.creator+"->"+m.partner]++
		}
	}
	want := map[string]int{"c->c": len(Worlds), "go->c": len(Worlds), "c->go": len(Worlds)}
	for _, qt := range qts {
		want[qt+"->c"] = len(worldsOf(t, programs(t), qt))
		want["c->"+qt] = want[qt+"->c"]
	}
	if !maps.Equal(found, want) {
		t.Errorf("C's meetings are %v, want %v", found, want)
	}
}

func TestResultsAreAdded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "results")
	t.Setenv("INTEROP_RESULTS", file)
	for _, verdict := range []string{"pass", "fail"} {
		t.Run(verdict, func(t *testing.T) { openResults(t).add(t, "S1-text", "posix", "safe", "Go", "Qt 6.8.3", verdict) })
	}
	got, err := os.ReadFile(file)
	if want := "S1-text\tposix\tsafe\tGo\tQt 6.8.3\tpass\nS1-text\tposix\tsafe\tGo\tQt 6.8.3\tfail\n"; err != nil || string(got) != want {
		t.Errorf("%v, %q; want %q", err, got, want)
	}
	t.Setenv("INTEROP_RESULTS", "")
	openResults(t).add(t, "not", "written")
	for _, test := range [][3]string{{go386, "Go", "Go 32-bit"}, {"go", "Go", "Go"}, {"c", "C", "C"}, {"qt5", "Qt 5.15.8", "Qt 5.15.8"}, {"Qt-5.9.3", "", "Qt-5.9.3"}} {
		if got := label(test[0], test[1]); got != test[2] {
			t.Errorf("%s of %s is called %s, want %s", test[1], test[0], got, test[2])
		}
	}
}
