package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// command is a program that reads a segment.
type command struct {
	l    *lab
	path string
	args []string
}

// openCommand also sees to it that the program writes what is in the segment.
func openCommand(l *lab, args []string) (timer, error) {
	path, err := l.program(args[0])
	if err != nil {
		return nil, err
	}
	c := command{l, path, args[1:]}
	var out bytes.Buffer
	if err := c.run(&out); err != nil {
		return nil, err
	}
	if !bytes.Equal(out.Bytes(), content(stocks["read"].size)) {
		return nil, fmt.Errorf("%s %q wrote %d bytes, and not what the segment has", path, c.args, out.Len())
	}
	return c, nil
}

// run runs the program; a nil out is the null device, so that the reader of a pipe costs no time.
func (c command) run(out io.Writer) error {
	cmd := exec.CommandContext(c.l.ctx, c.path, c.args...)
	cmd.Stdout, cmd.Stderr = out, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %q: %w", c.path, c.args, err)
	}
	return nil
}

func (c command) time(times int) (time.Duration, error) {
	start := time.Now()
	for range times {
		if err := c.run(nil); err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}

func (c command) close() error { return nil }
