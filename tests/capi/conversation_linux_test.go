package capi

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// conversation is a process that answers, line by line, what it is told: a real Qt peer, or an example.
type conversation struct {
	t     *testing.T
	name  string
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines *bufio.Reader // its standard output and error
}

// converse starts a program of build/bin, or one with a path, whose TMPDIR is dir. It is killed after limit.
func converse(t *testing.T, dir, program string, args ...string) *conversation {
	t.Helper()
	if !filepath.IsAbs(program) {
		program = filepath.Join(built(t, "bin"), program)
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit) // not t.Context, which ends before Cleanup
	c := &conversation{t: t, name: filepath.Base(program), cmd: exec.CommandContext(ctx, program, args...)}
	c.cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	in, err := c.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.in, c.lines, c.cmd.Stderr = in, bufio.NewReader(out), c.cmd.Stdout
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.in.Close() // the end of input ends each of them, and they clean up
		_ = c.cmd.Wait() // it has been waited for, or the test has failed
		cancel()
	})
	return c
}

// line returns the next line that it prints.
func (c *conversation) line() string {
	c.t.Helper()
	line, err := c.lines.ReadString('\n')
	if err != nil {
		c.t.Fatalf("%s: %v after %q", c.name, err, line)
	}
	return strings.TrimSuffix(line, "\n")
}

func (c *conversation) send(line string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, line+"\n"); err != nil {
		c.t.Fatalf("%s does not take %q: %v", c.name, line, err)
	}
}

// ask sends a Qt peer commands of tests/interop/PROTOCOL.md, which must all succeed, and returns the last answer.
func (c *conversation) ask(commands ...string) (answer string) {
	c.t.Helper()
	for _, command := range commands {
		c.send(command)
		line := c.line()
		if line != "ok" && !strings.HasPrefix(line, "ok ") {
			c.t.Fatalf("%s answers %q with %q", c.name, command, line)
		}
		answer = strings.TrimPrefix(strings.TrimPrefix(line, "ok"), " ")
	}
	return answer
}

// refuses sends a Qt peer a command, which must fail with that code.
func (c *conversation) refuses(code, command string) {
	c.t.Helper()
	c.send(command)
	if line := c.line(); !strings.HasPrefix(line, "err "+code+" ") {
		c.t.Errorf("%s answers %q with %q; want err %s", c.name, command, line, code)
	}
}

// end waits until it has ended, and returns what else it printed and its status.
func (c *conversation) end() (rest string, status int) {
	c.t.Helper()
	var out bytes.Buffer
	if _, err := out.ReadFrom(c.lines); err != nil {
		c.t.Fatalf("%s: %v", c.name, err)
	}
	_ = c.cmd.Wait() // the status says it
	return out.String(), c.cmd.ProcessState.ExitCode()
}

// kill kills it as a crash would: it leaves everything where it is.
func (c *conversation) kill() {
	c.t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		c.t.Fatal(err)
	}
	if rest, status := c.end(); status != -1 {
		c.t.Fatalf("%s had ended with %d: %s", c.name, status, rest)
	}
}
