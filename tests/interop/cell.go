// Package interop proves that programs of different making share memory. It lets peers meet, case by case, and watches
// what they say and what they leave on the machine. It knows them only by the line protocol of PROTOCOL.md; CASES.md
// says what the cases are.
package interop

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
)

// Programs are the command lines of the peers, by kind. Of each kind that can observe (Peer.hasAll) the program takes the flag
// --break-dead-lock.
type Programs map[string][]string

// Cell is the place where some peers meet: a world, directories for their key files, and a transcript of what they say.
type Cell struct {
	world      World
	programs   Programs
	dir        string   // TMPDIR of the peers
	runtimeDir string   // XDG_RUNTIME_DIR of the peers
	names      []string // that newName has made
	foreign    []string // the files of POSIX objects, and Windows objects, that were there before
	peers      []*Peer
	watch      *Peer // see observer
	ghosts     int   // see lockDies
	trips      []Trip
	transcript transcript
}

// Trip is what one peer wrote and what another read there.
type Trip struct {
	From, To    *Peer
	Wrote, Read string
}

// Unsupported is the error of a cell that came to nothing because a peer does not know a command.
type Unsupported struct{ Peer, Command string }

// Error names the peer and the command.
func (u *Unsupported) Error() string { return u.Peer + " does not support: " + u.Command }

// failure is what fail panics with, and attempt recovers.
type failure struct{ error }

func (c *Cell) fail(err error) { panic(failure{err}) }

func (c *Cell) failf(format string, args ...any) { c.fail(fmt.Errorf(format, args...)) }

func attempt(step func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			err = r.error
		default:
			panic(r)
		}
	}()
	step()
	return nil
}

// Play lets peers meet in the usual world, where other programs may be: it looks at nothing that is not the peers'.
func Play(programs Programs, meet func(c *Cell)) error { return Usual.Play(programs, meet) }

// Play lets peers meet, ends them, and looks whether they left behind what no clean program leaves. In a world that is not
// the usual one it needs a /dev/shm, or a Wine, that nobody else uses. Its error has the transcript, unless it is an *Unsupported.
func (w World) Play(programs Programs, meet func(c *Cell)) error {
	c := &Cell{world: w, programs: programs}
	err := c.play(meet)
	var unsupported *Unsupported
	if err == nil || errors.As(err, &unsupported) {
		return err
	}
	return fmt.Errorf("%w\n%s", err, &c.transcript)
}

// Private tells that nobody else uses the IPC namespace and /dev/shm, and that they go when this process ends. Otherwise what a cell
// leaves that fails is removed.
var Private bool

func (c *Cell) play(meet func(c *Cell)) (err error) {
	if c.dir, err = os.MkdirTemp(c.world.parent(), "shmbridge-cell-"); err != nil {
		return err
	}
	defer os.RemoveAll(c.dir)
	if c.runtimeDir, err = os.MkdirTemp(c.world.parent(), "shmbridge-runtime-"); err != nil { // of mode 0700, as Qt wants it
		return err
	}
	defer os.RemoveAll(c.runtimeDir)
	defer c.killAll()
	var unsupported *Unsupported
	err = attempt(func() {
		if !c.world.systemv() {
			c.foreign = c.files()
		}
		meet(c)
	})
	if err == nil || errors.As(err, &unsupported) {
		err = cmp.Or(attempt(c.end), err)
	}
	if err != nil && !errors.As(err, &unsupported) && !Private && !c.world.windows() { // where nothing outlives the peers
		c.killAll()
		c.tidy()
	}
	return err
}

// tidy removes what a cell that failed has left, as far as Go can.
func (c *Cell) tidy() {
	after := &Cell{world: c.world, programs: c.programs, dir: c.dir, runtimeDir: c.runtimeDir}
	defer after.killAll()
	_ = attempt(func() {
		p := after.Start("go")
		for _, name := range c.names {
			p.Ask("remove", name)
		}
	})
}

// end lets the peers that still run exit, in the order in which they came, so that creators leave first. Of POSIX
// segments, which nobody removes unasked, the observer then removes those that are left.
func (c *Cell) end() {
	if c.world.posix() {
		c.observer()
	}
	for _, p := range c.peers {
		if !p.ended && p != c.watch {
			p.Close()
		}
	}
	if c.world.posix() {
		c.removeLeft()
	}
	if c.world.windows() { // only the observer can tell
		c.wantFiles()
	}
	if c.watch != nil {
		c.watch.Close()
	}
	if !c.world.windows() {
		c.wantFiles()
	}
}

func (c *Cell) killAll() {
	for _, p := range c.peers {
		p.Kill()
	}
}

// newName makes a name for an object that no other program has.
func (c *Cell) newName(prefix string) string {
	name := prefix + rand.Text()
	c.names = append(c.names, name)
	return name
}

// trip notes that what from wrote, to has read, and fails if it did not.
func (c *Cell) trip(from, to *Peer, wrote, read string) {
	if read != wrote {
		c.failf("%s wrote %s, %s reads %s", from, wrote, to, read)
	}
	c.trips = append(c.trips, Trip{from, to, wrote, read})
}

// GoPrograms are the peers that one program, qtpeer, can be: itself, and the system's Qt libraries.
func GoPrograms(qtpeer string) Programs {
	return Programs{
		"go":      {qtpeer, "peer"},
		"realqt5": {qtpeer, "peer", "--qt", "qt5"},
		"realqt6": {qtpeer, "peer", "--qt", "qt6"},
	}
}
