package main

import (
	"fmt"
	"strconv"
)

// The verbs of the line protocol on segments.

func (s *session) create(a *arguments) ([]string, error) {
	g, size, readOnly := a.segment(), a.number(64), a.readOnly()
	if a.err != nil {
		return nil, a.err
	}
	err := g.create(size, readOnly)
	return []string{strconv.Itoa(len(g.memory()))}, err
}

func (s *session) attach(a *arguments) ([]string, error) {
	g, readOnly := a.segment(), a.readOnly()
	if a.err != nil {
		return nil, a.err
	}
	err := g.attach(readOnly)
	return []string{strconv.Itoa(len(g.memory()))}, err
}

func (s *session) detach(a *arguments) ([]string, error) {
	g := a.segment()
	if a.err != nil {
		return nil, a.err
	}
	return nil, g.detach()
}

func (s *session) attached(a *arguments) ([]string, error) {
	g := a.segment()
	if a.err != nil {
		return nil, a.err
	}
	return flag(g.isAttached()), nil
}

func (s *session) lock(a *arguments) ([]string, error) {
	g, ms := a.segment(), a.limit()
	if a.err != nil {
		return nil, a.err
	}
	return nil, g.lock(ms)
}

func (s *session) tryLock(a *arguments) ([]string, error) {
	g := a.segment()
	if a.err != nil {
		return nil, a.err
	}
	ok, err := g.tryLock()
	return flag(ok), err
}

func (s *session) unlock(a *arguments) ([]string, error) {
	g := a.segment()
	if a.err != nil {
		return nil, a.err
	}
	return nil, g.unlock()
}

func (s *session) read(a *arguments) ([]string, error) {
	g, offset, count := a.segment(), a.number(64), a.number(64)
	if a.err != nil {
		return nil, a.err
	}
	mem, err := window(g, offset, count)
	return []string{bytesWord(mem)}, err
}

func (s *session) write(a *arguments) ([]string, error) {
	g, offset, data := a.segment(), a.number(64), a.bytes()
	if a.err != nil {
		return nil, a.err
	}
	mem, err := writable(g, offset, int64(len(data)))
	copy(mem, data)
	return nil, err
}

// window returns n bytes of a segment's memory.
func window(g segment, offset, n int64) ([]byte, error) {
	if !g.isAttached() {
		return nil, errNotAttached
	}
	mem := g.memory()
	if size := int64(len(mem)); offset < 0 || n < 0 || n > size-offset {
		return nil, refusal{"Range", fmt.Sprintf("%d bytes at offset %d are not within the segment's %d bytes", n, offset, size)}
	}
	return mem[offset : offset+n], nil
}

// writable is window for writing.
func writable(g segment, offset, n int64) ([]byte, error) {
	if g.isAttached() && g.isReadOnly() {
		return nil, refusal{"ReadOnly", "attached read-only"}
	}
	return window(g, offset, n)
}

// locked runs fn under the lock of g.
func locked(g segment, fn func() error) error {
	if err := g.lock(-1); err != nil {
		return err
	}
	err := fn()
	if unlockErr := g.unlock(); err == nil {
		err = unlockErr
	}
	return err
}
