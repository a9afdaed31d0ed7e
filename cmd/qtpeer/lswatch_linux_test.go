package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"github.com/shmbridge/shmbridge/bridge"
)

// watching is a running "qtpeer ls --watch", and what it prints.
type watching struct {
	t    *testing.T
	cmd  *exec.Cmd
	out  *bufio.Scanner
	last string
}

func (w *watching) start() {
	w.t.Helper()
	w.out.Buffer(nil, 1<<24)
	if err := w.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		_ = w.cmd.Process.Kill()
		_ = w.cmd.Wait()
	})
}

// until reads until what is printed has the text, or has it no more.
func (w *watching) until(text string, has bool) {
	w.t.Helper()
	for w.out.Scan() {
		if w.last = w.out.Text(); strings.Contains(w.last, text) == has {
			return
		}
	}
	w.t.Fatalf("it ends before %q is there: %v, %v", text, has, w.out.Err())
}

func (w *watching) interrupt() {
	w.t.Helper()
	if err := w.cmd.Process.Signal(os.Interrupt); err != nil {
		w.t.Fatal(err)
	}
	for w.out.Scan() {
	}
	if err := w.cmd.Wait(); err != nil {
		w.t.Error(err)
	}
}

func createNamed(t *testing.T, name string) *bridge.Segment {
	t.Helper()
	key, err := bridge.LegacyKey(name)
	if err != nil {
		t.Fatal(err)
	}
	segment, err := bridge.Create(t.Context(), key, 1)
	if err != nil {
		t.Fatal(err)
	}
	return segment
}

func TestWatchPrintsWhatChanges(t *testing.T) {
	privateDir(t)
	name := letters()
	w := &watching{t: t, cmd: qtpeer(t, "ls", "--watch", "--json")}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	w.out = bufio.NewScanner(out)
	w.start()
	w.until(name, false)
	segment := createNamed(t, name)
	w.until(`?legacyKey=`+name+`"`, true)
	if err := segment.Detach(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.until(name, false)
	w.interrupt()
}

func TestWatchPrintsNothingTwice(t *testing.T) {
	l := &lister{family: "windows", revealer: newRevealer(nil)} // there is none here
	var out, notes bytes.Buffer
	var last []byte
	for _, want := range []string{"[]\n", ""} {
		var err error
		if last, err = l.show(screen{Writer: &out}, &notes, true, last); err != nil || out.String() != want {
			t.Errorf("%q, %v, want %q", out.String(), err, want)
		}
		out.Reset()
	}
}

func TestWatchWithoutTerminalPrintsTables(t *testing.T) {
	privateDir(t)
	w := &watching{t: t, cmd: qtpeer(t, "ls", "--watch")}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	w.out = bufio.NewScanner(out)
	w.start()
	w.until("KEY ", true)
	name := letters()
	segment := createNamed(t, name)
	w.until("KEY ", true)
	w.until(name+"  ", true)
	if err := segment.Detach(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.interrupt()
}

// A terminal gets the whole table each second, in the place of the last one.
func TestWatchOnTerminal(t *testing.T) {
	privateDir(t)
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	name := letters()
	control, terminal := openTerminalPair(t)
	onDescriptor(t, terminal, func(fd int) error {
		return unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 1000, Col: 120})
	})
	w := &watching{t: t, cmd: qtpeer(t, "ls", "--watch"), out: bufio.NewScanner(control)}
	w.cmd.Stdout = terminal
	w.out.Split(func(data []byte, _ bool) (int, []byte, error) { // into frames
		end := bytes.Index(data, []byte(clearBelow))
		if end < 0 {
			return 0, nil, nil
		}
		return end + len(clearBelow), data[:end], nil
	})
	w.start()
	w.until(name, false)
	segment := createNamed(t, name)
	for !strings.Contains(w.last, name) && w.out.Scan() { // the same again is all right
		w.last = w.out.Text()
	}
	if !strings.HasPrefix(w.last, home+"KEY ") || !strings.Contains(w.last, clearLine+"\r\n"+name+"  ") ||
		!strings.Contains(w.last, "\x1b[32min use") {
		t.Errorf("%q", w.last)
	}
	if err := segment.Detach(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := w.cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestRedrawFitsTheScreen(t *testing.T) {
	for height, want := range map[int]int{3: 2, 5: 4, 24: 9} {
		var out bytes.Buffer
		l := objects(time.Now())
		if err := l.redraw(screen{&out, 60, height, false}); err != nil {
			t.Fatal(err)
		}
		frame, ok := strings.CutSuffix(out.String(), clearBelow)
		if lines := strings.Split(frame, clearLine+"\n"); !ok || len(lines)-1 != want || lines[len(lines)-1] != "" {
			t.Errorf("height %d: %q, want %d lines", height, out.String(), want)
		}
		for line := range strings.SplitSeq(frame, clearLine+"\n") {
			if n := utf8.RuneCountInString(line) - len(home); n > 60 {
				t.Errorf("a line of %d characters: %s", n, line)
			}
		}
	}
}
