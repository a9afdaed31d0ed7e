package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// TestProgress: a terminal has one line again and again, a file a line now and then.
func TestProgress(t *testing.T) {
	for _, terminal := range []bool{true, false} {
		var out bytes.Buffer
		p := &progress{out: &out, terminal: terminal, total: 4, count: map[results.Verdict]int{}, start: time.Now().Add(-3 * time.Second)}
		p.add(results.Cell{Case: "S1-text", World: "posix-safe", Creator: "go", Partner: "c", Verdict: results.Fail})
		p.told = time.Now()
		p.add(results.Cell{Case: "soon after", Verdict: results.Pass})
		p.told = time.Time{}
		p.add(results.Cell{Case: "later", Verdict: results.Pass})
		p.clear()
		text := out.String()
		for _, want := range []string{"1 of 4 cells, 1 fail, 9s left: S1-text posix-safe go->c", "3 of 4 cells, 1 fail, 1s left: later"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q lacks %q", text, want)
			}
		}
		if strings.Contains(text, "soon after") {
			t.Errorf("%q tells of each cell", text)
		}
		if lines := strings.Count(text, "\n"); terminal && (lines != 0 || !strings.HasSuffix(text, "\r\x1b[K")) || !terminal && (lines != 2 || strings.Contains(text, "\x1b")) {
			t.Errorf("terminal %v: %q", terminal, text)
		}
	}
}
