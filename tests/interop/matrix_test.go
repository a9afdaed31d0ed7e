//go:build linux

package interop

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// meeting is where a creator and a partner play every case that they can.
type meeting struct {
	world            World
	creator, partner string
}

func (m meeting) plays(k Case) bool {
	image := others[m.creator] == nil && others[m.partner] == nil
	return k.For(m.world, (m.creator == go386) != (m.partner == go386)) && (image || k.Name != "S2-image")
}

// meetings are all ordered pairs of peers in which Go or C takes part, in each world in which they can be.
func meetings(t *testing.T, programs Programs) (all []meeting) {
	both := func(w World, a, b string) { all = append(all, meeting{w, a, b}, meeting{w, b, a}) }
	for _, w := range Worlds {
		all = append(all, meeting{w, "go", "go"}, meeting{w, "c", "c"})
		if w.posix() {
			all = append(all, meeting{w, go386, go386})
		}
		both(w, "go", go386)
		both(w, "go", "c")
	}
	both(Usual, "qt5", go386)
	both(Usual, "qt6", go386)
	for _, qt := range qts {
		for _, w := range worldsOf(t, programs, qt) {
			both(w, "go", qt)
			both(w, "c", qt)
		}
	}
	return all
}

// knownWorlds has what worldsOf has found out.
var knownWorlds = map[string][]World{}

// worldsOf returns the worlds in which a Qt can be, and in them the rules by which we meet it.
func worldsOf(t *testing.T, programs Programs, qt string) (worlds []World) {
	if worlds, known := knownWorlds[qt]; known {
		return worlds
	}
	if err := Play(programs, func(c *Cell) {
		p := c.Start(qt)
		for _, w := range Worlds {
			is := w == Usual || !p.Ask("keys", w.Form, w.Family).Unsupported
			if should := w == Usual || release(p.Version) >= 606; is != should {
				t.Errorf("Qt %s can be in the world %s: %v", p.Version, w, is)
			}
			if is {
				w.Qt = ownRules(p.Version)
				worlds = append(worlds, w)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	knownWorlds[qt] = worlds
	return worlds
}

// release makes 515 of 5.15.8.
func release(version string) int {
	var major, minor int
	if n, _ := fmt.Sscanf(version, "%d.%d.", &major, &minor); n != 2 {
		panic("no version: " + version)
	}
	return major*100 + minor
}

// ownRules returns the version if it goes by other rules than nearly all, and meets nobody who does not know it.
func ownRules(version string) string {
	if r := release(version); 506 <= r && r <= 508 || version == "6.6.0" {
		return version
	}
	return ""
}

// TestMatrix plays every case in every meeting. One cell after the other: the cells share one IPC namespace, in which
// the key of a key file that one has just removed may at once be that of another's. If the environment variable
// INTEROP_RESULTS names a file, a line for each cell is added to it, as the program table in this directory reads them.
func TestMatrix(t *testing.T) {
	programs, all, results := programs(t), meetings(t, programs(t)), openResults(t)
	start := time.Now()
	var cells, passed int
	for _, k := range Cases {
		for _, m := range all {
			if !m.plays(k) {
				continue
			}
			t.Run(fmt.Sprintf("%s/%s/%s->%s", k.Name, m.world, m.creator, m.partner), func(t *testing.T) {
				cells++
				outcome := playCell(t, k, programs, m)
				verdict := "fail"
				if !t.Failed() {
					passed++
					verdict = "pass"
				}
				results.add(t, k.Name, m.world.Family, m.world.Form, label(m.creator, outcome.Creator),
					label(m.partner, outcome.Partner), verdict)
			})
		}
	}
	fmt.Printf("%d cells in %v: %d pass, %d fail\n", cells, time.Since(start).Round(time.Second), passed, cells-passed)
}

// label is what the results call a peer.
func label(kind, software string) string {
	switch {
	case software == "": // it did not start
		return kind
	case kind == go386:
		return "Go 32-bit"
	}
	return software
}

// playCell plays a case. A peer that cannot do a part of it fails it.
func playCell(t *testing.T, k Case, programs Programs, m meeting) Outcome {
	defer wantNothingLeft(t)()
	outcome, err := k.PlayIn(m.world, programs, m.creator, m.partner)
	if err != nil {
		t.Error(err)
	} else if k.Name[0] == 'S' && len(outcome.Trips) == 0 {
		t.Error("nothing was written and read")
	}
	return outcome
}

// results is a file to which the outcome of cells is added; nil for none.
type results struct{ *os.File }

func openResults(t *testing.T) results {
	path := os.Getenv("INTEROP_RESULTS")
	if path == "" {
		return results{}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return results{f}
}

func (r results) add(t *testing.T, columns ...string) {
	if r.File == nil {
		return
	}
	if _, err := fmt.Fprintln(r, strings.Join(columns, "\t")); err != nil {
		t.Error(errors.Join(errors.New("INTEROP_RESULTS"), err))
	}
}
