//go:build linux

package proc

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// Variables returns the values that any of the environment variables had when the processes of the caller's IPC namespace were
// started, each once, in no order. Those into which the caller may not look are left out.
func Variables(names ...string) (values []string) {
	processes, _ := os.ReadDir("/proc")
	seen := map[string]bool{}
	for _, pid := range pids(processes) {
		process := filepath.Join("/proc", strconv.Itoa(pid))
		if !sharesIPC(process) {
			continue
		}
		environ, _ := os.ReadFile(process + "/environ")
		for variable := range bytes.SplitSeq(environ, []byte{0}) {
			name, value, _ := bytes.Cut(variable, []byte("="))
			if len(value) > 0 && !seen[string(value)] && slices.Contains(names, string(name)) {
				seen[string(value)] = true
				values = append(values, string(value))
			}
		}
	}
	return values
}
