//go:build linux

package interop

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestCapipeerAlone gives the C peer flags and input that the driver does not. Of its lines the beginnings are compared.
func TestCapipeerAlone(t *testing.T) {
	defer wantNothingLeft(t)()
	const usage = "usage: capipeer [--qt-version VERSION]"
	for name, test := range map[string]struct {
		flags, input string
		lines        []string
		complaint    string
		status       int
	}{
		"no input":              {},
		"a line without an end": {input: "segment a x\ncreate a 4\nhello", lines: []string{"ok %2F", "ok 4"}},
		"nothing after exit":    {input: "exit\nhello\n", lines: []string{"ok"}},
		"an empty line":         {input: "\nhello\n", lines: []string{"err Usage one space", "ok c "}},
		"a NUL":                 {input: "key \x00\n", lines: []string{"err Usage a NUL"}},
		"one line of error":     {input: "attached a\tb\rc\n", lines: []string{"err Usage no segment has the ID a b c"}},
		"a long word":           {input: "decode text " + strings.Repeat("61", 1<<20) + "\n", lines: []string{"ok " + strings.Repeat("a", 1<<20)}},
		"more than fits": {input: "segment a x\ncreate a 4\nput a text " + strings.Repeat("a", 1<<16) + "\nget a text\n",
			lines: []string{"ok %2F", "ok 4", "ok 65537", "ok aaaa\n"}},
		"unknown flag":    {flags: "--nonsense", input: "hello\n", complaint: usage, status: 2},
		"no version":      {flags: "--qt-version", complaint: usage, status: 2},
		"no such version": {flags: "--qt-version 3.1", input: "key a\n", lines: []string{"err Range rules of Qt"}},
		"both flags":      {flags: "--break-dead-lock --qt-version 5.6.0", input: "key a\n", lines: []string{"ok %2F"}},
	} {
		t.Run(name, func(t *testing.T) {
			var output, complaint strings.Builder
			peer := exec.Command(programs(t)["c"][0], strings.Fields(test.flags)...)
			peer.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
			peer.Stdin, peer.Stdout, peer.Stderr = strings.NewReader(test.input), &output, &complaint
			err := peer.Run()
			if peer.ProcessState == nil || peer.ProcessState.ExitCode() != test.status || !strings.HasPrefix(complaint.String(), test.complaint) {
				t.Errorf("%v, %q; want status %d, %q", err, &complaint, test.status, test.complaint)
			}
			if lines := slices.Collect(strings.Lines(output.String())); !slices.EqualFunc(lines, test.lines, strings.HasPrefix) {
				t.Errorf("answers %.200q, want %.200q", lines, test.lines)
			}
		})
	}
}
