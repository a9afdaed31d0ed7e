package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

// yard is where peers are tried: what to start, and how long to wait for it.
type yard struct {
	program  []string
	patience time.Duration
	isolated bool // each has an IPC namespace of its own
}

// canIsolate reports whether a process can have an IPC namespace here.
func canIsolate() bool {
	cmd := exec.Command("true")
	ipctest.Isolate(cmd)
	return runtime.GOOS == "linux" && cmd.Run() == nil
}

// peer is a running process of the program. One goroutine may use it.
type peer struct {
	yard
	dir   string // its TMPDIR and XDG_RUNTIME_DIR
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   io.Closer // behind lines
	lines *bufio.Reader
	said  bytes.Buffer // standard error
}

// start starts the program, which is killed when the context ends.
func (y yard) start(ctx context.Context, dir string) (*peer, error) {
	p := &peer{yard: y, dir: dir, cmd: exec.CommandContext(ctx, y.program[0], y.program[1:]...)}
	p.cmd.Env = append(os.Environ(), "TMPDIR="+dir, "XDG_RUNTIME_DIR="+dir)
	p.cmd.Stderr = &p.said
	if y.isolated {
		ipctest.Isolate(p.cmd)
	}
	p.cmd.WaitDelay = y.patience // for a child of its that has the other end of its standard error
	in, err := p.cmd.StdinPipe()
	out, err2 := p.cmd.StdoutPipe()
	if err := errors.Join(err, err2, p.cmd.Start()); err != nil {
		return nil, err
	}
	p.in, p.out, p.lines = in, out, bufio.NewReader(out)
	return p, nil
}

// limit makes waiting for a pipe end in time.
func (p *peer) limit(pipe io.Closer) {
	if file, ok := pipe.(*os.File); ok {
		_ = file.SetDeadline(time.Now().Add(p.patience))
	}
}

// send writes text to the peer's input. That it cannot take it shows in what it answers.
func (p *peer) send(text string) {
	p.limit(p.in)
	_, _ = io.WriteString(p.in, text)
}

// receive returns the next line that the peer says, or what happens instead.
func (p *peer) receive() (line string, err error) {
	p.limit(p.out)
	line, err = p.lines.ReadString('\n')
	switch {
	case err == nil:
		return strings.TrimSuffix(line, "\n"), nil
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "", fmt.Errorf("nothing within %v%s", p.patience, unfinished(line))
	}
	return "", fmt.Errorf("the end of the output%s (%s)", unfinished(line), p.wait())
}

// unfinished shows a line that has no line break.
func unfinished(line string) string {
	if line == "" {
		return ""
	}
	return " after " + show(line) + " without a line break"
}

// rest returns what the peer says until it closes its output; an error if it does not.
func (p *peer) rest() (string, error) {
	p.limit(p.out)
	all, err := io.ReadAll(io.LimitReader(p.lines, 1<<20)) // of one that never stops
	return string(all), err
}

// wait lets the process end and says how it does: its status, and the end of what it told people.
func (p *peer) wait() string {
	_ = p.in.Close()
	hang := time.AfterFunc(p.patience, func() { _ = p.cmd.Process.Kill() })
	_ = p.cmd.Wait()
	how := p.cmd.ProcessState.String()
	if !hang.Stop() {
		how = fmt.Sprintf("no end within %v", p.patience)
	}
	if said := strings.TrimSpace(p.said.String()); said != "" {
		how += ", standard error " + show(said[strings.LastIndexByte(said, '\n')+1:])
	}
	return how
}

// kill ends a process that has not ended. A child of its ends with the input.
func (p *peer) kill() {
	if p.cmd.ProcessState == nil {
		_ = p.in.Close()
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	}
}

// tooLong is where a line is cut when it is shown.
const tooLong = 200

// show quotes a line.
func show(line string) string {
	if len(line) > tooLong {
		return fmt.Sprintf("%s... (%d bytes)", strconv.Quote(line[:tooLong]), len(line))
	}
	return strconv.Quote(line)
}
