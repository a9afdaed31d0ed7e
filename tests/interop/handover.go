package interop

import (
	"crypto/rand"
	"strings"
)

// textOf is the text form of the key that a name leads to, if the peer has QNativeIpcKey.
func (p *Peer) textOf(name string) (text string, ok bool) {
	if words := p.does("key", name); len(words) == 2 {
		return words[1], true
	}
	return "", false
}

// lacksText ends a cell for which a QNativeIpcKey is needed.
func (p *Peer) lacksText() { p.cell.fail(&Unsupported{p.Kind, "the text form of a key"}) }

// keyText is E-text: the text form of the creator's key is handed over.
func keyText(c *Cell, creator, partner *Peer) {
	name := c.newName("handed over")
	text, ok := creator.textOf(name)
	if !ok {
		creator.lacksText()
	}
	creator.creates(name, 64)
	partner.does("segment", "s", text, "text")
	c.sharesAll(name, creator, partner)
}

// keyEras is E-legacy: one makes the object of the name, as every Qt does, the other makes it of the text of the legacy key, as a
// program does that has come to QNativeIpcKey.
func keyEras(c *Cell, creator, partner *Peer) {
	var met bool
	for _, order := range [][2]*Peer{{creator, partner}, {partner, creator}} {
		older, newer := order[0], order[1]
		name := c.newName("Eras & Ären")
		text, ok := newer.textOf(name)
		if !ok {
			continue
		}
		met = true
		newer.does("segment", "s", text, "text")
		if newer == creator {
			newer.makes(64, "s")
			older.does("segment", "s", name)
		} else {
			older.creates(name, 64)
		}
		c.sharesAll(name, creator, partner)
		partner.does("close", "s")
		creator.does("close", "s")
		c.remains(name, creator, creator)
	}
	if !met {
		partner.lacksText()
	}
}

// sharesAll attaches the object "s" of p, and fails unless it has the memory and the lock of the creator's.
func (c *Cell) sharesAll(name string, creator, p *Peer) {
	creator.does("put", "s", "int32", "42")
	p.joins(64, "s")
	p.gets("42", "get", "s", "int32")
	p.does("put", "s", "int32", "7")
	creator.gets("7", "get", "s", "int32")
	c.excludes(name, creator, p)
	c.excludes(name, p, creator)
}

// oddNames are names of every kind, but for the random part that keeps them apart from others'.
var oddNames = []string{"", "a", "0", " ", "/", "a/b", "..", "%", "%41", "{e4f5}", "C:\\Users\\x", "Global\\app", "org.example.App", "é", "日本", "😀",
	"e\u0301", "tab\tand\nline", "~", "\"quoted\"", "\u202eright to left", "x@y:z?legacyKey=a&b#c"}

// names is K-names: each of them is one segment for both, or for none of them. On Windows Qt 6.6 leaves long platform-safe names as
// they are, which later ones cut off: ours go by the other's rules.
func names(c *Cell, creator, partner *Peer) {
	for _, pair := range [][2]*Peer{{creator, partner}, {partner, creator}} {
		if ours, other := pair[0], pair[1]; c.world.windows() && ours.isOurs() && !other.isOurs() {
			ours.does("rules", other.Version)
		}
	}
	for _, odd := range append(oddNames, strings.Repeat("x", 200), strings.Repeat("long", 250)) {
		name := odd + rand.Text()
		c.names = []string{name} // to be removed if the case ends here
		if a, b := creator.does("key", name)[0], partner.does("key", name)[0]; a != b {
			c.failf("%q leads %s to %s, and %s to %s", name, creator, a, partner, b)
		}
		creator.does("segment", "s", name)
		partner.does("segment", "s", name)
		if refusal := creator.Ask("create", "s", "4"); refusal.Code != "" { // a safe key is a name of a file, with all that was in it
			if answer := partner.Ask("create", "s", "4"); answer.Code == "" {
				c.failf("%s cannot create %q (%s %s), and %s can", creator, name, refusal.Code, refusal.Text, partner)
			}
		} else {
			creator.does("put", "s", "int32", "42")
			partner.joins(4, "s")
			partner.gets("42", "get", "s", "int32")
		}
		partner.does("close", "s")
		creator.does("close", "s")
		if c.world.posix() {
			c.observer().Ask("remove", name)
		}
		c.wantFiles()
	}
	c.names = nil
}
