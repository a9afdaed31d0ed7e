package interop

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// attachBeforeCreate is L-attach-before-create.
func attachBeforeCreate(c *Cell, creator, partner *Peer) {
	name := c.newName("before")
	early := func(p *Peer) {
		p.does("segment", "early", name)
		p.refuses("NotFound", "attach", "early")
		if p.isOurs() { // Qt keeps the lock that it made until the object is destroyed
			c.wantFiles()
		}
	}
	for _, p := range []*Peer{creator, partner} {
		early(p)
		p.does("close", "early")
		c.wantFiles()
	}
	// Who asks before the creator is there, and then leaves, does not take the creator's lock along.
	early(partner)
	creator.creates(name, 64)
	partner.does("close", "early")
	if !partner.isOurs() && c.world.oneFile() {
		c.findsNothing(name, partner, creator)
		return
	}
	partner.attaches(name, 64)
	if !partner.isOurs() && c.world.posix() {
		apart(creator, partner) // it did, and who has a POSIX lock open does not get to know
		return
	}
	c.excludes(name, creator, partner)
	c.excludes(name, partner, creator)
}

// createTwice is L-create-twice.
func createTwice(c *Cell, owner, loser *Peer) {
	name := c.newName("twice")
	segment, lock := owner.keyFiles(name)
	owner.creates(name, 64)
	owner.does("put", "s", "int32", "42")
	owner.does("lock", "s")
	c.wantLock(name, 0)
	if c.world.windows() {
		c.comesSecond(name, owner, loser)
		return
	}
	loser.does("segment", "s", name)
	loser.refuses("AlreadyExists", "create", "s", "64")
	if !loser.isOurs() {
		c.losesLock(name, owner, loser)
		return
	}
	c.wantLock(name, 0)
	loser.does("close", "s")
	c.wantLock(name, 0)
	c.wantFiles(segment, lock)
	owner.does("unlock", "s")
	c.wantLock(name, 1)
	loser.attaches(name, 64)
	loser.gets("42", "get", "s", "int32")
	c.excludes(name, owner, loser)
	c.excludes(name, loser, owner)
}

// losesLock: Qt's failed create has reset the lock, or on POSIX replaced it, and takes it along when the object goes.
func (c *Cell) losesLock(name string, owner, loser *Peer) {
	segment, _ := owner.keyFiles(name)
	loser.does("close", "s")
	switch {
	case c.world.oneFile():
		c.wantFiles()
		owner.refuses(owner.lockLost(), "unlock", "s")
		c.findsNothing(name, loser, owner)
		return
	case c.world.posix():
		c.wantFiles(segment)
		owner.does("unlock", "s") // it has the old one
		loser.attaches(name, 64)
		apart(owner, loser)
	default:
		c.wantFiles(segment)
		owner.refuses(owner.lockLost(), "unlock", "s")
		loser.attaches(name, 64)
		c.excludes(name, owner, loser)
		c.excludes(name, loser, owner)
	}
	loser.gets("42", "get", "s", "int32")
}

// lastDetach is L-last-detach.
func lastDetach(c *Cell, creator, partner *Peer) {
	for _, order := range [][2]*Peer{{creator, partner}, {partner, creator}} {
		name := c.newName("last")
		creator.creates(name, 64)
		creator.does("put", "s", "int32", "42")
		partner.attaches(name, 64)

		first, last := order[0], order[1]
		first.does("detach", "s")
		first.gets("0", "attached", "s")
		last.gets("42", "get", "s", "int32")
		first.joins(64, "s")
		first.gets("42", "get", "s", "int32")
		first.does("detach", "s")
		last.does("detach", "s")
		if c.world.posix() { // it stays, with what is in it
			first.joins(64, "s")
			first.gets("42", "get", "s", "int32")
			last.joins(64, "s")
			c.excludes(name, first, last)
			c.excludes(name, last, first)
			first.does("detach", "s")
			last.does("detach", "s")
		} else {
			c.vanishes(first, name)
			first.refuses("NotFound", "attach", "s")
		}
		first.does("close", "s")
		last.does("close", "s")
		c.remains(name, creator, partner) // a detached Qt object has the lock open until it is closed
	}
	dies := c.dyingLast
	if c.world.windows() {
		dies = c.diesAlone
	}
	dies(creator, partner)
	dies(partner, c.Start(creator.Kind))
}

// dyingLast: a process that is killed is no longer attached, and what it was the last to use stays.
func (c *Cell) dyingLast(victim, heir *Peer) {
	name := c.newName("orphan")
	victim.creates(name, 64)
	victim.does("put", "s", "int32", "42")
	victim.Kill()
	heir.attaches(name, 64)
	heir.gets("42", "get", "s", "int32")
	heir.does("detach", "s")
	c.vanishes(heir, name)
	heir.refuses("NotFound", "attach", "s")
	heir.does("close", "s")
	c.forgets(heir)
	heir.creates(name, 1) // takes over the lock, too, that the victim left
	heir.does("close", "s")
	c.remains(name, heir, heir)
}

