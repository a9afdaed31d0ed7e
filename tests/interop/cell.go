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
	"slices"
)

// Programs are the command lines of the peers, by kind.
type Programs map[string][]string

// Cell is the place where some peers meet: a directory for their key files and a transcript of what they say.
type Cell struct {
	programs   Programs
	dir        string // TMPDIR of the peers
	peers      []*Peer
	watch      *Peer // see observer
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

// Play lets peers meet, ends them, and looks whether they left a file behind. Its error has the transcript, unless it is
// an *Unsupported.
func Play(programs Programs, meet func(c *Cell)) error {
	dir, err := os.MkdirTemp("", "shmbridge-cell-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c := &Cell{programs: programs, dir: dir}
	defer c.killAll()
	var unsupported *Unsupported
	err = attempt(func() { meet(c) })
	if err == nil || errors.As(err, &unsupported) {
		err = cmp.Or(attempt(c.end), err)
	}
	if err == nil || errors.As(err, &unsupported) {
		return err
	}
	c.killAll()
	return fmt.Errorf("%w\n%s", err, &c.transcript)
}

// end lets the peers that still run exit, in the order in which they came, so that creators leave first.
func (c *Cell) end() {
	for _, p := range c.peers {
		if !p.ended {
			p.Close()
		}
	}
	c.wantFiles()
}

func (c *Cell) killAll() {
	for _, p := range c.peers {
		p.Kill()
	}
}

// newName makes a name for an object that no other program has.
func (c *Cell) newName(prefix string) string { return prefix + rand.Text() }

// trip notes that what from wrote, to has read, and fails if it did not.
func (c *Cell) trip(from, to *Peer, wrote, read string) {
	if read != wrote {
		c.failf("%s wrote %s, %s reads %s", from, wrote, to, read)
	}
	c.trips = append(c.trips, Trip{from, to, wrote, read})
}

// wantFiles fails unless the key files that exist are these.
func (c *Cell) wantFiles(want ...string) {
	if got := c.files(); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		c.failf("the key files are %q, want %q", got, want)
	}
}

// files lists the key files that exist.
func (c *Cell) files() (names []string) {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		c.fail(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// GoPrograms are the peers that one program, qtpeer, can be: itself, and the system's Qt libraries.
func GoPrograms(qtpeer string) Programs {
	return Programs{
		"go":      {qtpeer, "peer"},
		"realqt5": {qtpeer, "peer", "--qt", "qt5"},
		"realqt6": {qtpeer, "peer", "--qt", "qt6"},
	}
}
