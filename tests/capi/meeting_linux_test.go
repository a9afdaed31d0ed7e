package capi

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// textNames is what the segments are called that read_text reads: a C string in C, the QDataStream of one in C++.
var textNames = map[string]string{"c": "MySharedMemory", "cpp": "test"}

// meeting is an example and a real Qt, which see the same objects.
type meeting struct {
	*testing.T
	dir      string // TMPDIR of both
	language string
	qt       string
}

// meetings runs a test for the examples of each language with each Qt, and fails it for what is left in TMPDIR.
func meetings(t *testing.T, test func(m meeting)) {
	for _, language := range []string{"c", "cpp"} {
		for _, qt := range []string{"qtpeer-qt5", "qtpeer-qt6"} {
			t.Run(language+" "+qt, func(t *testing.T) {
				m := meeting{t, t.TempDir(), language, qt}
				test(m)
				if left, err := os.ReadDir(m.dir); err != nil || len(left) > 0 {
					t.Errorf("left behind: %v, %v", left, err)
				}
			})
		}
	}
}

// peer starts a Qt peer with an object s of a name.
func (m meeting) peer(name string) *conversation {
	m.Helper()
	qt := converse(m.T, m.dir, m.qt)
	qt.ask("segment s " + name)
	return qt
}

// shareText starts a Qt peer that shares a text, percent-encoded, for read_text.
func (m meeting) shareText(words string) *conversation {
	m.Helper()
	qt := m.peer(textNames[m.language])
	qt.ask("create s 1024", "put s "+map[string]string{"c": "text", "cpp": "cstring"}[m.language]+" "+words)
	return qt
}

func (m meeting) leaves(qt *conversation) {
	m.Helper()
	qt.ask("exit")
	if rest, status := qt.end(); status != 0 {
		m.Errorf("%s ends with %d: %s", qt.name, status, rest)
	}
}

func (m meeting) example(name string) *conversation {
	m.Helper()
	return converse(m.T, m.dir, "example_"+m.language+"_"+name)
}

// gives runs an example that ends by itself with that status, and returns what it prints.
func (m meeting) gives(status int, name string) string {
	m.Helper()
	out, got := m.example(name).end()
	if got != status {
		m.Errorf("%s ends with %d, not %d: %.200q", name, got, status, out)
	}
	return out
}

// fails runs an example that must end with status 1 and a line that contains each of words.
func (m meeting) fails(name string, words ...string) {
	m.Helper()
	out := m.gives(1, name)
	for _, word := range words {
		if !strings.Contains(out, word) || strings.Count(out, "\n") != 1 {
			m.Errorf("%s prints %q; want a line with %q", name, out, word)
		}
	}
}

// toFullDisk runs an example that must say that it cannot write its output.
func (m meeting) toFullDisk(name string) {
	m.Helper()
	program := filepath.Join(built(m.T, "bin"), "example_"+m.language+"_"+name)
	out, status := converse(m.T, m.dir, "/bin/sh", "-c", program+" >/dev/full").end()
	if status != 1 || out != "standard output: No space left on device\n" {
		m.Errorf("%s >/dev/full ends with %d: %q", name, status, out)
	}
}

// stays starts an example that goes on until Enter is pressed.
func (m meeting) stays(name string) *conversation {
	m.Helper()
	e := m.example(name)
	if line := e.line(); !strings.HasSuffix(line, "Press Enter to end.") {
		m.Fatalf("%s prints %q", name, line)
	}
	return e
}

func (m meeting) enter(e *conversation) {
	m.Helper()
	e.send("")
	if rest, status := e.end(); rest != "" || status != 0 {
		m.Errorf("%s ends with %d: %q", e.name, status, rest)
	}
}

// waits returns when a thread waits for the lock of the segment of a name.
func (m meeting) waits(name string) {
	m.Helper()
	observer := converse(m.T, m.dir, "qtpeer", "peer")
	for observer.ask("probe segment "+name) != "0 1" {
	}
	observer.ask("exit")
	observer.end()
}
