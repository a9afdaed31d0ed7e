package interop

import (
	"encoding/binary"
	"os"
	"path"
	"slices"
	"strconv"
	"time"
)

// observer is a peer of ours that takes no part in the case, of the kind of one that does.
func (c *Cell) observer() *Peer {
	if c.watch == nil {
		c.watch = c.Start(c.ourKind())
	}
	return c.watch
}

// ourKind is the kind of the first peer in the cell that can observe, and "go" if there is none. On Windows only Go's can.
func (c *Cell) ourKind() string {
	if c.world.windows() {
		return "go" + windowsSuffix
	}
	if i := slices.IndexFunc(c.peers, (*Peer).hasAll); i >= 0 {
		return c.peers[i].Kind
	}
	return "go"
}

// probed is what a semaphore looks like: its value, and how many wait for it.
type probed struct{ value, waiting int }

// probe looks at the lock (kind "segment") or semaphore of name: on System V the observer does, a POSIX one is in a file.
func (c *Cell) probe(kind, name string) probed {
	if c.world.posix() {
		return c.readSemaphore(path.Join(shmDir, c.semaphoreFile(kind, name)))
	}
	before := c.resting()
	words := c.observer().does("probe", kind, name)
	if len(words) != 2 {
		c.failf("probe answers %q", words)
	}
	value, err := strconv.Atoi(words[0])
	waiting, err2 := strconv.Atoi(words[1])
	if err != nil || err2 != nil {
		c.failf("probe answers %q", words)
	}
	if c.world.windows() {
		waiting = before.still(c.resting())
	}
	return probed{value, waiting}
}

func (c *Cell) semaphoreFile(kind, name string) string {
	if kind == "segment" {
		_, lock := c.observer().keyFiles(name)
		return lock
	}
	return semPrefix + path.Base(c.observer().does("key", name, kind)[0])
}

// readSemaphore reads a sem_t of glibc: on a 64-bit system the value and the number of those who wait, in 32 bytes
// (sysdeps/nptl/internaltypes.h).
func (c *Cell) readSemaphore(file string) probed {
	data, err := os.ReadFile(file)
	if err != nil {
		c.fail(err)
	}
	word := func(i int) int { return int(binary.NativeEndian.Uint32(data[4*i:])) }
	switch len(data) {
	case 32:
		return probed{word(0), word(1) - c.ghosts}
	case 16: // a 32-bit program's: the lowest bit of the value tells that somebody waits
		return probed{word(0) >> 1, word(3) - c.ghosts}
	}
	c.failf("%s has %d bytes, and is no sem_t of glibc", file, len(data))
	return probed{}
}

// removes lets the observer remove what nobody is attached to any more. What a killed process had mapped, the kernel holds as long as
// somebody looks at that process in /proc.
func (c *Cell) removes(name string) {
	for end := time.Now().Add(Patience); ; {
		switch answer := c.observer().Ask("remove", name); {
		case answer.Code == "":
			return
		case answer.Code != "Busy" || time.Now().After(end):
			c.failf("%s cannot remove %s: %s %s", c.watch, name, answer.Code, answer.Text)
		}
	}
}
