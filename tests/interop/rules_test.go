//go:build linux

package interop

import "testing"

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

// TestExplore: every Qt from 6.6 on can be in every world, and no older one in any but the usual.
func TestExplore(t *testing.T) {
	for _, kind := range qts {
		s, err := Explore(programs(t), kind)
		if err != nil {
			t.Error(err)
			continue
		}
		want := 1
		if release(s.Version) >= 606 && !compiled[kind] {
			want = len(Worlds)
		}
		if len(s.Worlds) != want || s.Worlds[0] != Usual || s.Software != "Qt "+s.Version || s.Rules != ownRules(s.Version) {
			t.Errorf("%s: %+v, want %d worlds", kind, s, want)
		}
	}
	for _, kind := range []string{"go", "c", "c++", go386} {
		if s, err := Explore(programs(t), kind); err != nil || len(s.Worlds) != len(Worlds) || s.Rules != "" {
			t.Errorf("%s: %+v, %v", kind, s, err)
		}
	}
	if s, err := Explore(Programs{}, "x"); err == nil {
		t.Errorf("a peer that is not there is %+v", s)
	}
}

// compiled are the peers that are C++ programs.
var compiled = map[string]bool{"qt5": true, "qt6": true}
