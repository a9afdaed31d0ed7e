package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// session is one run of the line protocol (tests/interop/PROTOCOL.md): the objects by the IDs that the driver chose. One
// ID names one object, of either kind.
type session struct {
	partner    partner
	segments   map[string]segment
	semaphores map[string]semaphore
	ended      bool
}

// serve answers commands one by one, and blocks as long as what they do, until "exit", the end of the input or a
// failure of the output. Then every object is closed.
func serve(p partner, in io.Reader, out io.Writer) error {
	s := &session{partner: p, segments: map[string]segment{}, semaphores: map[string]semaphore{}}
	defer s.closeAll()
	for lines := bufio.NewReader(in); !s.ended; {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return nil // a last line without its line break was cut off
		}
		if err == nil {
			_, err = fmt.Fprintln(out, s.answer(strings.TrimSuffix(line, "\n")))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *session) closeAll() {
	for _, id := range slices.Sorted(maps.Keys(s.segments)) {
		_ = s.segments[id].close()
	}
	for _, id := range slices.Sorted(maps.Keys(s.semaphores)) {
		_ = s.semaphores[id].close()
	}
	clear(s.segments)
	clear(s.semaphores)
}

// answer carries out one command.
func (s *session) answer(line string) string {
	words, err := s.carryOut(strings.Split(line, " "))
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return "unsupported"
	case err != nil:
		return "err " + codeName(err) + " " + oneLine(err.Error())
	}
	return strings.Join(append([]string{"ok"}, words...), " ")
}

func (s *session) carryOut(words []string) ([]string, error) {
	if slices.Contains(words, "") {
		return nil, misused("one space stands between words, and an empty word is %s", emptyWord)
	}
	verb, known := verbs[words[0]]
	if !known {
		return nil, errors.ErrUnsupported
	}
	words = words[1:]
	if len(words) < verb.min || len(words) > verb.max {
		return nil, misused("%d words after the verb, where %d to %d are due", len(words), verb.min, verb.max)
	}
	return verb.run(s, &arguments{session: s, words: words})
}

// verb carries out a command and returns the words after "ok". It does nothing if its arguments have an error.
type verb struct {
	min, max int // number of words after the verb
	run      func(s *session, a *arguments) ([]string, error)
}

var verbs = map[string]verb{
	"hello":      {0, 0, (*session).hello},
	"setenv":     {2, 2, (*session).setEnvironment},
	"keys":       {2, 2, (*session).keys},
	"rules":      {1, 1, (*session).rules},
	"key":        {1, 2, (*session).key},
	"names":      {0, 0, (*session).names},
	"parse":      {1, 1, (*session).parse},
	"segment":    {2, 3, (*session).newSegment},
	"create":     {2, 3, (*session).create},
	"attach":     {1, 2, (*session).attach},
	"detach":     {1, 1, (*session).detach},
	"attached":   {1, 1, (*session).attached},
	"lock":       {1, 2, (*session).lock},
	"trylock":    {1, 1, (*session).tryLock},
	"unlock":     {1, 1, (*session).unlock},
	"read":       {3, 3, (*session).read},
	"write":      {3, 3, (*session).write},
	"put":        {3, 3, (*session).put},
	"get":        {2, 2, (*session).get},
	"add":        {4, 4, (*session).add},
	"encode":     {2, 2, (*session).encode},
	"decode":     {2, 2, (*session).decode},
	"sem":        {4, 4, (*session).newSemaphore},
	"acquire":    {1, 2, (*session).acquire},
	"tryacquire": {1, 1, (*session).tryAcquire},
	"release":    {2, 2, (*session).release},
	"close":      {1, 1, (*session).close},
	"probe":      {2, 2, (*session).probe},
	"remove":     {1, 1, (*session).remove},
	"exit":       {0, 0, (*session).exit},
}
