package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

func TestCommandIsNotStartedTooLate(t *testing.T) {
	file := filepath.Join(tempDir(t), "file")
	interrupted := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(interrupted)
	if err := runCommand(ctx, []string{"touch", file}); err != interrupted {
		t.Errorf("%v, want %v", err, interrupted)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("the command was run")
	}
}

// The terminal sends Ctrl-C to the command itself.
func TestForward(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	defer func(stdin *os.File) { os.Stdin = stdin }(os.Stdin)
	for _, c := range []struct {
		stdin    *os.File
		killedBy syscall.Signal
	}{{null, syscall.SIGINT}, {openTerminal(t), syscall.SIGTERM}} {
		os.Stdin = c.stdin
		cmd := exec.Command("cat")
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		forward(cmd.Process, os.Interrupt)
		if c.killedBy != syscall.SIGINT {
			forward(cmd.Process, syscall.SIGTERM)
		}
		_ = cmd.Wait()
		in.Close()
		if got := cmd.ProcessState.Sys().(syscall.WaitStatus).Signal(); got != c.killedBy {
			t.Errorf("standard input %s: ended by %v, want %v", c.stdin.Name(), got, c.killedBy)
		}
	}
}
