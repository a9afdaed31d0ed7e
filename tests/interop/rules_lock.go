package interop

// lockExcludes is L-lock-excludes.
func lockExcludes(c *Cell, creator, partner *Peer) {
	name := c.newName("lock")
	creator.creates(name, 64)
	partner.attaches(name, 64)
	for _, order := range [][2]*Peer{{creator, partner}, {partner, creator}} {
		holder, other := order[0], order[1]
		c.excludes(name, holder, other)
		other.does("segment", "new", name)
		for _, verb := range []string{"attach", "detach"} {
			holder.does("lock", "s")
			if c.world.windows() && other.isOurs() { // one step for Windows, which needs no lock
				other.does(verb, "new")
				c.wantLock(name, 0)
				holder.does("unlock", "s")
			} else {
				c.waits(name, other, verb, "new")
				holder.does("unlock", "s")
				other.done()
			}
			c.wantLock(name, 1)
		}
		other.does("close", "new")
		if other.hasAll() {
			c.triesInVain(name, holder, other)
		}
	}
}

// triesInVain: what takes the lock only if it comes soon leaves no trace when it does not.
func (c *Cell) triesInVain(name string, holder, other *Peer) {
	holder.does("lock", "s")
	other.gets("0", "trylock", "s")
	other.refuses("Timeout", "lock", "s", "1")
	c.wantLock(name, 0)
	holder.does("unlock", "s")
	other.gets("1", "trylock", "s")
	c.wantLock(name, 0)
	c.waits(name, holder, "lock", "s")
	other.does("unlock", "s")
	holder.done()
	holder.does("unlock", "s")
	c.wantLock(name, 1)
}

// lockDies is L-lock-dies.
func lockDies(c *Cell, creator, partner *Peer) {
	if c.world.posix() {
		lockStaysTaken(c, creator, partner)
		return
	} else if c.world.windows() {
		lockGoesWithAll(c, creator, partner)
		return
	}
	name := c.newName("dies")
	creator.creates(name, 64)
	partner.attaches(name, 64)
	c.inherits(name, creator, partner)
	next := c.Start(creator.Kind)
	next.attaches(name, 64)
	c.inherits(name, partner, next)

	victim := c.Start(partner.Kind)
	victim.attaches(name, 64)
	next.does("lock", "s")
	c.waits(name, victim, "lock", "s")
	victim.Kill()
	c.wantLock(name, 0)
	next.does("unlock", "s")
	c.wantLock(name, 1)

	last := c.Start(partner.Kind)
	last.attaches(name, 64)
	c.excludes(name, next, last)
	next.Kill()
	last.Kill()
	c.removes(name)
}

// inherits kills the holder of the lock of name: who waits gets it, and it is one lock still.
func (c *Cell) inherits(name string, holder, waiter *Peer) {
	holder.does("lock", "s")
	c.waits(name, waiter, "lock", "s")
	holder.Kill()
	waiter.done()
	c.wantLock(name, 0)
	waiter.does("unlock", "s")
	c.wantLock(name, 1)
}
