package interop

import (
	"os"
	"path"
	"strings"
)

// What is different on POSIX: nobody gives back what a killed process took, and a name that is removed or given to another
// object does not reach those who have the old one open.

// keepsLock: who has the lock of a creator that has left goes on with it. shmbridge leaves its name too, so that others find it.
// Qt removes the name, and the next one to attach makes another lock.
func (c *Cell) keepsLock(name string, creator, partner, third *Peer, locked bool) {
	segment, lock := partner.keyFiles(name)
	if locked {
		partner.does("unlock", "s")
	}
	partner.gets("42", "get", "s", "int32")
	if creator.isOurs() {
		c.wantFiles(segment, lock)
		c.wantLock(name, 1)
		third.attaches(name, 64)
		c.excludes(name, partner, third)
		c.excludes(name, third, partner)
		return
	}
	c.wantFiles(segment)
	third.attaches(name, 64)
	apart(partner, third)
}

// lockStaysTaken is L-lock-dies on POSIX. A semaphore counts for ever the waiters that were killed: they are the ghosts
// of the cell.
func lockStaysTaken(c *Cell, creator, partner *Peer) {
	name := c.newName("dies")
	creator.creates(name, 64)
	creator.does("put", "s", "int32", "42")
	partner.attaches(name, 64)
	creator.does("lock", "s")
	c.waits(name, partner, "lock", "s")
	creator.Kill()
	c.wantProbe("segment", name, 0, 1)
	partner.Silent()

	breaker := c.Start(c.ourKind(), "--break-dead-lock")
	breaker.does("segment", "s", name)
	breaker.Send("attach", "s")
	c.untilWaiting("segment", name, 2) // the partner could be the holder
	breaker.Silent()
	partner.Kill()
	breaker.done()
	c.ghosts++
	c.wantLock(name, 1)
	breaker.gets("42", "get", "s", "int32")

	next := c.Start(creator.Kind)
	next.attaches(name, 64)
	c.excludes(name, breaker, next)
	c.excludes(name, next, breaker)
	victim := c.Start(partner.Kind)
	victim.attaches(name, 64)
	next.does("lock", "s")
	c.waits(name, victim, "lock", "s")
	victim.Kill()
	c.ghosts++
	c.wantLock(name, 0)
	next.does("unlock", "s")
	c.wantLock(name, 1)
	c.limitEnds(name, next, breaker)
	c.removes(name)
	c.wantFiles()
}

// limitEnds: a wait with a limit ends in vain when the holder is killed, and what it was for is not done.
func (c *Cell) limitEnds(name string, holder, breaker *Peer) {
	other := c.Start(c.ourKind())
	other.attaches(name, 64)
	holder.does("lock", "s")
	holder.Kill()
	other.refuses("Timeout", "lock", "s", "1")
	breaker.refuses("Timeout", "lock", "s", "1") // the other could be the holder
	c.wantLock(name, 0)
	other.Kill()
	breaker.does("lock", "s")
	breaker.does("unlock", "s")
	c.wantLock(name, 1)
	breaker.does("close", "s")
}

// anotherSemaphore is what follows in L-semaphore when the partner has made the semaphore of name again, as "reset" with
// the value 5: shmbridge has set the one that exists, Qt has put another in its place.
func (c *Cell) anotherSemaphore(name string, creator, partner *Peer) {
	creator.does("release", "s", "1")
	if partner.isOurs() {
		c.wantValue(name, 6)
	} else {
		c.wantValue(name, 5)
	}
	partner.does("close", "reset")
	c.wantFiles()
	creator.does("acquire", "s") // from the one that has no name any more
	creator.does("close", "s")
	partner.does("close", "s")
	c.wantFiles()
	c.unlinkedUnderWaiter(creator, partner)
	c.givesNothingBack(creator, partner)
}

// unlinkedUnderWaiter: who waits when the owner leaves goes on waiting, for anybody who still has the semaphore open.
func (c *Cell) unlinkedUnderWaiter(owner, waiter *Peer) {
	name := c.newName("sem")
	owner.does("sem", "s", name, "0", "create")
	waiter.does("sem", "s", name, "1", "open")
	third := c.Start(owner.Kind)
	third.does("sem", "s", name, "1", "open")
	waiter.Send("acquire", "s")
	c.untilWaiting("semaphore", name, 1)
	owner.does("close", "s")
	c.wantFiles()
	waiter.Silent()
	third.does("release", "s", "1")
	waiter.done()
	waiter.does("close", "s")
}

// givesNothingBack: what a process that is killed has acquired stays acquired.
func (c *Cell) givesNothingBack(owner, victim *Peer) {
	name := c.newName("sem")
	owner.does("sem", "s", name, "1", "create")
	victim.does("sem", "s", name, "0", "open")
	victim.does("acquire", "s")
	owner.Send("acquire", "s")
	c.untilWaiting("semaphore", name, 1)
	victim.Kill()
	c.until("semaphore", name, func(now probed) bool { return now == probed{0, 1} })
	third := c.Start(owner.Kind)
	third.does("sem", "s", name, "0", "open")
	third.does("release", "s", "1")
	owner.done()
	c.wantValue(name, 0)
}

// unfinished is L-unfinished. The maker's segment is made one that has no size yet.
func unfinished(c *Cell, creator, partner *Peer) {
	for _, pair := range [][2]*Peer{{creator, partner}, {partner, creator}} {
		maker, p := pair[0], pair[1]
		name := c.newName("unfinished")
		maker.creates(name, 64)
		maker.does("lock", "s")
		c.resize(maker, name, 0)
		p.does("segment", "s", name)
		c.waits(name, p, "attach", "s")
		maker.does("unlock", "s")
		if p.isOurs() {
			c.until("segment", name, func(now probed) bool { return now == probed{1, 0} }) // it has had the lock, and seen no bytes
			p.Silent()
			c.resize(maker, name, 64)
			p.done()
		} else {
			if answer := p.Await(); answer.Code != "UnknownError" {
				c.failf("%s attaches with %+v, want UnknownError", p, answer)
			}
			c.resize(maker, name, 64)
			p.joins(64, "s")
		}
		p.gets("0", "get", "s", "int32")
		maker.does("close", "s")
		p.does("close", "s")
		c.remains(name, maker, p)
	}
}

func (c *Cell) resize(maker *Peer, name string, size int64) {
	segment, _ := maker.keyFiles(name)
	if err := os.Truncate(path.Join(shmDir, segment), size); err != nil {
		c.fail(err)
	}
}

// widths is L-widths.
func widths(c *Cell, creator, partner *Peer) {
	name := c.newName("widths")
	observer := creator.Kind
	if !creator.hasAll() {
		observer = "go" // as wide as C++, the only one
	}
	c.watch = c.Start(observer)
	segment, lock := creator.keyFiles(name)
	creator.creates(name, 64)
	creator.does("put", "s", "int32", "42")
	creator.does("lock", "s")
	partner.does("segment", "s", name)
	answer := partner.Ask("attach", "s")
	if answer.Code != "UnknownError" || !strings.Contains(answer.Text, "made by a program of another word size") {
		c.failf("%s answers attach with %+v, want an UnknownError that says why", partner, answer)
	}
	partner.refuses("AlreadyExists", "create", "s", "64")
	partner.does("close", "s")
	c.wantFiles(segment, lock)
	c.wantLock(name, 0)
	creator.does("unlock", "s")
	creator.gets("42", "get", "s", "int32")
	c.wantLock(name, 1)
}
