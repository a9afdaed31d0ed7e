package main

import (
	"os"
	"os/exec"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

// isolate makes cmd start with namespaces of its own: IPC, mounts, and processes, so that nobody looks at its peers, and they end
// when it does.
func isolate(cmd *exec.Cmd) {
	ipctest.Isolate(cmd)
	cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWPID
}

// furnish mounts file systems for this process, which isolate has started.
func furnish() error {
	if err := syscall.Mount("proc", "/proc", "proc", 0, ""); err != nil {
		return os.NewSyscallError("mount /proc", err)
	}
	return ipctest.Furnish(os.TempDir(), os.Getenv(winePrefix))
}

// ownGroup keeps the terminal's signals from the process and its children, and lets it end with this one.
func ownGroup(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
}
