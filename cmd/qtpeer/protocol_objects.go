package main

import (
	"os"
	"strconv"
)

// The verbs of the line protocol that make and end objects, and those on semaphores.

func (s *session) hello(*arguments) ([]string, error) {
	implementation, version := s.partner.hello()
	return []string{implementation, version, strconv.Itoa(os.Getpid())}, nil
}

func (s *session) newSegment(a *arguments) ([]string, error) {
	id, name, newSegment := a.newID(), a.name(), s.partner.segment
	if len(a.words) > 0 {
		newSegment = s.partner.nativeSegment
		if a.choice("native", "text") {
			newSegment = s.partner.textSegment
		}
	}
	if a.err != nil {
		return nil, a.err
	}
	g, err := newSegment(name)
	if err != nil {
		return nil, err
	}
	s.segments[id] = g
	return []string{textWord([]byte(g.native()))}, nil
}

func (s *session) newSemaphore(a *arguments) ([]string, error) {
	id, name, initial, create := a.newID(), a.name(), a.number(32), a.choice("open", "create")
	if a.err != nil {
		return nil, a.err
	}
	sem, err := s.partner.semaphore(name, int(initial), create)
	if err == nil {
		s.semaphores[id] = sem
	}
	return nil, err
}

func (s *session) acquire(a *arguments) ([]string, error) {
	sem, ms := a.semaphore(), a.limit()
	if a.err != nil {
		return nil, a.err
	}
	return nil, sem.acquire(ms)
}

func (s *session) tryAcquire(a *arguments) ([]string, error) {
	sem := a.semaphore()
	if a.err != nil {
		return nil, a.err
	}
	ok, err := sem.tryAcquire()
	return flag(ok), err
}

func (s *session) release(a *arguments) ([]string, error) {
	sem, n := a.semaphore(), a.number(32)
	if a.err != nil {
		return nil, a.err
	}
	return nil, sem.release(int(n))
}

func (s *session) close(a *arguments) ([]string, error) {
	id := a.word()
	if g, ok := s.segments[id]; ok {
		delete(s.segments, id)
		return nil, g.close()
	}
	if sem, ok := s.semaphores[id]; ok {
		delete(s.semaphores, id)
		return nil, sem.close()
	}
	return nil, misused("no object has the ID %s", id)
}

func (s *session) probe(a *arguments) ([]string, error) {
	kind, name := a.kind(), a.name()
	if a.err != nil {
		return nil, a.err
	}
	info, err := s.partner.probe(kind, name)
	if err == nil && !info.Exists {
		err = refusal{"NotFound", "there is no semaphore " + info.Native}
	}
	return []string{strconv.Itoa(info.Value), strconv.Itoa(max(info.Waiting, 0))}, err
}

func (s *session) remove(a *arguments) ([]string, error) {
	name := a.name()
	if a.err != nil {
		return nil, a.err
	}
	return nil, s.partner.remove(name)
}

func (s *session) exit(*arguments) ([]string, error) {
	s.closeAll()
	s.ended = true
	return nil, nil
}

// flag is the word of an answer that is yes or no.
func flag(yes bool) []string {
	if yes {
		return []string{"1"}
	}
	return []string{"0"}
}
