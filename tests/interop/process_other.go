//go:build !linux

package interop

import "os/exec"

func bind(*exec.Cmd) {}

func kill(cmd *exec.Cmd) error { return cmd.Process.Kill() }
