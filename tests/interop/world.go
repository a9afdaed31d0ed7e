package interop

import (
	"os"
	"path"
	"slices"
	"strings"
)

// World is how the peers of a cell make kernel objects of names.
type World struct {
	Family, Form string // as the command "keys" takes them
	Qt           string // the version of Qt by whose rules the peers go; the newest if empty
}

// Usual is the world in which every Qt is at home, and of which no peer needs to be told.
var Usual = World{Family: "systemv", Form: "legacy"}

// usualWindows is what Usual is for Windows programs.
var usualWindows = World{Family: "windows", Form: "legacy"}

// Worlds are all worlds. Those but Usual and Windows's are for Qt 6.6 and later.
var Worlds = []World{Usual, {Family: "systemv", Form: "safe"}, {Family: "posix", Form: "legacy"}, {Family: "posix", Form: "safe"},
	usualWindows, {Family: "windows", Form: "safe"}}

// Home is the world in which any peer of the kind can be.
func Home(kind string) World {
	if strings.HasSuffix(kind, windowsSuffix) {
		return usualWindows
	}
	return Usual
}

// windowsSuffix is the end of the kinds of peers that are Windows programs.
const windowsSuffix = "-windows"

func (w World) String() string { return w.Family + "-" + w.Form }

func (w World) posix() bool { return w.Family == "posix" }

func (w World) systemv() bool { return w.Family == "systemv" }

func (w World) windows() bool { return w.Family == "windows" }

func (w World) legacy() bool { return w.Form == "legacy" }

// told reports whether peers have to be told of the world.
func (w World) told() bool { return w.posix() || !w.legacy() }

// oneKey reports whether a segment and its lock have the same native key: by platformSafeKey, and in Qt 6.6.0 always.
func (w World) oneKey() bool { return w.Form == "safe" || w.Qt == "6.6.0" }

// oneFile reports whether they are found by one key file, so that whoever removes the one hides the other.
func (w World) oneFile() bool { return w.oneKey() && w.systemv() }

// parent is where key files are. Where much depends on them it is a file system that does not give a removed file's inode
// number, and so its key, to the next one: as XDG_RUNTIME_DIR usually is on.
func (w World) parent() string {
	if w.oneFile() {
		return shmDir
	}
	return ""
}

// shmDir is where glibc has the files of POSIX objects.
const shmDir = "/dev/shm"

// semPrefix is what glibc puts before the name of a semaphore.
const semPrefix = "sem."

// keyFiles returns the names of the files by which p's segment of that name and its lock are found: key files on System V,
// the objects themselves on POSIX, and on Windows, where they are no files.
func (p *Peer) keyFiles(name string) (segment, lock string) {
	w := p.cell.world
	segment = path.Base(p.does("key", name)[0])
	lock = segment
	if !w.oneKey() {
		lock = strings.Replace(segment, "qipc_sharedmemory_", "qipc_systemsem_", 1)
	}
	switch {
	case w.posix():
		lock = semPrefix + lock
	case w.windows() && lock == segment:
		lock += "_sem"
	}
	return segment, lock
}

// files lists the key files, the files of POSIX objects, and the names of Windows objects that exist.
func (c *Cell) files() (names []string) {
	var found []string
	dirs := []string{c.dir, c.runtimeDir}
	if c.world.posix() {
		dirs = append(dirs, shmDir)
	}
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			c.fail(err)
		}
		for _, e := range entries {
			found = append(found, e.Name())
		}
	}
	if c.world.windows() {
		found = append(found, c.observer().does("names")...)
	}
	for _, name := range found {
		if !slices.Contains(c.foreign, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// wantFiles fails unless the files that exist are these. Where a segment and its lock have one key file it counts once.
func (c *Cell) wantFiles(want ...string) {
	slices.Sort(want)
	if got := c.files(); !slices.Equal(got, slices.Compact(want)) {
		c.failf("the files are %q, want %q", got, want)
	}
}

// wantNoLock fails unless nobody who comes now finds the lock of name.
func (c *Cell) wantNoLock(name string) {
	if c.world.posix() {
		if _, lock := c.observer().keyFiles(name); slices.Contains(c.files(), lock) {
			c.failf("the lock of %s is there", name)
		}
		return
	}
	c.observer().refuses("NotFound", "probe", "segment", name)
}

// vanishes is called when the last one has detached from the segment of name: System V's has gone, a POSIX one stays until
// somebody removes it.
func (c *Cell) vanishes(p *Peer, name string) {
	segment, _ := p.keyFiles(name)
	left := slices.Contains(c.files(), segment)
	switch {
	case !c.world.posix() && left:
		c.failf("the last one has detached, and %s, by which the segment is found, is left", segment)
	case c.world.posix() && !left:
		c.failf("a POSIX segment went with the last one to detach")
	case c.world.posix():
		c.removes(name)
	}
}

// remains is called when all objects of name are closed, last's after the creator's. It fails unless that is left which
// Qt leaves, and removes it.
func (c *Cell) remains(name string, creator, last *Peer) {
	if c.world.posix() {
		segment, lock := c.observer().keyFiles(name)
		left := []string{segment}
		if leavesLock(creator, last) {
			left = append(left, lock)
		}
		c.wantFiles(left...)
		c.removes(name)
	}
	c.wantFiles()
}

// leavesLock reports whether a POSIX lock is left: shmbridge leaves it to those who have it open, and a Qt among them does not
// know that it is the one to remove it.
func leavesLock(creator, last *Peer) bool { return creator.isOurs() && !last.isOurs() }

// removeLeft removes what is left of every name on POSIX: segments, and locks where some may be.
func (c *Cell) removeLeft() {
	for _, file := range c.files() {
		if strings.HasPrefix(file, semPrefix) && !slices.ContainsFunc(c.peers, func(p *Peer) bool { return leavesLock(c.peers[0], p) }) {
			c.failf("a semaphore is left: %s", file)
		}
	}
	for _, name := range c.names {
		if answer := c.observer().Ask("remove", name); answer.Code != "" && answer.Code != "NotFound" {
			c.failf("%s cannot remove %s: %s %s", c.watch, name, answer.Code, answer.Text)
		}
	}
}
