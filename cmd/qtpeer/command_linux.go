package main

import (
	"os/exec"
	"runtime"
	"syscall"
)

// tie makes the kernel kill a command when this process is killed. It does so when the thread ends that starts it
// (PR_SET_PDEATHSIG), so that this has to be the caller's, and stay.
func tie(cmd *exec.Cmd) {
	runtime.LockOSThread()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
