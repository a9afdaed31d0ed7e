package main

import (
	"os"
	"strconv"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// The verbs of the line protocol on names, keys, and the environment that they depend on.

func (s *session) setEnvironment(a *arguments) ([]string, error) {
	name, value := a.text(), a.text()
	if a.err != nil {
		return nil, a.err
	}
	var err error
	if len(value) == 0 {
		err = os.Unsetenv(string(name))
	} else {
		err = os.Setenv(string(name), string(value))
	}
	if err != nil {
		return nil, misused("no variable of the environment can be so: %v", err)
	}
	return nil, nil
}

func (s *session) keys(a *arguments) ([]string, error) {
	n := naming{safe: a.choice("legacy", "safe"), family: ipckey.SystemV}
	if a.choice("systemv", "posix") {
		n.family = ipckey.PosixRealtime
	}
	if a.err != nil {
		return nil, a.err
	}
	return nil, s.partner.setNaming(n)
}

func (s *session) rules(a *arguments) ([]string, error) {
	version := a.name()
	if a.err != nil {
		return nil, a.err
	}
	return nil, s.partner.setRules(version)
}

func (s *session) key(a *arguments) ([]string, error) {
	name, kind := a.name(), ipckey.Segment
	if len(a.words) > 0 {
		kind = a.kind()
	}
	if a.err != nil {
		return nil, a.err
	}
	native, text, err := s.partner.key(kind, name)
	words := []string{textWord([]byte(native))}
	if text != "" {
		words = append(words, textWord([]byte(text)))
	}
	return words, err
}

func (s *session) parse(a *arguments) ([]string, error) {
	text := a.name()
	if a.err != nil {
		return nil, a.err
	}
	key, canonical, err := s.partner.parse(text)
	return []string{strconv.Itoa(int(key.Type)), textWord([]byte(key.Native)), textWord([]byte(key.Legacy)),
		textWord([]byte(canonical))}, err
}
