//go:build linux

package interop

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// TestConversationInCpp holds the conversation in which cmd/qtpeer tests its peers with the C++ peers. Of whatever Qt they
// are, they answer like one before 6.6, in the last column: they do not use what that brought.
func TestConversationInCpp(t *testing.T) {
	script, err := os.ReadFile("../../cmd/qtpeer/testdata/conversation.txt")
	if err != nil {
		t.Fatal(err)
	}
	for kind, huge := range map[string]string{"qt5": "InvalidSize", "qt6": "OutOfResources"} { // Qt 5's create() takes an int
		t.Run(kind, func(t *testing.T) {
			defer wantNothingLeft(t)()
			if err := Play(programs(t), func(c *Cell) {
				p := c.Start(kind)
				expand := strings.NewReplacer(
					"$HELLO", fmt.Sprintf("qt %s %d", p.Version, p.cmd.Process.Pid), "$HUGE", huge, "$T", quote(c.dir),
					"$SHA", "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
					"$ONE", hex.EncodeToString(binary.NativeEndian.AppendUint32(nil, 1)))
				for line := range strings.Lines(expand.Replace(string(script))) {
					columns := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
					if len(columns) > 1 {
						p.answers(t, columns[0], columns[len(columns)-1])
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
