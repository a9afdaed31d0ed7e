package interop

// semaphore is L-semaphore.
func semaphore(c *Cell, creator, partner *Peer) {
	name := c.newName("sem")
	creator.does("sem", "s", name, "2", "create")
	partner.does("sem", "s", name, "9", "open") // it exists, so 9 means nothing
	c.wantValue(name, 2)
	partner.does("acquire", "s")
	creator.does("acquire", "s")
	c.wantValue(name, 0)
	c.wakes(name, creator, partner)
	c.wakes(name, partner, creator)
	creator.does("release", "s", "3")
	c.wantValue(name, 3)
	for _, p := range []*Peer{creator, partner} {
		if p.hasAll() {
			p.gets("1", "tryacquire", "s")
			p.does("release", "s", "1")
		}
	}
	partner.does("sem", "reset", name, "5", "create")
	if c.world.windows() {
		c.oneSemaphore(name, creator, partner)
		return
	}
	c.wantValue(name, 5)
	if c.world.posix() {
		c.anotherSemaphore(name, creator, partner)
		return
	}
	partner.does("close", "reset") // whoever made or took over the semaphore takes it along
	c.wantFiles()
	creator.does("acquire", "s") // and whoever still uses it makes it again, with its own initial value
	c.wantValue(name, 1)
	creator.does("close", "s")
	partner.does("close", "s")
	c.wantFiles()
	c.removedUnderWaiter(creator, partner)
	c.givesBack(creator, partner)
}

// wakes: a release lets the one go on who waits.
func (c *Cell) wakes(name string, from, waiter *Peer) {
	waiter.Send("acquire", "s")
	c.untilWaiting("semaphore", name, 1)
	waiter.Silent()
	from.does("release", "s", "1")
	waiter.done()
	c.wantValue(name, 0)
}

// removedUnderWaiter: the owner leaves while another waits in vain, who then makes the semaphore again.
func (c *Cell) removedUnderWaiter(owner, waiter *Peer) {
	name := c.newName("sem")
	owner.does("sem", "s", name, "0", "create")
	waiter.does("sem", "s", name, "1", "open")
	waiter.Send("acquire", "s")
	c.untilWaiting("semaphore", name, 1)
	owner.does("close", "s")
	waiter.done()
	c.wantValue(name, 0)
	waiter.does("close", "s")
	c.wantFiles()
}

// givesBack: what a process that is killed has acquired, others can acquire.
func (c *Cell) givesBack(owner, victim *Peer) {
	name := c.newName("sem")
	owner.does("sem", "s", name, "1", "create")
	victim.does("sem", "s", name, "0", "open")
	victim.does("acquire", "s")
	owner.Send("acquire", "s")
	c.untilWaiting("semaphore", name, 1)
	victim.Kill()
	owner.done()
	c.wantValue(name, 0)
}

// wantValue fails unless the value of the semaphore of name is want and nobody waits for it.
func (c *Cell) wantValue(name string, want int) { c.wantProbe("semaphore", name, want, 0) }
