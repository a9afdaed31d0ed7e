package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"github.com/shmbridge/shmbridge/bridge"
)

// process names a process and says whether it has ended.
func process(pid int) string {
	switch {
	case pid == 0:
		return "no process that is visible here"
	case hasEnded(pid):
		return fmt.Sprintf("process %d (ended)", pid)
	}
	return fmt.Sprintf("process %d", pid)
}

// hasEnded reports that there is no process pid. 0 is one in another pid namespace, of which nothing is known.
func hasEnded(pid int) bool {
	if pid == 0 {
		return false
	}
	p, err := os.FindProcess(pid)
	if err == nil {
		err = p.Signal(syscall.Signal(0))
	}
	return err != nil && !errors.Is(err, fs.ErrPermission)
}

// processes names those that have a POSIX object open. If there are none, it is one that cannot be seen.
func processes(users []bridge.Process) string {
	if len(users) == 0 {
		return "a process that is not visible here"
	}
	var names []string
	for _, u := range users {
		names = append(names, fmt.Sprintf("process %d (%s)", u.PID, u.Command))
	}
	return strings.Join(names, ", ")
}
