//go:build linux

package interop

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
)

// talker tells which of the conversation's answers are a peer's.
type talker struct {
	column int               // 1: ours, 2: those of Qt from 6.6 on, 3: of Qt before
	huge   string            // the error of a segment that is too large, of a Qt
	lacks  *regexp.Regexp    // the commands that are unsupported nevertheless
	own    map[string]string // what is answered instead of a column's answer to a command
}

// libraryLacks are commands with what the peers with libshmbridge do not have: a name with a NUL, and QVariants.
var libraryLacks = regexp.MustCompile(`^(key \S*%00|((en|de)code|put \S+) qvariant-\S* \S+|get \S+ qvariant-\S*)$`)

const (
	noVariantWritten = "ok 0000000200ff00e900"
	noKey            = "ok 0 % % %" // an empty key is none in C and C++
)

// talkers are the peers in C and C++. A Qt that a program is compiled with is like one before 6.6.
var talkers = map[string]talker{
	"c": {column: 1, lacks: libraryLacks, own: map[string]string{
		"read a 0 9 | ok 0000000200fffffffe":   noVariantWritten,
		"parse posix%3A | ok 256 % % posix%3A": noKey,
	}},
	"c++": {column: 2, huge: "OutOfResources", lacks: libraryLacks, own: map[string]string{
		"read a 0 9 | ok 0000000200fffffffe":   noVariantWritten,
		"parse posix%3A | ok 256 % % posix%3A": noKey,
		"key % | ok % systemv%3A":              "ok % %",
		"key % | ok % posix%3A":                "ok % %",
	}},
	"qt5": {column: 3, huge: "InvalidSize"}, // create() takes an int
	"qt6": {column: 3, huge: "OutOfResources"},
}

// answer returns what the program must answer to the command in the columns of a line.
func (k talker) answer(columns []string) string {
	command, i := columns[0], min(k.column, len(columns)-1)
	for columns[i] == "=" {
		i--
	}
	if k.lacks != nil && k.lacks.MatchString(command) {
		return "unsupported"
	}
	return cmp.Or(k.own[command+" | "+columns[i]], columns[i])
}

// TestConversation holds the conversation in which cmd/qtpeer tests its peers with the peers in C and C++.
func TestConversation(t *testing.T) {
	script, err := os.ReadFile("../../cmd/qtpeer/testdata/conversation.txt")
	if err != nil {
		t.Fatal(err)
	}
	for kind, k := range talkers {
		t.Run(kind, func(t *testing.T) {
			defer wantNothingLeft(t)()
			if err := Play(programs(t), func(c *Cell) {
				p := c.Start(kind)
				expand := strings.NewReplacer(
					"$HELLO", fmt.Sprintf("%s %s %d", p.impl, p.Version, p.cmd.Process.Pid), "$HUGE", k.huge, "$T", Quote(c.dir),
					"$SHA", "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
					"$ONE", hex.EncodeToString(binary.NativeEndian.AppendUint32(nil, 1)))
				for line := range strings.Lines(expand.Replace(string(script))) {
					if columns := strings.Split(strings.TrimSuffix(line, "\n"), " | "); len(columns) > 1 {
						p.answers(t, columns[0], k.answer(columns))
					}
				}
				p.awaitEnd()
			}); err != nil {
				t.Error(err)
			}
		})
	}
}

// raw sends a line as it is and returns the answer as it is.
func (p *Peer) raw(t *testing.T, command string) string {
	t.Helper()
	p.cell.transcript.add(p.label, "<-", command)
	if _, err := io.WriteString(p.in, command+"\n"); err != nil {
		t.Fatal(err)
	}
	answer, _ := p.next("answer " + command)
	return answer
}

// answers fails the test unless a line is answered so, an error with any text.
func (p *Peer) answers(t *testing.T, command, want string) {
	t.Helper()
	got := p.raw(t, command)
	if code, isError := strings.CutPrefix(want, "err "); isError && strings.HasPrefix(got, "err "+code+" ") {
		return
	}
	if got != want {
		t.Errorf("%s: %q, want %q", command, got, want)
	}
}
