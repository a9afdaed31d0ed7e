//go:build windows

package main

import (
	"cmp"
	"context"
	"os"
	"os/exec"
	"syscall"
)

// shell is the system's shell with a command, which is killed when ctx ends.
func shell(ctx context.Context, command string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, cmp.Or(os.Getenv("ComSpec"), "cmd"))
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: "cmd /c " + command} // quoted for cmd, which has rules of its own
	return cmd
}
