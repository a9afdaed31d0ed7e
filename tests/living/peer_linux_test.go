package living

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience bounds how long a program may take; past it, it hangs.
const patience = 20 * time.Second

// peer is a process that speaks the line protocol, of tests/interop/PROTOCOL.md.
type peer struct {
	t     *testing.T
	kind  string
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines chan string // what it says; closed when it has ended
	ended bool
}

// start starts a peer whose key files are in dir. setups change how it is started.
func start(t *testing.T, kind, dir string, setups ...func(*exec.Cmd)) *peer {
	t.Helper()
	args := []string{"peer"}
	if lib := libraries[kind]; lib != "" {
		args = append(args, "--qt", lib)
	}
	p := &peer{t: t, kind: kind, cmd: command(t, dir, args...), lines: make(chan string, 100)}
	for _, setup := range setups {
		setup(p.cmd)
	}
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	go func() {
		defer close(p.lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			p.lines <- s.Text()
		}
	}()
	return p
}

// tell sends commands without waiting for their answers.
func (p *peer) tell(commands ...string) {
	_, _ = io.WriteString(p.in, strings.Join(commands, "\n")+"\n") // of one that has ended, answer tells
}

// answer returns the next answer.
func (p *peer) answer() string {
	p.t.Helper()
	select {
	case line, ok := <-p.lines:
		if !ok {
			p.t.Fatalf("%s has ended", p.kind)
		}
		return line
	case <-time.After(patience):
		p.t.Fatalf("%s hangs", p.kind)
	}
	return ""
}

func (p *peer) ask(command string) string {
	p.t.Helper()
	p.tell(command)
	return p.answer()
}

// does fails the test unless the answer to each of the commands is ok, whatever words follow.
func (p *peer) does(commands ...string) {
	p.t.Helper()
	for _, command := range commands {
		if answer := p.ask(command); answer != "ok" && !strings.HasPrefix(answer, "ok ") {
			p.t.Fatalf("%s: %s: %s", p.kind, command, answer)
		}
	}
}

// kill kills the process with SIGKILL, if it lives, and returns when it is gone.
func (p *peer) kill() {
	if p.ended {
		return
	}
	p.ended = true
	_ = p.cmd.Process.Kill()
	for range p.lines { // to the end
	}
	_ = p.cmd.Wait() // tells of the signal
}

// exit lets the process destroy its objects and end.
func (p *peer) exit() {
	p.t.Helper()
	p.does("exit")
	p.ended = true
	for range p.lines {
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("%s ends badly: %v", p.kind, err)
	}
}

// command is qtpeer's, with its key files in dir.
func command(t *testing.T, dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(qtpeer(t), args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+dir, "XDG_RUNTIME_DIR="+dir, "NO_COLOR=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd
}

// result is what has become of a command.
type result struct {
	status   int
	out, err string
}

func (r result) String() string { return fmt.Sprintf("exit status %d\n%s%s", r.status, r.out, r.err) }

// run runs qtpeer with its key files in dir.
func run(t *testing.T, dir string, args ...string) result {
	t.Helper()
	return finish(t, command(t, dir, args...))
}

func finish(t *testing.T, cmd *exec.Cmd) result {
	t.Helper()
	var out, words strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	hang := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	if !hang.Stop() {
		t.Fatalf("%v hangs: %s%s", cmd.Args[1:], &out, &words)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), words.String()}
}

// runs is run of a command that must succeed.
func runs(t *testing.T, dir string, args ...string) result {
	t.Helper()
	r := run(t, dir, args...)
	if r.status != 0 {
		t.Fatalf("qtpeer %v: %v", args, r)
	}
	return r
}
