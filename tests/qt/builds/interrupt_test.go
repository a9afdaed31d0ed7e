//go:build linux && amd64

package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// stuck is the program, started in a tree, when its pip for Qt 9.99.2 has downloaded half of the wheel and Qt 9.99.1 is
// complete.
type stuck struct {
	t       *testing.T
	program *exec.Cmd
	words   *bufio.Reader // its standard error
	stop    *os.File      // what that pip waits for the end of
}

func (tr *tree) startStuck() *stuck {
	tr.t.Helper()
	tr.add("9.99.1", "icu")
	tr.add("9.99.2", "icu")
	fifo := filepath.Join(tr.pip, "stop")
	tr.must(syscall.Mkfifo(fifo, 0o600))
	tr.tellPip("Fake_Qt-9.99.2.reads", fifo)

	tr.wrapPip()
	program := exec.Command(tr.program)
	program.Args = []string{"builds", "-j", "1"}
	words, err := program.StderrPipe()
	tr.must(err)
	tr.must(program.Start())
	stop, err := os.OpenFile(fifo, os.O_WRONLY, 0) // returns when the pip has opened it
	tr.must(err)
	tr.must(os.Remove(filepath.Join(tr.pip, "Fake_Qt-9.99.2.reads"))) // the next pip does not stop
	return &stuck{tr.t, program, bufio.NewReader(words), stop}
}

// end lets the pip go on and waits for the program. It returns its exit status and all that it said.
func (s *stuck) end() (status int, stderr string) {
	s.t.Helper()
	s.stop.Close()
	said, err := io.ReadAll(s.words)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = s.program.Wait() // the status says it
	return s.program.ProcessState.ExitCode(), string(said)
}

// goOn runs the program again and wants everything.
func (tr *tree) goOn() {
	tr.t.Helper()
	before := len(tr.calls())
	stdout, _, err := runHere(1)
	if err != nil || stdout != tr.paths("9.99.1", "9.99.2") {
		tr.t.Errorf("the next run printed %q, error %v", stdout, err)
	}
	if added := tr.calls()[before:]; len(added) != 2 || !strings.HasSuffix(added[1], "==9.99.2") {
		tr.t.Errorf("the next run called pip as %q, want only what was not complete", added)
	}
	tr.wantComplete("9.99.1", "9.99.2")
}

func TestInterrupted(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			tr := newTree(t)
			s := tr.startStuck()
			tr.must(s.program.Process.Signal(signal))
			pipEnded(t, s.stop)
			status, stderr := s.end()
			if want := "interrupted; what is complete stays, run this again to go on\n"; status != 1 || !strings.HasSuffix(stderr, want) {
				t.Errorf("status %d after %q, want 1 and at the end %q", status, stderr, want)
			}
			tr.wantComplete("9.99.1")
			tr.goOn()
		})
	}
}

// pipEnded waits until the named pipe has no reader any more: the program has stopped its pip.
func pipEnded(t *testing.T, stop *os.File) {
	t.Helper()
	for {
		if _, err := stop.Write(make([]byte, 4096)); errors.Is(err, syscall.EPIPE) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// The pip of a killed run lives on, and the next run waits for its end.
func TestKilled(t *testing.T) {
	tr := newTree(t)
	s := tr.startStuck()
	tr.must(s.program.Process.Kill())
	if state, err := s.program.Process.Wait(); err != nil || state.ExitCode() != -1 {
		t.Fatalf("killed: %v, %v", state, err)
	}
	if left, err := filepath.Glob(filepath.Join(cacheDir, "tmp-9.99.2-*")); err != nil || len(left) != 1 {
		t.Errorf("the killed run left %q, %v; this test is to begin with something left", left, err)
	}
	next := tr.startWaiting()
	s.stop.Close()
	if stdout, _, err := next(); err != nil || stdout != tr.paths("9.99.1", "9.99.2") {
		t.Errorf("the next run printed %q, error %v", stdout, err)
	}
	tr.wantComplete("9.99.1", "9.99.2")
}

// What a run leaves that is killed while it unpacks.
func TestHalfUnpackedIsNotComplete(t *testing.T) {
	tr := newTree(t)
	tr.add("9.99.1", "icu")
	half := filepath.Join(cacheDir, "tmp-9.99.1-1234", "unpacked")
	tr.must(os.MkdirAll(half, 0o755))
	tr.must(os.WriteFile(filepath.Join(half, "libQt5Core.so.5"), []byte("half"), 0o644))
	stdout, _, err := runHere(1)
	if err != nil || stdout != tr.paths("9.99.1") {
		t.Errorf("printed %q, error %v", stdout, err)
	}
	tr.wantComplete("9.99.1")
}

// A second run waits for the first only if it lacks something, and then has nothing to do.
func TestTwoRuns(t *testing.T) {
	tr := newTree(t)
	s := tr.startStuck()
	if stdout, stderr, err := runHere(1, "9.99.1"); err != nil || stdout != tr.paths("9.99.1") || stderr != "" {
		t.Errorf("for what is complete it printed %q and %q, error %v", stdout, stderr, err)
	}
	second := tr.startWaiting()
	calls := len(tr.calls())
	if status, stderr := s.end(); status != 0 {
		t.Errorf("the first run: status %d, %s", status, stderr)
	}
	if stdout, stderr, err := second(); err != nil || stdout != tr.paths("9.99.1", "9.99.2") || stderr != "" {
		t.Errorf("printed %q and %q, error %v, although the other run brought all", stdout, stderr, err)
	}
	if more := tr.calls()[calls:]; len(more) > 0 {
		t.Errorf("it called pip: %q", more)
	}
	tr.wantComplete("9.99.1", "9.99.2")
}

// startWaiting starts a run that has to wait for another one and returns when it says so. end waits for its end and returns
// what it said from there on.
func (tr *tree) startWaiting() (end func() (stdout, stderr string, err error)) {
	tr.t.Helper()
	read, write, err := os.Pipe()
	tr.must(err)
	var stdout bytes.Buffer
	ended := make(chan error, 1)
	go func() {
		defer write.Close()
		ended <- run(&stdout, write, 1, nil)
	}()
	words := bufio.NewReader(read)
	if line, err := words.ReadString('\n'); err != nil || !strings.HasPrefix(line, "waiting for another run that adds builds to ") {
		tr.t.Errorf("it said %q, %v", line, err)
	}
	return func() (string, string, error) {
		defer read.Close()
		rest, err := io.ReadAll(words)
		err = errors.Join(err, <-ended)
		return stdout.String(), string(rest), err
	}
}
