package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/realqt"
)

// implementations are the peers that this program can be, by their flags: itself, a Qt of the system, of which Windows has
// none, and one of those whose core libraries INTEROP_QT names by path.
var implementations = func() map[string][]string {
	all := map[string][]string{"go": nil}
	if runtime.GOOS != "windows" {
		all["qt5"], all["qt6"] = []string{"--qt", "qt5"}, []string{"--qt", "qt6"}
	}
	for _, library := range strings.Fields(os.Getenv("INTEROP_QT")) {
		all[buildPrefix+filepath.Base(filepath.Dir(library))] = []string{"--qt", library}
	}
	return all
}()

// buildPrefix begins the names of those that are not the system's. They have no QtGui beside them.
const buildPrefix = "build-"

func isBuild(implementation string) bool { return strings.HasPrefix(implementation, buildPrefix) }

// buildVersion returns the version of a build: its name may end with the system that it is for.
func buildVersion(implementation string) string {
	version, _, _ := strings.Cut(strings.TrimPrefix(implementation, buildPrefix), "-")
	return version
}

// Without a real Qt the tests of this package prove little.
func TestThereIsAQt(t *testing.T) {
	if len(implementations) < 2 {
		t.Error("no Qt takes part: give the paths of core libraries in INTEROP_QT")
	}
}

// testPeer is a peer and what it says.
type testPeer struct {
	t    *testing.T
	isGo bool
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  <-chan string // the lines of its standard output
	raw  io.Closer     // the pipe behind out
	err  bytes.Buffer
}

// startPeer starts a peer with the TMPDIR of the test. It is killed with the test unless it has ended.
func startPeer(t *testing.T, implementation string, flags ...string) *testPeer {
	t.Helper()
	p := &testPeer{t: t, isGo: implementation == "go", cmd: qtpeer(t, slices.Concat([]string{"peer"}, implementations[implementation], flags)...)}
	p.cmd.Stderr = &p.err
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.in, p.out, p.raw = in, lines(out), out
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			_ = p.cmd.Process.Kill()
			_ = p.cmd.Wait()
		}
	})
	return p
}

// lines reads lines until the end.
func lines(r io.Reader) <-chan string {
	c := make(chan string, 1)
	go func() {
		defer close(c)
		for s := bufio.NewScanner(r); s.Scan(); {
			c <- s.Text()
		}
	}()
	return c
}

func (p *testPeer) send(command string) {
	p.t.Helper()
	if _, err := fmt.Fprintln(p.in, command); err != nil {
		p.t.Fatal(err)
	}
}

func (p *testPeer) receive() string {
	p.t.Helper()
	line, ok := <-p.out
	if !ok {
		p.t.Fatalf("no answer: %s", p.err.String())
	}
	return line
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

// sizeOf returns the size that a segment has for which n bytes were asked.
func sizeOf(n int) string {
	if runtime.GOOS == "windows" {
		const page = 4096
		n = (n + page - 1) / page * page
	}
	return strconv.Itoa(n)
}

// wantSize is want for a command whose answer is the size of a segment for which n bytes were asked.
func (p *testPeer) wantSize(command string, n int) {
	p.t.Helper()
	p.want(command, "ok "+sizeOf(n))
}

// wantSilence wants no answer for a time.
func (p *testPeer) wantSilence(d time.Duration) {
	p.t.Helper()
	select {
	case line := <-p.out:
		p.t.Fatalf("answer %q, want none yet", line)
	case <-time.After(d):
	}
}

// end waits for the end of the process.
func (p *testPeer) end() {
	p.t.Helper()
	for line := range p.out {
		p.t.Errorf("unasked: %q", line)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("%v: %s", err, p.err.String())
	}
}

// privateDir makes a TMPDIR that must be empty when the test ends, and has the mode that Qt wants of a runtime directory.
func privateDir(t *testing.T) string {
	t.Helper()
	dir := tempDir(t)
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", dir)
	t.Cleanup(func() { wantFiles(t, dir) })
	return dir
}

// qtVersion returns the version of the Qt that a peer drives, empty for Go's.
func qtVersion(t *testing.T, implementation string) string {
	t.Helper()
	switch {
	case implementation == "go":
		return ""
	case isBuild(implementation):
		return buildVersion(implementation)
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

// The end of the input closes every object; an unfinished line before it is not carried out.
func TestEndOfInput(t *testing.T) {
	for name := range implementations {
		t.Run(name, func(t *testing.T) {
			privateDir(t)
			p := startPeer(t, name)
			p.ask("segment a " + letters())
			p.wantSize("create a 8", 8)
			p.want("sem s "+letters()+" 1 create", "ok")
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
	p.ask("segment a " + letters())
	p.wantSize("create a 8", 8)
	if err := p.raw.Close(); err != nil {
		t.Fatal(err)
	}
	p.send("hello")
	if err := p.cmd.Wait(); exitStatus(err) != 1 || !strings.HasPrefix(p.err.String(), "qtpeer: write ") {
		t.Errorf("%v, %q", err, p.err.String())
	}
}

func TestPeerOfNoQt(t *testing.T) {
	other := map[bool]string{false: "libc.so.6", true: `C:\windows\system32\kernel32.dll`}[runtime.GOOS == "windows"]
	for library, want := range map[string]string{"/nosuch/libQt6Core.so.6": "nosuch", other: "not a Qt core library"} {
		out, err := qtpeer(t, "peer", "--qt", library).CombinedOutput()
		if exitStatus(err) != 1 || !strings.HasPrefix(string(out), "qtpeer: --qt: ") || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v, %q", library, err, out)
		}
	}
}
