package main

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hinshun/vt10x"
	"golang.org/x/sys/unix"
)

// testTerminal is a terminal with a program in it.
type testTerminal struct {
	t       *testing.T
	cmd     *exec.Cmd
	control *os.File
	vt      vt10x.Terminal
	changed chan struct{} // closed when the program has closed the terminal; otherwise it may have a token
	mu      sync.Mutex
	output  bytes.Buffer // all that the program has written
}

// startInTerminal runs qtpeer in a terminal of a size, with more of an environment.
func startInTerminal(t *testing.T, columns, rows int, env []string, args ...string) *testTerminal {
	t.Helper()
	control, terminal := openTerminalPair(t)
	p := &testTerminal{t: t, cmd: qtpeer(t, args...), control: control, changed: make(chan struct{}, 1),
		vt: vt10x.New(vt10x.WithSize(columns, rows))}
	p.resize(columns, rows)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = terminal, terminal, terminal
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	p.cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"NO_COLOR", "SSH_TTY", "TERM_PROGRAM", "TMUX", "COLORTERM"}, name)
	})
	p.cmd.Env = append(append(p.cmd.Env, "TERM=xterm-256color", "COLORTERM=truecolor"), env...)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	terminal.Close()
	go p.emulate()
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			_ = p.cmd.Process.Kill()
			_ = p.cmd.Wait()
		}
	})
	return p
}

// vt10x takes kitty's keyboard protocol, which a terminal without it ignores, for "restore the cursor" and for colours.
var (
	notForVT10x = regexp.MustCompile(`\x1b\[[=?>][0-9;]*[um]`)
	unfinished  = regexp.MustCompile(`\x1b(\[[0-9;=?>]*)?$`)
)

// emulate shows what the program writes.
func (p *testTerminal) emulate() {
	defer close(p.changed)
	var rest []byte
	for b := make([]byte, 1<<16); ; {
		n, err := p.control.Read(b)
		if err != nil {
			return
		}
		p.mu.Lock()
		p.output.Write(b[:n])
		p.mu.Unlock()
		rest = append(rest, b[:n]...)
		now := rest[:len(rest)-len(unfinished.Find(rest))]
		_, _ = p.vt.Write(notForVT10x.ReplaceAll(now, nil))
		rest = bytes.Clone(rest[len(now):])
		select {
		case p.changed <- struct{}{}:
		default:
		}
	}
}

// screen is the text on the screen.
func (p *testTerminal) screen() string { return p.vt.String() }

// written is all that the program has written so far.
func (p *testTerminal) written() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output.String()
}

// until waits for a condition, which something on the screen brings about.
func (p *testTerminal) until(what string, condition func() bool) {
	p.t.Helper()
	tooLate := time.After(20 * time.Second)
	for !condition() {
		select {
		case _, open := <-p.changed:
			if open || condition() {
				continue
			}
			p.t.Fatalf("the program has ended without %s:\n%s", what, p.screen())
		case <-tooLate:
			p.t.Fatalf("not %s:\n%s", what, p.screen())
		}
	}
}

// shows waits until texts are on the screen, all at once.
func (p *testTerminal) shows(texts ...string) {
	p.t.Helper()
	p.until(strings.Join(texts, " and "), func() bool {
		screen := p.screen()
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(screen, text) })
	})
}

// hides waits until a text is not on the screen.
func (p *testTerminal) hides(text string) {
	p.t.Helper()
	p.until("without "+text, func() bool { return !strings.Contains(p.screen(), text) })
}

// press types.
func (p *testTerminal) press(keys string) {
	p.t.Helper()
	if _, err := p.control.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

func (p *testTerminal) resize(columns, rows int) {
	p.t.Helper()
	p.vt.Resize(columns, rows)
	onDescriptor(p.t, p.control, func(fd int) error {
		return unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: uint16(columns), Row: uint16(rows)})
	})
}

// ends waits for the end of the program, which leaves the terminal as it was.
func (p *testTerminal) ends() {
	p.t.Helper()
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("%v:\n%s", err, p.screen())
	}
	p.until("the screen of before", func() bool { return p.vt.Mode()&vt10x.ModeAltScreen == 0 && p.vt.CursorVisible() })
}
