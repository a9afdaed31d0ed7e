package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"strings"
	"syscall"
	"time"

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

// census knows processes and users by name, as they were when it was first asked for each.
type census struct {
	now      time.Time
	commands map[int]string // "" of a process that has ended, or that cannot be seen
	ended    map[int]bool
	users    map[uint32]string
}

func newCensus() *census {
	return &census{time.Now(), map[int]string{}, map[int]bool{}, map[uint32]string{}}
}

// command returns what a process calls itself, "" if that is not known, and whether it has ended.
func (c *census) command(pid int) (name string, ended bool) {
	if _, known := c.commands[pid]; !known {
		comm, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)) // proc_pid_comm(5); Linux only
		c.commands[pid] = strings.TrimSuffix(string(comm), "\n")
		c.ended[pid] = len(comm) == 0 && hasEnded(pid)
	}
	return c.commands[pid], c.ended[pid]
}

// process names a process in a few characters.
func (c *census) process(pid int) string {
	if pid == 0 {
		return "-"
	}
	name, ended := c.command(pid)
	switch {
	case ended:
		return fmt.Sprintf("%d (ended)", pid)
	case name == "":
		return strconv.Itoa(pid)
	}
	return quoted(name) + "/" + strconv.Itoa(pid)
}

// user names a user.
func (c *census) user(uid uint32) string {
	name, known := c.users[uid]
	if !known {
		name = strconv.FormatUint(uint64(uid), 10)
		if u, err := user.LookupId(name); err == nil {
			name = u.Username
		}
		c.users[uid] = name
	}
	return name
}
