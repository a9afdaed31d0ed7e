package interop

import (
	"os"
	"strconv"
)

// sizes is Z-sizes: around the size of a page, one byte, and 64 MiB.
func sizes(c *Cell, creator, partner *Peer) {
	page := os.Getpagesize()
	for _, asked := range []int{1, page - 1, page, page + 1, 64 << 20} {
		name := c.newName("size")
		creator.creates(name, asked)
		partner.attaches(name, asked)
		size := c.sizeOf(asked)
		last := strconv.Itoa(size - 1)
		for _, pair := range [][2]*Peer{{creator, partner}, {partner, creator}} {
			pair[0].does("write", "s", last, "a5")
			pair[1].gets("a5", "read", "s", last, "1")
			pair[1].does("write", "s", last, "00")
		}
		partner.gets("00", "read", "s", strconv.Itoa(size/2), "1") // nobody has written there
		for _, p := range []*Peer{creator, partner} {
			p.refuses("Range", "read", "s", strconv.Itoa(size), "1")
			p.refuses("Range", "write", "s", last, "0000")
		}
		partner.does("close", "s")
		creator.does("close", "s")
		c.remains(name, creator, creator)
	}
	name := c.newName("size")
	for _, p := range []*Peer{creator, partner} {
		p.does("segment", "s", name)
		p.refuses("InvalidSize", "create", "s", "0")
		p.refuses("InvalidSize", "create", "s", "-1")
		p.does("close", "s")
	}
	c.wantFiles()
}

// many is Z-many: 32 attachments of two processes at once.
func many(c *Cell, creator, partner *Peer) {
	name := c.newName("many")
	creator.creates(name, 64)
	peers := []*Peer{creator, partner}
	for i := range 31 {
		p, id := peers[(i+1)%2], strconv.Itoa(i)
		p.does("segment", id, name)
		p.joins(64, id)
		p.does("put", id, "int32", id)
		creator.gets(id, "get", "s", "int32")
	}
	for i := range 31 {
		p, id := peers[(i+1)%2], strconv.Itoa(i)
		p.gets("30", "get", id, "int32")
		p.does("close", id)
	}
	creator.gets("30", "get", "s", "int32") // the creator's first object is the last
	c.wantLock(name, 1)
	creator.does("close", "s")
	c.remains(name, creator, creator)
}
