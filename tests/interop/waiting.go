package interop

// Windows tells nobody how many threads wait for a semaphore. What is to be seen is that a peer has read its command and does nothing:
// all its threads sleep, and none has been scheduled while the observer had an answer from Wine's server. The server answers in the
// order in which it is asked, so that nothing is under way to or from it either: the peer waits, or works no more.

// resting has the peers that have not answered their command and do nothing, and what tells whether they have done something since.
type resting map[*Peer]string

// resting finds them. Elsewhere than on Windows nobody has to look.
func (c *Cell) resting() resting {
	if !c.world.windows() {
		return nil
	}
	idle := resting{}
	for _, p := range c.peers {
		if p.pending == "" || p.ended || p == c.watch || len(p.lines) > 0 || unread(p.in) {
			continue
		}
		if trace, sleeps := threads(p.cmd.Process.Pid); sleeps {
			idle[p] = trace
		}
	}
	return idle
}

// still counts those that have done nothing since.
func (r resting) still(now resting) (n int) {
	for p, trace := range r {
		if now[p] == trace {
			n++
		}
	}
	return n
}
