package interop

// Survey is what there is to know of a peer before it plays.
type Survey struct {
	Software string  // see Peer.Software
	Version  string  // of Qt, or of shmbridge
	Worlds   []World // in which it can be
	Rules    string  // the version of Qt by whose rules others must go to meet it, if those are not the usual ones
}

// Explore starts a peer of the kind and asks it.
func Explore(programs Programs, kind string) (s Survey, err error) {
	home := Home(kind)
	c := &Cell{world: home, programs: programs}
	err = c.play(func(c *Cell) {
		p := c.Start(kind)
		s.Software, s.Version = p.Software(), p.Version
		if !p.isOurs() {
			s.Rules = ownRules(p.Version)
		}
		for _, w := range Worlds {
			if w == home || w.windows() == home.windows() && !p.Ask("keys", w.Form, w.Family).Unsupported {
				s.Worlds = append(s.Worlds, w)
			}
		}
	})
	return s, err
}
