package ipctest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// isolate gives cmd an IPC namespace; an ordinary user gets one inside a user namespace.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWIPC, Pdeathsig: syscall.SIGKILL}
	if os.Geteuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}}
	}
}

// Leftovers lists the System V segments and semaphores of this IPC namespace and the files in dir.
func Leftovers(dir string) ([]string, error) {
	var left []string
	for _, kind := range []string{"shm", "sem"} {
		rows, err := rows("/proc/sysvipc/" + kind)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			left = append(left, fmt.Sprintf("System V %s: key, id, ... = %s", kind, row))
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	return append(left, files...), err
}

// rows returns the lines of a table without its heading.
func rows(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []string
	for s := bufio.NewScanner(f); s.Scan(); {
		out = append(out, s.Text())
	}
	return out[min(1, len(out)):], nil
}
