//go:build linux

package proc

import (
	"os"
	"path/filepath"
	"strconv"
)

// Elsewhere returns a process that shares the file of this path with the caller, but not the IPC namespace: what the file
// stands for there cannot be seen from here. Processes into which the caller may not look do not count.
func Elsewhere(path string) (p Process, found bool) {
	ours, err := os.Stat(path)
	if err != nil {
		return p, false
	}
	processes, _ := os.ReadDir("/proc")
	namespace, _ := os.Readlink("/proc/self/ns/ipc")
	for _, pid := range pids(processes) {
		process := filepath.Join("/proc", strconv.Itoa(pid))
		if theirs, err := os.Readlink(process + "/ns/ipc"); err != nil || theirs == namespace {
			continue
		}
		if theirs, err := os.Stat(process + "/root" + path); err == nil && os.SameFile(ours, theirs) {
			return Process{pid, command(process)}, true
		}
	}
	return p, false
}
