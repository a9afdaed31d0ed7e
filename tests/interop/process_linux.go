package interop

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// bind makes the kernel kill the process when this one ends, however it does, and gives it a process group.
func bind(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// kill kills the process and its children.
func kill(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

// unread reports whether there is something in the pipe that nobody has read.
func unread(pipe io.Writer) bool {
	file, ok := pipe.(*os.File)
	if !ok {
		return true
	}
	n := 1
	raw, err := file.SyscallConn()
	if err == nil {
		_ = raw.Control(func(fd uintptr) { n, _ = unix.IoctlGetInt(int(fd), unix.TIOCINQ) }) // one that is closed has 0
	}
	return n > 0
}

// threads reports whether all threads of the process sleep, and lists them and how often each has been scheduled (proc(5)).
func threads(pid int) (trace string, sleep bool) {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	for _, task := range tasks {
		status, readErr := os.ReadFile(task)
		if readErr != nil || !bytes.Contains(status, []byte("\nState:\tS")) {
			return "", false
		}
		trace += task
		for line := range strings.Lines(string(status)) {
			if strings.Contains(line, "_ctxt_switches:") {
				trace += " " + line
			}
		}
	}
	return trace, err == nil && len(tasks) > 0
}
