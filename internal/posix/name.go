//go:build linux

package posix

import "strings"

// Dir is where the objects are. glibc has it compiled in (SHMDIR, include/shm-directory.h); up to 2.33 it took any other
// tmpfs when none was mounted here (sysdeps/unix/sysv/linux/shm-directory.c).
const Dir = "/dev/shm"

// semPrefix begins the file name of every semaphore.
const semPrefix = "sem."

// file returns the path of the object called name, and whether it is a name at all.
func file(prefix, name string) (path string, ok bool) {
	base := strings.TrimLeft(name, "/")
	return Dir + "/" + prefix + base, base != "" && !strings.Contains(base, "/")
}
