//go:build unix

package bridge

import (
	"errors"
	"syscall"
)

// ended reports that no process has the id pid. 0 stands for one in another pid namespace, of which nothing is known.
func ended(pid int) bool {
	return pid > 0 && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
