//go:build linux

package interop

import (
	"fmt"
	"slices"
	"testing"
)

// TestCounter lets four processes count in one segment, each addition under the lock. One lost update is a failure.
func TestCounter(t *testing.T) {
	programs := programs(t)
	for _, w := range Worlds {
		teams := [][]string{{"go", "go", "c", "c"}, {"c", "c", "go", "go"}}
		if w.posix() {
			teams = append(teams, []string{go386, go386, go386, go386})
		}
		if qts := twoQts(t, programs, w); qts != nil {
			teams = append(teams, append(qts, "go", "c"), append([]string{"c", "go"}, qts...))
		}
		for _, kinds := range teams { // the first one creates
			t.Run(fmt.Sprintf("%s/%s creates", w, kinds), func(t *testing.T) {
				defer wantNothingLeft(t)()
				if err := w.Play(programs, func(c *Cell) { count(c, kinds) }); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// twoQts returns the first and the last Qt that can be in the world and needs no rules of its own, if any can.
func twoQts(t *testing.T, programs Programs, w World) (kinds []string) {
	for _, qt := range qts {
		if slices.Contains(worldsOf(t, programs, qt), w) {
			kinds = append(kinds, qt)
		}
	}
	if len(kinds) > 0 {
		kinds = []string{kinds[0], kinds[len(kinds)-1]}
	}
	return kinds
}

func count(c *Cell, kinds []string) {
	name := c.newName("counter")
	var peers []*Peer
	for i, kind := range kinds {
		p := c.Start(kind)
		if i == 0 {
			p.creates(name, 4)
		} else {
			p.attaches(name, 4)
		}
		peers = append(peers, p)
	}
	for _, p := range peers {
		p.Send("add", "s", "0", "1", "20000")
	}
	for _, p := range peers {
		p.done()
	}
	for _, p := range peers {
		p.gets("80000", "get", "s", "int32")
	}
	c.wantLock(name, 1)
}
