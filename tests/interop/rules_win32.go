package interop

// What is different on Windows: an object goes with the last handle to it, and so with the last process that has one open; nothing is
// given back that a process had taken; and nobody resets a semaphore that there is.

// comesSecond is L-create-twice from where the owner has created the segment and holds the lock. Qt's create() waits for the lock
// before it finds that there is one, and then keeps it open, without being attached, until the object attaches or goes.
func (c *Cell) comesSecond(name string, owner, loser *Peer) {
	segment, lock := owner.keyFiles(name)
	loser.does("segment", "s", name)
	if loser.isOurs() {
		loser.refuses("AlreadyExists", "create", "s", "64")
		c.wantLock(name, 0)
		owner.does("unlock", "s")
	} else {
		c.waits(name, loser, "create", "s", "64")
		owner.does("unlock", "s")
		if answer := loser.Await(); answer.Code != "AlreadyExists" {
			c.failf("%s answers create with %+v, want the error AlreadyExists", loser, answer)
		}
	}
	c.wantLock(name, 1)
	c.wantFiles(segment, lock)
	owner.does("detach", "s")
	if loser.isOurs() {
		c.vanishes(owner, name)
	} else {
		owner.joins(64, "s")
		owner.gets("42", "get", "s", "int32")
		owner.does("detach", "s")
	}
	loser.refuses("NotFound", "attach", "s")
	c.vanishes(owner, name)
	owner.makes(64, "s")
	owner.does("put", "s", "int32", "42")
	loser.joins(64, "s")
	loser.gets("42", "get", "s", "int32")
	c.excludes(name, owner, loser)
	c.excludes(name, loser, owner)
}

// diesAlone: what only a killed process had open is gone, and the next one to create begins anew.
func (c *Cell) diesAlone(victim, heir *Peer) {
	name := c.newName("alone")
	victim.creates(name, 64)
	victim.does("put", "s", "int32", "42")
	victim.does("lock", "s")
	victim.Kill()
	c.wantFiles()
	heir.does("segment", "s", name)
	heir.refuses("NotFound", "attach", "s")
	heir.makes(64, "s")
	heir.gets("0", "get", "s", "int32")
	c.wantLock(name, 1)
	heir.does("close", "s")
	c.wantFiles()
}

// sharesLock: a creator leaves the memory and the lock to those who have them open.
func (c *Cell) sharesLock(name string, partner, third *Peer, locked bool) {
	if locked {
		c.wantLock(name, 0)
		partner.does("unlock", "s")
	}
	c.wantLock(name, 1)
	c.wantFiles(partner.keyFiles(name))
	partner.gets("42", "get", "s", "int32")
	third.attaches(name, 64)
	c.excludes(name, partner, third)
	c.excludes(name, third, partner)
}

// lockGoesWithAll is L-lock-dies on Windows.
func lockGoesWithAll(c *Cell, creator, partner *Peer) {
	name := c.newName("dies")
	creator.creates(name, 64)
	partner.attaches(name, 64)
	c.losesWaiter(name, creator, partner)
	creator.does("put", "s", "int32", "42")
	creator.does("lock", "s")
	c.waits(name, partner, "lock", "s")
	creator.Kill()
	next, verb := c.Start(creator.Kind), "attach"
	next.does("segment", "s", name)
	if next.isOurs() {
		next.joins(64, "s")
		verb = "lock"
	}
	c.waitsBeside(1, name, next, verb, "s")
	c.breaksLock(name, partner, next)
	c.wantFiles()

	heir, other := c.Start(partner.Kind), c.Start(creator.Kind)
	heir.does("segment", "s", name)
	heir.refuses("NotFound", "attach", "s")
	heir.makes(64, "s")
	other.attaches(name, 64)
	c.excludes(name, heir, other)
	c.excludes(name, other, heir)
}

// waitsBeside gives p a command, and returns when it waits for the lock of name as others do.
func (c *Cell) waitsBeside(others int, name string, p *Peer, verb string, words ...string) {
	p.Send(verb, words...)
	c.until("segment", name, func(now probed) bool { return now == probed{0, others + 1} })
	p.Silent()
}

// breaksLock: a peer that may break a dead holder's lock does so when nobody else has it open. It ends in the end, as those that
// wait do.
func (c *Cell) breaksLock(name string, waiting ...*Peer) {
	breaker := c.Start(c.ourKind(), "--break-dead-lock")
	breaker.attaches(name, 64)
	c.waitsBeside(len(waiting), name, breaker, "lock", "s")
	for _, p := range waiting {
		p.Kill()
	}
	breaker.done()
	c.wantLock(name, 0)
	breaker.does("unlock", "s")
	c.wantLock(name, 1)
	breaker.gets("42", "get", "s", "int32")
	breaker.Kill()
}

// losesWaiter: a process that is killed while it waits changes nothing.
func (c *Cell) losesWaiter(name string, holder, next *Peer) {
	victim := c.Start(next.Kind)
	victim.attaches(name, 64)
	holder.does("lock", "s")
	c.waits(name, victim, "lock", "s")
	victim.Kill()
	c.wantLock(name, 0)
	holder.does("unlock", "s")
	c.wantLock(name, 1)
	c.excludes(name, holder, next)
}

// oneSemaphore is what follows in L-semaphore on Windows when the partner has asked for the semaphore of name with the value 5, as
// "reset": it has 3 still, and is there as long as somebody has it open.
func (c *Cell) oneSemaphore(name string, creator, partner *Peer) {
	c.wantValue(name, 3)
	partner.does("close", "reset")
	creator.does("acquire", "s")
	c.wantValue(name, 2)
	for _, p := range []*Peer{creator, partner} { // more than a semaphore can hold is refused, and changes nothing
		if answer := p.Ask("release", "s", "2147483647"); answer.Code == "" {
			c.failf("%s releases more than a semaphore can hold", p)
		}
		c.wantValue(name, 2)
	}
	creator.does("close", "s")
	partner.does("release", "s", "1")
	c.wantValue(name, 3)
	partner.does("close", "s")
	c.wantFiles()
	c.outlivesOwner(creator, partner)
	c.givesNothingBack(creator, partner)
}

// outlivesOwner: who waits when the owner leaves goes on waiting, for anybody who opens the semaphore.
func (c *Cell) outlivesOwner(owner, waiter *Peer) {
	name := c.newName("sem")
	owner.does("sem", "s", name, "0", "create")
	waiter.does("sem", "s", name, "1", "open")
	waiter.Send("acquire", "s")
	c.untilWaiting("semaphore", name, 1)
	owner.does("close", "s")
	c.untilWaiting("semaphore", name, 1)
	owner.does("sem", "s", name, "1", "open")
	owner.does("release", "s", "1")
	waiter.done()
	c.wantValue(name, 0)
	owner.does("close", "s")
	waiter.does("close", "s")
	c.wantFiles()
}
