package main

import (
	"bytes"
	"os"
	"strconv"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// The verbs of the line protocol on names, keys, and the environment that they depend on.

func (s *session) setEnvironment(a *arguments) ([]string, error) {
	name, value := a.text(), a.text()
	switch {
	case a.err != nil:
		return nil, a.err
	case len(name) == 0 || bytes.ContainsAny(name, "=\x00") || bytes.IndexByte(value, 0) >= 0:
		return nil, misused("no variable of the environment can be so")
	case len(value) == 0:
		return nil, os.Unsetenv(string(name))
	}
	return nil, os.Setenv(string(name), string(value))
}

func (s *session) keys(a *arguments) ([]string, error) {
	n := naming{safe: a.choice("legacy", "safe"), family: a.family()}
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

func (s *session) names(*arguments) ([]string, error) {
	names, err := s.partner.names()
	for i, name := range names {
		names[i] = textWord([]byte(name))
	}
	return names, err
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
