//go:build linux

package proc

import "os"

// SeesAll reports whether the caller is in the initial PID namespace, where every process has an id: its inode number is
// PROC_PID_INIT_INO (include/linux/proc_ns.h).
func SeesAll() bool {
	namespace, err := os.Readlink("/proc/self/ns/pid")
	return err == nil && namespace == "pid:[4026531836]"
}
