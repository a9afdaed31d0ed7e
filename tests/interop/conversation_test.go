//go:build linux

package interop

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// onlyInC is what C answers other than Go: it has no name with a NUL, and no empty key.
var onlyInC = map[string]string{"key h%C3%A9%20%00": "unsupported", "parse posix%3A": "ok 0 % % %"}

// TestConversation holds the conversation in which cmd/qtpeer tests its peers with the peers in C and C++. C answers like Go.
// The C++ peers, of whatever Qt they are, answer like one before 6.6, in the last column: they do not use what that brought.
func TestConversation(t *testing.T) {
	script, err := os.ReadFile("../../cmd/qtpeer/testdata/conversation.txt")
	if err != nil {
		t.Fatal(err)
	}
	for kind, huge := range map[string]string{"c": "", "qt5": "InvalidSize", "qt6": "OutOfResources"} { // Qt 5's create() takes an int
		t.Run(kind, func(t *testing.T) {
			defer wantNothingLeft(t)()
			if err := Play(programs(t), func(c *Cell) {
				p := c.Start(kind)
				expand := strings.NewReplacer(
					"$HELLO", fmt.Sprintf("%s %s %d", p.impl, p.Version, p.cmd.Process.Pid), "$HUGE", huge, "$T", quote(c.dir),
					"$SHA", "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
					"$ONE", hex.EncodeToString(binary.NativeEndian.AppendUint32(nil, 1)))
				for line := range strings.Lines(expand.Replace(string(script))) {
					columns := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
					switch command := columns[0]; {
					case len(columns) == 1:
					case kind == "c":
						p.answers(t, command, cmp.Or(onlyInC[command], columns[1]))
					default:
						p.answers(t, command, columns[len(columns)-1])
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
