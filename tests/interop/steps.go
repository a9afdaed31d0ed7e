package interop

import (
	"slices"
	"strconv"
	"time"
)

// The steps that cases are made of. In all of them the object of a peer has the ID "s" unless another is given.

// does fails unless the answer is ok, and returns its words.
func (p *Peer) does(verb string, words ...string) []string {
	p.Send(verb, words...)
	return p.done()
}

// done fails unless the answer to the command sent is ok, and returns its words.
func (p *Peer) done() []string {
	command := p.pending
	answer := p.Await()
	switch {
	case answer.Unsupported:
		p.cell.fail(&Unsupported{p.Kind, shorten(command, 32)})
	case answer.Code != "":
		p.cell.failf("%s refuses to %s: %s %s", p, shorten(command, tooLong), answer.Code, answer.Text)
	}
	return answer.Words
}

// gets fails unless the answer is ok and has one word, which is want.
func (p *Peer) gets(want, verb string, words ...string) {
	if got := p.does(verb, words...); !slices.Equal(got, []string{want}) {
		p.cell.failf("%s answers %s %q with %q, want %q", p, verb, words, got, want)
	}
}

// refuses fails unless the answer is the error code.
func (p *Peer) refuses(code, verb string, words ...string) {
	if got := p.Ask(verb, words...); got.Code != code {
		p.cell.failf("%s answers %s %q with %+v, want the error %s", p, verb, words, got, code)
	}
}

// creates makes the object "s" of name and creates a segment of size bytes.
func (p *Peer) creates(name string, size int) {
	p.does("segment", "s", name)
	p.makes(size, "s")
}

// makes creates, by the object id, a segment of size bytes.
func (p *Peer) makes(size int, id string, mode ...string) {
	p.gets(strconv.Itoa(p.cell.sizeOf(size)), "create", append([]string{id, strconv.Itoa(size)}, mode...)...)
}

// attaches makes the object "s" of name and attaches it to a segment of size bytes.
func (p *Peer) attaches(name string, size int, mode ...string) {
	p.does("segment", "s", name)
	p.joins(size, "s", mode...)
}

// joins attaches the object id to a segment of size bytes.
func (p *Peer) joins(size int, id string, mode ...string) {
	p.gets(strconv.Itoa(p.cell.sizeOf(size)), "attach", append([]string{id}, mode...)...)
}

// sizeOf is the size of a segment that was created with so many bytes: on Windows they are whole pages.
func (c *Cell) sizeOf(asked int) int {
	if c.world.windows() {
		return (asked + windowsPage - 1) / windowsPage * windowsPage
	}
	return asked
}

// windowsPage is the size of a page of Windows.
const windowsPage = 4096

// wantLock fails unless the value of the lock of name is want (1 when free, 0 when held) and nobody waits for it.
func (c *Cell) wantLock(name string, want int) { c.wantProbe("segment", name, want, 0) }

// wantProbe fails unless a lock (kind "segment") or semaphore has that value, and so many wait for it.
func (c *Cell) wantProbe(kind, name string, value, waiting int) {
	if got, want := c.probe(kind, name), (probed{value, waiting}); got != want {
		c.failf("the %s's semaphore is %+v, want %+v", kind, got, want)
	}
}

// untilWaiting returns when n wait for the lock or semaphore of name.
func (c *Cell) untilWaiting(kind, name string, n int) {
	c.until(kind, name, func(now probed) bool { return now.waiting == n })
}

// until returns when a semaphore is as it should be. Whoever has a command meanwhile must not have done it.
func (c *Cell) until(kind, name string, done func(probed) bool) {
	for end := time.Now().Add(Patience); ; {
		now := c.probe(kind, name)
		if done(now) {
			return
		}
		for _, p := range c.peers {
			if p != c.watch && p.pending != "" && len(p.lines) > 0 {
				c.failf("%s should wait to %s, and answers %q", p, p.pending, <-p.lines)
			}
		}
		if time.Now().After(end) {
			c.failf("the %s's semaphore is %+v, and that for %v", kind, now, Patience)
		}
	}
}

// waits gives p a command, and returns when the command waits for the lock of name.
func (c *Cell) waits(name string, p *Peer, verb string, words ...string) {
	p.Send(verb, words...)
	c.untilWaiting("segment", name, 1)
	p.Silent()
}

// excludes fails unless the lock of name keeps waiter out while holder has it, and is free afterwards.
func (c *Cell) excludes(name string, holder, waiter *Peer) {
	holder.does("lock", "s")
	c.waits(name, waiter, "lock", "s")
	holder.does("unlock", "s")
	waiter.done()
	c.wantLock(name, 0)
	waiter.does("unlock", "s")
	c.wantLock(name, 1)
}

// apart fails if a and b exclude each other: each has a lock of its own, which is Qt's doing.
func apart(a, b *Peer) {
	a.does("lock", "s")
	b.does("lock", "s")
	a.does("unlock", "s")
	b.does("unlock", "s")
}
