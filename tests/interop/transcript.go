package interop

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// transcript is what the peers of a cell were told and what they said, in order. A question asked again and again with
// the same answer is there once.
type transcript struct {
	mu    sync.Mutex
	notes []note
}

// note is a line of a transcript.
type note struct{ label, direction, text string }

// String cuts what was said, but not what is for people.
func (n note) String() string {
	if n.direction != "stderr" {
		n.text = shorten(n.text, tooLong)
	}
	return fmt.Sprintf("    %-10s %-6s %s", n.label, n.direction, n.text)
}

// tooLong is where a line is cut when it is shown, and longest where it is cut when it is noted.
const tooLong, longest = 120, 2000

// shorten cuts a line, such as one with a picture, after limit bytes.
func shorten(line string, limit int) string {
	if len(line) <= limit {
		return line
	}
	return fmt.Sprintf("%s... (%d characters)", line[:limit], len(line))
}

func (t *transcript) add(label, direction, line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.notes = append(t.notes, note{label, direction, shorten(strings.TrimSuffix(line, "\n"), longest)})
	if n := len(t.notes); n >= 4 && slices.Equal(t.notes[n-4:n-2], t.notes[n-2:]) {
		t.notes = t.notes[:n-2]
	}
}

// tooMany is how many lines are shown of a longer transcript: the last ones.
const tooMany = 200

func (t *transcript) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var lines []string
	more := len(t.notes) - tooMany
	if more > 0 {
		lines = append(lines, fmt.Sprintf("    (%d lines)", more))
	}
	for _, n := range t.notes[max(0, more):] {
		lines = append(lines, n.String())
	}
	return strings.Join(lines, "\n")
}

// randomParts are the parts that are others each time: of names, and what Qt makes of names.
var randomParts = regexp.MustCompile(`[A-Z2-7]{26}|(qipc_(?:sharedmemory|systemsem)_)[A-Za-z]*[0-9a-f]{40}`)

// anonymous returns the whole transcript without what is different each time, and from peer to peer: directories, process IDs,
// random names, versions. Peers are called by their roles.
func (t *transcript) anonymous(c *Cell) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	replace := []string{c.dir, "$TMPDIR", Quote(c.dir), "$TMPDIR", c.runtimeDir, "$XDG_RUNTIME_DIR", Quote(c.runtimeDir), "$XDG_RUNTIME_DIR"}
	roles := map[string]string{}
	for _, p := range c.peers {
		roles[p.label] = c.role(p)
		replace = append(replace, fmt.Sprintf("ok %s %s %s", p.impl, p.Version, p.pid), "ok KIND VERSION PID")
	}
	replacer := strings.NewReplacer(replace...)
	var text strings.Builder
	for _, n := range t.notes {
		n.text = replacer.Replace(randomParts.ReplaceAllString(n.text, "${1}RANDOM"))
		n.label = roles[n.label]
		if n.direction == "" {
			n.text = "starts"
		}
		fmt.Fprintln(&text, n)
	}
	return text.String()
}

// role says of what kind a peer is, and which of those that are no observer: the first two are creator and partner.
func (c *Cell) role(p *Peer) string {
	if p == c.watch {
		return "observer"
	}
	players := slices.DeleteFunc(slices.Clone(c.peers), func(p *Peer) bool { return p == c.watch })
	number := slices.Index(players, p)
	for i, name := range []string{"creator", "partner"} {
		if number == i || number > 1 && players[i].Kind == p.Kind {
			return name + strings.Repeat("#"+strconv.Itoa(number+1), min(1, number/2))
		}
	}
	return "other#" + strconv.Itoa(number+1)
}

// lineWriter is an io.Writer that hands on line by line what is written to it.
type lineWriter func(line string)

func (w lineWriter) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		w(string(line))
	}
	return len(p), nil
}
