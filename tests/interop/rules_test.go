//go:build linux

package interop

import (
	"slices"
	"testing"
)

func TestRulesOfVersions(t *testing.T) {
	for _, test := range []struct {
		version string
		release int
		rules   string
	}{{"4.8.7", 408, ""}, {"5.5.1", 505, ""}, {"5.6.0", 506, "5.6.0"}, {"5.8.0", 508, "5.6.0"}, {"5.9.3", 509, ""}, {"5.15.18", 515, ""},
		{"6.6.0", 606, "6.6.0"}, {"6.6.1", 606, ""}, {"6.10.3", 610, ""}} {
		if release, rules := release(test.version), ownRules(test.version); release != test.release || rules != test.rules {
			t.Errorf("%s: %d, %q; want %d, %q", test.version, release, rules, test.release, test.rules)
		}
	}
}

// TestExplore: every Qt from 6.6 on can be in every world of its system, and no older one in any but the usual.
func TestExplore(t *testing.T) {
	ownWine(t)
	for _, kind := range append(slices.Clone(qts), windowsQts...) {
		s, err := Explore(programs(t), kind)
		if err != nil {
			t.Error(err)
			continue
		}
		want := 1
		if release(s.Version) >= 606 && !compiled[kind] {
			want = len(worldsWith(kind))
		}
		if len(s.Worlds) != want || s.Worlds[0] != Home(kind) || s.Software != "Qt "+s.Version || s.Rules != ownRules(s.Version) {
			t.Errorf("%s: %+v, want %d worlds", kind, s, want)
		}
	}
	for _, kind := range []string{"go", "c", "c++", go386, "go-windows", "c-windows", "c++-windows"} {
		if s, err := Explore(programs(t), kind); err != nil || !slices.Equal(s.Worlds, worldsWith(kind)) || s.Rules != "" {
			t.Errorf("%s: %+v, %v", kind, s, err)
		}
	}
	if s, err := Explore(Programs{}, "x"); err == nil {
		t.Errorf("a peer that is not there is %+v", s)
	}
}

// worldsWith are the worlds of the system for which programs of the kind are.
func worldsWith(kind string) []World {
	if Home(kind).windows() {
		return Worlds[4:]
	}
	return Worlds[:4]
}

// compiled are the peers that are C++ programs.
var compiled = map[string]bool{"qt5": true, "qt6": true}
