package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/realqt"
)

// implementations are the peers that this program can be, by their flags: itself, a Qt of the system, and one of those
// whose core libraries INTEROP_QT names by path.
var implementations = func() map[string][]string {
	all := map[string][]string{"go": nil, "qt5": {"--qt", "qt5"}, "qt6": {"--qt", "qt6"}}
	for _, library := range strings.Fields(os.Getenv("INTEROP_QT")) {
		all[buildPrefix+filepath.Base(filepath.Dir(library))] = []string{"--qt", library}
	}
	return all
}()

// buildPrefix begins the names of those that are not the system's. They have no QtGui beside them.
const buildPrefix = "build-"

func isBuild(implementation string) bool { return strings.HasPrefix(implementation, buildPrefix) }

// testPeer is a peer and what it says.
type testPeer struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
	raw io.Closer // the pipe behind out
	err bytes.Buffer
}

// startPeer starts a peer with the TMPDIR of the test. It is killed with the test unless it has ended.
func startPeer(t *testing.T, implementation string, flags ...string) *testPeer {
	t.Helper()
	p := &testPeer{t: t, cmd: qtpeer(t, slices.Concat([]string{"peer"}, implementations[implementation], flags)...)}
	p.cmd.Stderr = &p.err
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.in, p.out, p.raw = in, bufio.NewReader(out), out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			_ = p.cmd.Process.Kill()
			_ = p.cmd.Wait()
		}
	})
	return p
}

func (p *testPeer) send(command string) {
	p.t.Helper()
	if _, err := fmt.Fprintln(p.in, command); err != nil {
		p.t.Fatal(err)
	}
}

func (p *testPeer) receive() string {
	p.t.Helper()
	line, err := p.out.ReadString('\n')
	if err != nil {
		p.t.Fatalf("no answer: %v, %s", err, p.err.String())
	}
	return strings.TrimSuffix(line, "\n")
}

func (p *testPeer) ask(command string) string {
	p.t.Helper()
	p.send(command)
	return p.receive()
}

// want sends a command and compares the answer, of an error only its code.
func (p *testPeer) want(command, answer string) {
	p.t.Helper()
	p.send(command)
	p.wantAnswer(command, answer)
}

func (p *testPeer) wantAnswer(command, answer string) {
	p.t.Helper()
	got := p.receive()
	if code, isError := strings.CutPrefix(answer, "err "); isError {
		if !strings.HasPrefix(got, "err "+code+" ") || len(got) < len("err "+code+" ")+3 {
			p.t.Errorf("%s: %q, want %s and a reason", command, got, answer)
		}
	} else if got != answer {
		p.t.Errorf("%s: %q, want %q", command, got, answer)
	}
}

// end waits for the end of the process.
func (p *testPeer) end() {
	p.t.Helper()
	if rest, err := io.ReadAll(p.out); err != nil || len(rest) > 0 {
		p.t.Errorf("unasked: %q, %v", rest, err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("%v: %s", err, p.err.String())
	}
}

// privateDir makes a TMPDIR that must be empty when the test ends, and has the mode that Qt wants of a runtime directory.
func privateDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", dir)
	t.Cleanup(func() { wantFiles(t, dir) })
	return dir
}

// TestConversation holds the conversation of testdata/conversation.txt with each peer.
func TestConversation(t *testing.T) {
	script, err := os.ReadFile("testdata/conversation.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name := range implementations {
		t.Run(name, func(t *testing.T) {
			dir := privateDir(t)
			p := startPeer(t, name)
			qt := qtVersion(t, name)
			release, hello, huge := releaseOf(qt), "qt "+qt, "OutOfResources"
			switch {
			case release == 0:
				hello = "go " + version
			case release < 600:
				huge = "InvalidSize" // create() takes an int
			}
			expand := strings.NewReplacer(
				"$HELLO", fmt.Sprintf("%s %d", hello, p.cmd.Process.Pid), "$HUGE", huge, "$T", textWord([]byte(dir)),
				"$SHA", "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
				"$ONE", hex.EncodeToString(binary.NativeEndian.AppendUint32(nil, 1)))
			for line := range strings.Lines(string(script)) {
				columns := strings.Split(strings.TrimSuffix(expand.Replace(line), "\n"), " | ")
				switch command := columns[0]; {
				case len(columns) < 2:
				case isBuild(name) && strings.Contains(command, " qimage "):
					p.want(command, "unsupported")
				default:
					p.want(command, answerOf(release, columns[1:]))
				}
			}
			p.end()
		})
	}
}

// qtVersion returns the version of the Qt that a peer drives, empty for Go's.
func qtVersion(t *testing.T, implementation string) string {
	t.Helper()
	switch {
	case implementation == "go":
		return ""
	case isBuild(implementation):
		return strings.TrimPrefix(implementation, buildPrefix)
	}
	q, err := realqt.Load(implementation) // of the system's, of which there is one of each generation
	if err != nil {
		t.Fatalf("%v\nrun `make deps` to install what the tests need", err)
	}
	return q.Version()
}

// releaseOf returns 606 for 6.6.x, and 0 for no version.
func releaseOf(version string) int {
	var major, minor int
	_, _ = fmt.Sscanf(version, "%d.%d", &major, &minor)
	return 100*major + minor
}

// answerOf returns the answer of a release of Qt, of Go if that is 0.
func answerOf(release int, answers []string) string {
	answer := answers[len(answers)-1]
	switch {
	case release == 0:
		answer = answers[0]
	case release >= 606 && len(answers) > 1:
		answer = answers[1]
	}
	if answer == "=" {
		return answers[0]
	}
	return answer
}

// The end of the input closes every object; an unfinished line before it is not carried out.
func TestEndOfInput(t *testing.T) {
	for name := range implementations {
		t.Run(name, func(t *testing.T) {
			privateDir(t)
			p := startPeer(t, name)
			p.ask("segment a test")
			p.want("create a 8", "ok 8")
			p.want("sem s jobs 1 create", "ok")
			if _, err := io.WriteString(p.in, "hello"); err != nil {
				t.Fatal(err)
			}
			p.in.Close()
			p.end()
		})
	}
}

// A driver that has died closes every object as well.
func TestDriverDies(t *testing.T) {
	privateDir(t)
	p := startPeer(t, "go")
	p.ask("segment a test")
	p.want("create a 8", "ok 8")
	if err := p.raw.Close(); err != nil {
		t.Fatal(err)
	}
	p.send("hello")
	if err := p.cmd.Wait(); exitStatus(err) != 1 || !strings.Contains(p.err.String(), "broken pipe") {
		t.Errorf("%v, %q", err, p.err.String())
	}
}

func TestPeerOfNoQt(t *testing.T) {
	for library, want := range map[string]string{"/nosuch/libQt6Core.so.6": "nosuch", "libc.so.6": "not a Qt core library"} {
		out, err := qtpeer(t, "peer", "--qt", library).CombinedOutput()
		if exitStatus(err) != 1 || !strings.HasPrefix(string(out), "qtpeer: --qt: ") || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v, %q", library, err, out)
		}
	}
}
