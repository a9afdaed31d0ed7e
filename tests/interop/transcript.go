package interop

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// transcript is what the peers of a cell were told and what they said, in order. A question asked again and again with
// the same answer is there once.
type transcript struct {
	mu    sync.Mutex
	lines []string
}

// tooLong is where a line of a transcript is cut.
const tooLong = 120

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
	t.lines = append(t.lines, fmt.Sprintf("    %-10s %-6s %s", label, direction, shorten(strings.TrimSuffix(line, "\n"), tooLong)))
	if n := len(t.lines); n >= 4 && slices.Equal(t.lines[n-4:n-2], t.lines[n-2:]) {
		t.lines = t.lines[:n-2]
	}
}

// tooMany is how many lines are shown of a longer transcript: the last ones.
const tooMany = 200

func (t *transcript) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if more := len(t.lines) - tooMany; more > 0 {
		return fmt.Sprintf("    (%d lines)\n%s", more, strings.Join(t.lines[more:], "\n"))
	}
	return strings.Join(t.lines, "\n")
}

// lineWriter is an io.Writer that hands on line by line what is written to it.
type lineWriter func(line string)

func (w lineWriter) Write(p []byte) (int, error) {
	for line := range bytes.Lines(p) {
		w(string(line))
	}
	return len(p), nil
}
