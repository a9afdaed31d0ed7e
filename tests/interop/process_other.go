//go:build !linux

package interop

import (
	"io"
	"os/exec"
)

func bind(*exec.Cmd) {}

func kill(cmd *exec.Cmd) error { return cmd.Process.Kill() }

func unread(io.Writer) bool { return true }

func threads(int) (trace string, sleep bool) { return "", false }
