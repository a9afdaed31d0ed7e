//go:build linux

package interop

import (
	"cmp"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
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

// libraryLacks are commands with what the peers with libshmbridge do not have: a name with a NUL, QVariants, and a list of names.
var libraryLacks = regexp.MustCompile(`^(names.*|key \S*%00|((en|de)code|put \S+) qvariant-\S* \S+|get \S+ qvariant-\S*)$`)

const (
	noVariantWritten = "ok 0000000200ff00e900"
	noKey            = "ok 0 % % %" // an empty key is none in C and C++
)

// inC and inCpp are the peers with libshmbridge.
var (
	inC = talker{column: 1, huge: "OutOfResources", lacks: libraryLacks, own: map[string]string{
		"read a 0 9 | ok 0000000200fffffffe":   noVariantWritten,
		"parse posix%3A | ok 256 % % posix%3A": noKey,
	}}
	inCpp = talker{column: 2, huge: "OutOfResources", lacks: libraryLacks, own: map[string]string{
		"read a 0 9 | ok 0000000200fffffffe":   noVariantWritten,
		"parse posix%3A | ok 256 % % posix%3A": noKey,
		"key % | ok % systemv%3A":              "ok % %",
		"key % | ok % posix%3A":                "ok % %",
		"key % | ok % windows%3A":              "ok % %",
		"acquire e | err UnknownError":         "err KeyError", // as anywhere else
	}}
)

// talkers are the peers in C and C++. A Qt that a program is compiled with is like one before 6.6.
var talkers = map[string]talker{
	"c": inC, "c-windows": inC, "c++": inCpp, "c++-windows": inCpp,
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
	ownWine(t)
	for kind, k := range talkers {
		t.Run(kind, func(t *testing.T) {
			defer wantNothingLeft(t)()
			if err := Home(kind).Play(programs(t), func(c *Cell) {
				p := c.Start(kind)
				for line := range strings.Lines(p.part(string(script), k.huge)) {
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

// part is what of the conversation is for the peer's system, with the macros that the file explains replaced.
func (p *Peer) part(script, huge string) string {
	const name = "test"
	own, dir := "linux", Quote(p.cell.dir)
	macros := []string{"$TYPE", "systemv", "$MEM", dir + "%2Fqipc_sharedmemory_", "$SEM", dir + "%2Fqipc_systemsem_"}
	if p.cell.world.windows() {
		own, macros = "windows", []string{"$TYPE", "windows", "$MEM", "qipc_sharedmemory_", "$SEM", "qipc_systemsem_"}
	}
	for size, macro := range map[int]string{4: "$4", 8: "$8", 16: "$16"} {
		macros = append(macros, macro, strconv.Itoa(p.cell.sizeOf(size)))
	}
	end := p.cell.sizeOf(16)
	macros = append(macros, "$LAST", strconv.Itoa(end-1), "$END", strconv.Itoa(end), "$BEYOND", strconv.Itoa(end+1),
		"$HELLO", fmt.Sprintf("%s %s %s", p.impl, p.Version, p.pid), "$HUGE", huge, "$T", dir, "$NAME", name, "$JOBS", "jobs",
		"$SHA", fmt.Sprintf("%x", sha1.Sum([]byte(name))), "$GLOBALSHA", fmt.Sprintf("%x", sha1.Sum([]byte(`Global\`+name))),
		"$ONE", hex.EncodeToString(binary.NativeEndian.AppendUint32(nil, 1)))
	var lines strings.Builder
	for line := range strings.Lines(script) {
		system, rest, conditional := strings.Cut(line, ": ")
		if !conditional || line[0] == '#' {
			lines.WriteString(line)
		} else if system == own {
			lines.WriteString(rest)
		}
	}
	return strings.NewReplacer(macros...).Replace(lines.String())
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
