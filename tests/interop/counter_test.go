//go:build linux

package interop

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
)

// TestCounter lets four processes count in one segment, each addition under the lock. One lost update is a failure.
func TestCounter(t *testing.T) {
	programs := programs(t)
	ownWine(t)
	for _, w := range Worlds {
		inGo, inC, each := "go", "c", 20_000
		if w.windows() { // where each lock is several questions to Wine's server
			inGo, inC, each = "go-windows", "c-windows", 2000
		}
		teams := [][]string{{inGo, inGo, inC, inC}, {inC, inC, inGo, inGo}}
		if w.posix() {
			teams = append(teams, []string{go386, go386, go386, go386})
		}
		if qts := twoQts(t, programs, w); qts != nil {
			teams = append(teams, append(qts, inGo, inGo), append([]string{inC, inGo}, qts...))
		}
		for _, kinds := range teams { // the first one creates
			t.Run(fmt.Sprintf("%s/%s creates", w, kinds), func(t *testing.T) {
				defer wantNothingLeft(t)()
				if err := w.Play(programs, func(c *Cell) { count(c, kinds, each) }); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// twoQts returns the first and the last Qt that can be in the world and needs no rules of its own, if any can.
func twoQts(t *testing.T, programs Programs, w World) (kinds []string) {
	for _, qt := range append(slices.Clone(qts), windowsQts...) {
		if slices.Contains(worldsOf(t, programs, qt), w) {
			kinds = append(kinds, qt)
		}
	}
	if len(kinds) > 0 {
		kinds = []string{kinds[0], kinds[len(kinds)-1]}
	}
	return kinds
}

// count lets each of the peers add 1 so many times.
func count(c *Cell, kinds []string, each int) {
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
		p.Send("add", "s", "0", "1", strconv.Itoa(each))
	}
	for _, p := range peers {
		p.done()
	}
	for _, p := range peers {
		p.gets(strconv.Itoa(len(kinds)*each), "get", "s", "int32")
	}
	c.wantLock(name, 1)
}
