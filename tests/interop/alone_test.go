//go:build linux

package interop

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestPeersAlone gives the peers in C and C++ input that the driver does not.
func TestPeersAlone(t *testing.T) {
	defer wantNothingLeft(t)()
	for name, test := range map[string]struct {
		input string
		lines []string
	}{
		"no input":              {},
		"a line without an end": {input: "segment a x\ncreate a 4\nhello", lines: []string{"ok %2F", "ok 4"}},
		"nothing after exit":    {input: "exit\nhello\n", lines: []string{"ok"}},
		"objects at the end":    {input: "segment a x\ncreate a 4\nlock a\nsem s x 1 open\n", lines: []string{"ok %2F", "ok 4", "ok", "ok"}},
		"objects at exit":       {input: "segment a x\ncreate a 4\nlock a\nsem s x 1 open\nexit\n", lines: []string{"ok %2F", "ok 4", "ok", "ok", "ok"}},
		"an empty line":         {input: "\nhello\n", lines: []string{"err Usage one space", "ok c"}},
		"a NUL":                 {input: "key \x00\n", lines: []string{"err Usage a NUL"}},
		"one line of error":     {input: "attached a\tb\rc\n", lines: []string{"err Usage no segment has the ID a b c"}},
		"a long word":           {input: "decode text " + strings.Repeat("61", 1<<20) + "\n", lines: []string{"ok " + strings.Repeat("a", 1<<20)}},
		"no such semaphore":     {input: "sem e % 1 create\nclose e\n", lines: []string{"err KeyError", "err Usage"}},
		"a native key's type": { // no POSIX object's name has two slashes
			input: "segment a %2Fa%2Fb native\nattach a\nkeys safe posix\nsegment b %2Fa%2Fb native\nattach b\n",
			lines: []string{"ok %2Fa%2Fb", "err NotFound", "ok", "ok %2Fa%2Fb", "err KeyError"}},
		"more than fits": {input: "segment a x\ncreate a 4\nput a text " + strings.Repeat("a", 1<<16) + "\nget a text\n",
			lines: []string{"ok %2F", "ok 4", "ok 65537", "ok aaaa\n"}},
	} {
		for _, kind := range []string{"c", "c++"} {
			t.Run(name+" "+kind, func(t *testing.T) {
				runAlone(t, programs(t)[kind], test.input, test.lines, "", 0)
			})
		}
	}
}

// TestCapipeerFlags starts the C peer as a person might.
func TestCapipeerFlags(t *testing.T) {
	const usage = "usage: capipeer [--break-dead-lock]\n"
	for flags, test := range map[string]struct {
		lines     []string
		complaint string
		status    int
	}{
		"--break-dead-lock":                   {lines: []string{"ok %2F"}},
		"--break-dead-lock --break-dead-lock": {complaint: usage, status: 2},
		"--qt-version 5.6.0":                  {complaint: usage, status: 2},
		"--nonsense":                          {complaint: usage, status: 2},
	} {
		t.Run(flags, func(t *testing.T) {
			program := append(programs(t)["c"], strings.Fields(flags)...)
			runAlone(t, program, "key a\n", test.lines, test.complaint, test.status)
		})
	}
}

// TestCapipeerRules: Qt 5.8 leaves TMPDIR relative. A version that is unknown changes nothing.
func TestCapipeerRules(t *testing.T) {
	const input = "setenv TMPDIR rel\nrules 5.8\nkey a\nrules 4.3\nkey a\nrules %\nkey a\n"
	lines := []string{"ok", "ok", "ok rel%2F", "err Range", "ok rel%2F", "ok", "ok %2F"}
	runAlone(t, programs(t)["c"], input, lines, "", 0)
}

// TestQtPeersAlone gives the C++ Qt peers what Qt refuses: a QRegExp, which Qt 6 has not and does not say so, and with little memory
// a list of 2^31-1 values, for which Qt 5 wants it at once.
func TestQtPeersAlone(t *testing.T) {
	defer wantNothingLeft(t)()
	const input = "sem e % 1 create\nclose e\nsegment k x text\nclose k\nattached a\n" +
		"decode qvariant-9 0000001b0000000000000000000000\ndecode qvariant-9 00000009007fffffff00000000\n"
	for kind, variants := range map[string][]string{
		"qt5": {"ok 0000001b", "err OutOfResources"},
		"qt6": {"err BadData no type", "err BadData"},
	} {
		t.Run(kind, func(t *testing.T) {
			program := append([]string{"sh", "-c", `ulimit -v 2000000; exec "$0"`}, programs(t)[kind]...)
			lines := []string{"err KeyError", "err Usage", "unsupported", "err Usage", "err Usage"}
			runAlone(t, program, input, append(lines, variants...), "", 0)
		})
	}
}

// runAlone gives a program input, and wants lines that begin so, a complaint, a status, and no files.
func runAlone(t *testing.T, program []string, input string, lines []string, complaint string, status int) {
	t.Helper()
	var output, complaints strings.Builder
	dir := t.TempDir()
	peer := exec.Command(program[0], program[1:]...)
	peer.Env = append(os.Environ(), "TMPDIR="+dir)
	peer.Stdin, peer.Stdout, peer.Stderr = strings.NewReader(input), &output, &complaints
	err := peer.Run()
	if peer.ProcessState == nil || peer.ProcessState.ExitCode() != status || complaints.String() != complaint {
		t.Errorf("%v, %q; want status %d, %q", err, &complaints, status, complaint)
	}
	if got := slices.Collect(strings.Lines(output.String())); !slices.EqualFunc(got, lines, strings.HasPrefix) {
		t.Errorf("answers %.200q, want %.200q", got, lines)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
