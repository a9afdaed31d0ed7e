package interop

import (
	"slices"
	"strconv"
	"time"
)

// Case is something that works between any two peers. CASES.md says what is done and what must be observed.
type Case struct {
	Name string
	meet func(c *Cell, creator, partner *Peer)
}

// Cases are all cases: what people do with QSharedMemory (S), and the rules of life that they rely on (L).
var Cases = []Case{
	{"S1-text", text},
	{"S2-image", picture},
	{"S3-int", integer},
	{"S4-guard", guard},
	{"S5-string", cString},
	{"L-attach-before-create", attachBeforeCreate},
	{"L-create-twice", createTwice},
	{"L-last-detach", lastDetach},
	{"L-creator-leaves", creatorLeaves},
	{"L-lock-excludes", lockExcludes},
	{"L-lock-dies", lockDies},
	{"L-readonly", readOnly},
	{"L-detach-on-exit", detachOnExit},
	{"L-semaphore", semaphore},
}

// Play plays the case between two kinds of peers and returns what was written and read. For the error see the function
// Play.
func (k Case) Play(programs Programs, creator, partner string) (trips []Trip, err error) {
	err = Play(programs, func(c *Cell) {
		k.meet(c, c.Start(creator), c.Start(partner))
		trips = c.trips
	})
	return trips, err
}

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
	p.gets(strconv.Itoa(size), "create", "s", strconv.Itoa(size))
}

// attaches makes the object "s" of name and attaches it to a segment of size bytes.
func (p *Peer) attaches(name string, size int, mode ...string) {
	p.does("segment", "s", name)
	p.gets(strconv.Itoa(size), "attach", append([]string{"s"}, mode...)...)
}

// observer is a Go peer that takes no part in the case.
func (c *Cell) observer() *Peer {
	if c.watch == nil {
		c.watch = c.Start("go")
	}
	return c.watch
}

// probe returns the value of the lock (kind "segment") or semaphore of name, and how many wait for it.
func (c *Cell) probe(kind, name string) (value, waiting int) {
	words := c.observer().does("probe", kind, name)
	if len(words) != 2 {
		c.failf("probe answers %q", words)
	}
	value, err := strconv.Atoi(words[0])
	waiting, err2 := strconv.Atoi(words[1])
	if err != nil || err2 != nil {
		c.failf("probe answers %q", words)
	}
	return value, waiting
}

// wantLock fails unless the value of the lock of name is want (1 when free, 0 when held) and nobody waits for it.
func (c *Cell) wantLock(name string, want int) {
	if value, waiting := c.probe("segment", name); value != want || waiting != 0 {
		c.failf("the value of the lock is %d and %d wait for it, want %d and none", value, waiting, want)
	}
}

// untilWaiting returns when one waits for the lock or semaphore of name.
func (c *Cell) untilWaiting(kind, name string) {
	for end := time.Now().Add(patience); ; {
		_, waiting := c.probe(kind, name)
		if waiting == 1 {
			return
		}
		if time.Now().After(end) {
			c.failf("%d wait for %s, not one, and that for %v", waiting, name, patience)
		}
	}
}

// waits gives p a command, and returns when the command waits for the lock of name.
func (c *Cell) waits(name string, p *Peer, verb string, words ...string) {
	p.Send(verb, words...)
	c.untilWaiting("segment", name)
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
