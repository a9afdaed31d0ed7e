package capi

import (
	"encoding/hex"
	"strconv"
	"strings"
	"testing"
)

// windowsMeeting is an example and a real Qt for Windows, which see the same objects.
type windowsMeeting struct {
	*testing.T
	wine     string
	language string
	qt       string // the path of its DLL
}

// windowsMeetings runs a test for the examples of each language with an old Qt and a new one.
func windowsMeetings(t *testing.T, test func(m windowsMeeting)) {
	for _, language := range []string{"c", "cpp"} {
		for version, file := range map[string]string{"5.15.2": "Qt5Core.dll", "6.8.3": "Qt6Core.dll"} {
			t.Run(language+" "+version, func(t *testing.T) {
				build := version + "-windows"
				qt := needed(t, ".cache/qt/"+build+"/"+file, "go run ./tests/qt/builds "+build)
				test(windowsMeeting{t, wine(t), language, windowsPath(qt)})
			})
		}
	}
}

// peer starts a Qt peer with an object s of a name.
func (m windowsMeeting) peer(name string) *conversation {
	m.Helper()
	qt := converse(m.T, m.TempDir(), m.wine, exe(m.T, "qtpeer"), "peer", "--qt", m.qt)
	qt.ask("segment s " + name)
	return qt
}

func (m windowsMeeting) leaves(qt *conversation) {
	m.Helper()
	qt.ask("exit")
	if rest, status := qt.end(); status != 0 {
		m.Errorf("Qt ends with %d: %s", status, rest)
	}
}

func (m windowsMeeting) example(name string) *conversation {
	m.Helper()
	return converse(m.T, m.TempDir(), m.wine, exe(m.T, "example_"+m.language+"_"+name))
}

// gives runs an example that ends by itself with that status, and returns what it prints.
func (m windowsMeeting) gives(status int, name string) string {
	m.Helper()
	out, got := m.example(name).end()
	if got != status {
		m.Errorf("%s ends with %d, not %d: %.200q", name, got, status, out)
	}
	return out
}

// stays starts an example that goes on until Enter is pressed, and waits until Qt sees its segment: what a C program writes to
// standard error comes late through a pipe, unlike on Linux.
func (m windowsMeeting) stays(name string, qt *conversation) *conversation {
	m.Helper()
	e := m.example(name)
	for line := ""; !strings.HasPrefix(line, "ok "); line = qt.line() {
		qt.send("attach s")
	}
	return e
}

func (m windowsMeeting) enter(e *conversation) {
	m.Helper()
	e.send("")
	if rest, status := e.end(); !strings.HasSuffix(rest, "Press Enter to end.\r\n") || status != 0 {
		m.Errorf("%s ends with %d: %q", e.name, status, rest)
	}
}

func TestExampleReadTextOnWindows(t *testing.T) {
	windowsMeetings(t, func(m windowsMeeting) {
		if out := m.gives(1, "read_text"); !strings.Contains(out, "no such segment") {
			m.Errorf("read_text prints %q where there is no text", out)
		}
		qt := m.peer(textNames[m.language])
		qt.ask("create s 1024", "put s "+map[string]string{"c": "text", "cpp": "cstring"}[m.language]+" Hello%2C%20world%21")
		if out := m.gives(0, "read_text"); out != "Hello, world!\r\n" {
			m.Errorf("read_text prints %q", out)
		}
		m.leaves(qt)
	})
}

func TestExamplePublishIntOnWindows(t *testing.T) {
	windowsMeetings(t, func(m windowsMeeting) {
		qt := m.peer("test_shared")
		e := m.stays("publish_int", qt)
		for qt.ask("get s int32") != "42" { // it is written after the segment was made
		}
		qt.ask("detach s")
		m.enter(e)
		qt.refuses("NotFound", "attach s")
		m.leaves(qt)
	})
}

// What a program writes as text has its lines ended in another way on Windows, which would spoil a PNG file.
func TestExampleSaveImageOnWindows(t *testing.T) {
	file := paint(t)
	windowsMeetings(t, func(m windowsMeeting) {
		qt := m.peer("QSharedMemoryExample")
		qt.ask("create s "+strconv.Itoa(len(file)+4), "write s 0 00000001"+hex.EncodeToString(file))
		if out := m.gives(0, "save_image"); out != string(file) {
			m.Errorf("save_image writes %d bytes, which are not the PNG file of %d", len(out), len(file))
		}
		m.leaves(qt)
	})
}

func TestExampleSingleInstanceOnWindows(t *testing.T) {
	windowsMeetings(t, func(m windowsMeeting) {
		qt := m.peer("my_application")
		qt.ask("create s 1")
		if out := m.gives(2, "single_instance"); !strings.HasPrefix(out, "It is running already: ") {
			m.Errorf("single_instance prints %q", out)
		}
		qt.ask("detach s")

		e := m.stays("single_instance", qt)
		qt.ask("detach s")
		qt.refuses("AlreadyExists", "create s 1")
		e.kill() // Windows forgets what a killed instance has
		e = m.stays("single_instance", qt)
		qt.ask("detach s")
		m.enter(e)
		qt.refuses("NotFound", "attach s")
		m.leaves(qt)
	})
}
