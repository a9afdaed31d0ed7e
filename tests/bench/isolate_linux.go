package main

import (
	"os"
	"syscall"
)

// namespace gives a process an IPC namespace, which takes root; the keys are random, so that one can do without.
func namespace() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Geteuid() == 0 {
		attr.Cloneflags = syscall.CLONE_NEWIPC
	}
	return attr
}
