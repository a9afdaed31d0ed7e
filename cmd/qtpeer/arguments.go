package main

import (
	"cmp"
	"errors"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// arguments are the words of a command after its verb, taken one by one. The first error stays in err, and what is taken
// from then on is of no use.
type arguments struct {
	session *session
	words   []string
	err     error
}

func (a *arguments) fail(err error) { a.err = cmp.Or(a.err, err) }

func (a *arguments) word() string {
	word := a.words[0] // carryOut has counted them
	a.words = a.words[1:]
	return word
}

func (a *arguments) text() []byte {
	text, err := textOf(a.word())
	a.fail(err)
	return text
}

// name takes text that has to be Unicode.
func (a *arguments) name() string {
	name, err := nameOf(a.word())
	a.fail(err)
	return name
}

func (a *arguments) number(bits int) int64 {
	n, err := numberOf(a.word(), bits)
	a.fail(err)
	return n
}

func (a *arguments) bytes() []byte {
	b, err := bytesOf(a.word())
	a.fail(err)
	return b
}

func (a *arguments) format() format {
	f, known := a.session.partner.format(a.word())
	if !known {
		a.fail(errors.ErrUnsupported)
	}
	return f
}

// choice takes one of two words and tells whether it is the second.
func (a *arguments) choice(first, second string) bool {
	word := a.word()
	if word != first && word != second {
		a.fail(errors.ErrUnsupported)
	}
	return word == second
}

func (a *arguments) family() ipckey.Type {
	t, known := familyNamed(a.word())
	if !known {
		a.fail(errors.ErrUnsupported)
	}
	return t
}

func (a *arguments) kind() ipckey.Kind {
	if a.choice("segment", "semaphore") {
		return ipckey.Semaphore
	}
	return ipckey.Segment
}

// readOnly takes the access mode, if there is one.
func (a *arguments) readOnly() bool { return len(a.words) > 0 && a.choice("ro", "ro") }

// limit takes the time limit in ms, if there is one, otherwise it is -1.
func (a *arguments) limit() int64 {
	if len(a.words) == 0 {
		return -1
	}
	ms := a.number(32)
	if ms < 0 {
		a.fail(misused("a time limit of %d ms", ms))
	}
	return ms
}

func (a *arguments) segment() segment {
	id := a.word()
	g, ok := a.session.segments[id]
	if !ok {
		a.fail(misused("no segment has the ID %s", id))
	}
	return g
}

func (a *arguments) semaphore() semaphore {
	id := a.word()
	sem, ok := a.session.semaphores[id]
	if !ok {
		a.fail(misused("no semaphore has the ID %s", id))
	}
	return sem
}

// newID takes the ID of an object that is to be made.
func (a *arguments) newID() string {
	id := a.word()
	if a.session.segments[id] != nil || a.session.semaphores[id] != nil {
		a.fail(misused("an object already has the ID %s", id))
	}
	return id
}
