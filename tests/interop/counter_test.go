//go:build linux

package interop

import "testing"

// TestCounter lets four processes count in one segment, each addition under the lock. One lost update is a failure.
func TestCounter(t *testing.T) {
	for _, kinds := range [][]string{
		{"go", "go", "qt5", "qt6"}, // the first one creates
		{"qt5", "qt6", "go", "go"},
	} {
		t.Run(kinds[0]+" creates", func(t *testing.T) {
			defer wantNothingLeft(t)()
			if err := Play(programs(t), func(c *Cell) { count(c, kinds) }); err != nil {
				t.Error(err)
			}
		})
	}
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