// creatorLeaves is L-creator-leaves.
func creatorLeaves(c *Cell, creator, partner *Peer) {
	third := c.Start(creator.Kind)
	for _, waiting := range []bool{false, true} {
		name := c.newName("leaves")
		creator.creates(name, 64)
		creator.does("put", "s", "int32", "42")
		partner.attaches(name, 64)
		if waiting {
			creator.does("lock", "s")
			c.waits(name, partner, "lock", "s")
		}
		creator.does("close", "s")
		if waiting {
			partner.done()
		}
		switch {
		case c.world.posix():
			c.keepsLock(name, creator, partner, third, waiting)
		case c.world.windows():
			c.sharesLock(name, partner, third, waiting)
		default:
			c.renewsLock(name, creator, partner, third, waiting)
		}
		third.does("close", "s")
		partner.does("close", "s")
		c.remains(name, creator, partner)
	}
}

// renewsLock: System V's creator has removed its lock, and the next one to lock makes a new one.
func (c *Cell) renewsLock(name string, creator, partner, third *Peer, locked bool) {
	switch segment, lock := partner.keyFiles(name); {
	case locked:
		partner.leavesLock(c, name, creator)
	case creator.isOurs(): // it hands the lock over: the semaphore goes, its key file stays
		c.wantFiles(segment, lock)
		c.wantNoLock(name)
	}
	partner.does("lock", "s")
	c.wantLock(name, 0)
	partner.does("unlock", "s")
	c.wantLock(name, 1)
	partner.gets("42", "get", "s", "int32")
	if !creator.isOurs() && c.world.oneFile() {
		c.findsNothing(name, third, partner)
		third.does("segment", "s", name) // to be closed
		return
	}
	third.attaches(name, 64)
	c.excludes(name, partner, third)
	c.excludes(name, third, partner)
}

// leavesLock unlocks what was locked while the creator left. Qt's creator unlocks before it removes the lock, so that
// the lock may be lost once more.
func (p *Peer) leavesLock(c *Cell, name string, creator *Peer) {
	if creator.isOurs() {
		c.wantLock(name, 0)
		p.does("unlock", "s")
		c.wantLock(name, 1)
	} else if answer := p.Ask("unlock", "s"); answer.Code != "" && answer.Code != p.lockLost() {
		c.failf("%s answers %+v", p, answer)
	}
}

// readOnly is L-readonly.
func readOnly(c *Cell, creator, partner *Peer) {
	name := c.newName("readonly")
	creator.creates(name, 64)
	creator.does("put", "s", "int32", "42")
	partner.attaches(name, 64, "ro")
	c.refusesWrites(name, partner, "s", "42")
	creator.gets("42", "get", "s", "int32")
	c.excludes(name, creator, partner)
	c.excludes(name, partner, creator)

	own := c.newName("readonly")
	creator.does("segment", "own", own)
	creator.makes(64, "own", "ro")
	c.refusesWrites(own, creator, "own", "0")
	partner.does("segment", "other", own)
	partner.joins(64, "other")
	partner.does("put", "other", "int32", "7")
	creator.gets("7", "get", "own", "int32")
}

// refusesWrites fails unless writing to p's object id is an error that leaves value, and the lock free.
func (c *Cell) refusesWrites(name string, p *Peer, id, value string) {
	if !slices.Contains(p.mappings(), "r--s") {
		c.failf("%s has mapped the segment for writing: %q", p, p.mappings())
	}
	p.refuses("ReadOnly", "write", id, "0", "ffffffff")
	p.refuses("ReadOnly", "put", id, "int32", "-1")
	p.refuses("ReadOnly", "add", id, "0", "1", "1")
	c.wantLock(name, 1)
	p.gets(value, "get", id, "int32")
}

// mappings returns how p's process has mapped segments, such as "rw-s" (proc(5)).
func (p *Peer) mappings() (modes []string) {
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", p.cmd.Process.Pid))
	if err != nil {
		p.cell.fail(err)
	}
	for line := range strings.Lines(string(maps)) {
		if isSegment(line) {
			modes = append(modes, strings.Fields(line)[1])
		}
	}
	return modes
}

// isSegment reports whether a line of proc(5)'s list of mappings is that of a segment: of System V, of POSIX, or of one of Wine's
// files, which are for the objects of Windows, and at 7ffe0000 for a page that every Windows process has.
func isSegment(line string) bool {
	return segmentFile.MatchString(line) && !strings.Contains(line, shmDir+"/"+semPrefix) && !strings.HasPrefix(line, "7ffe0000-")
}

var segmentFile = regexp.MustCompile(`/SYSV|/dev/shm/|/tmpmap-|/anonmap\.`)

// detachOnExit is L-detach-on-exit.
func detachOnExit(c *Cell, creator, partner *Peer) {
	for i, ends := range [][2]func(*Peer){{(*Peer).Close, (*Peer).HangUp}, {(*Peer).HangUp, (*Peer).Close}} {
		name := c.newName("exit")
		pair := [2]*Peer{c.Start(creator.Kind), c.Start(partner.Kind)}
		pair[0].creates(name, 64)
		pair[1].attaches(name, 64)
		first, last := pair[i], pair[1-i]
		first.does("lock", "s")
		ends[0](first)
		last.does("lock", "s")
		last.does("unlock", "s")
		if c.world.posix() && first == pair[0] && !first.isOurs() { // it took the name of the lock along
			c.wantNoLock(name)
		} else {
			c.wantLock(name, 1)
		}
		last.does("lock", "s")
		ends[1](last)
		c.remains(name, pair[0], last)
	}
}
