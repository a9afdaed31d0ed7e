//go:build unix

package main

import (
	"context"
	"os/exec"
	"syscall"
)

// shell is the system's shell with a command, which is asked to end when ctx ends.
func shell(ctx context.Context, command string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "sh", "-c", command)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	return cmd
}
