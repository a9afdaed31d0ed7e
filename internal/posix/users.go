//go:build linux

package posix

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// User is a process that uses an object.
type User struct {
	PID     int
	Command string // the first 15 bytes of the program's file name (proc_pid_comm(5)), if it has not chosen another
}

// Users returns the processes that have the object mapped or open, the caller's own included, by PID. complete is
// false when there are processes that it may not look into, such as other users'. Those of other PID namespaces are not
// to be seen from here (Alone knows of them).
func Users(dev, ino uint64) (users []User, complete bool) {
	complete = true
	procs, err := filepath.Glob("/proc/[0-9]*")
	if err != nil || len(procs) == 0 {
		return nil, false
	}
	for _, proc := range procs {
		used, err := maps(proc, dev, ino)
		if err == nil && !used {
			used, err = holds(proc, dev, ino)
		}
		switch {
		case used:
			users = append(users, newUser(proc))
		case err != nil && !isGone(err):
			complete = false
		}
	}
	return users, complete
}

func newUser(proc string) User {
	pid, _ := strconv.Atoi(filepath.Base(proc))
	command, _ := os.ReadFile(proc + "/comm")
	return User{pid, strings.TrimSuffix(string(command), "\n")}
}

// isGone: a process that ended is no user.
func isGone(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.ESRCH) }

// maps looks for a mapping (proc_pid_maps(5)): address, permissions, offset, device, inode, name.
func maps(proc string, dev, ino uint64) (bool, error) {
	f, err := os.Open(proc + "/maps")
	if err != nil {
		return false, err
	}
	defer f.Close()
	id := fmt.Sprintf(" %02x:%02x %d ", unix.Major(dev), unix.Minor(dev), ino)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if strings.Contains(lines.Text(), id) {
			return true, nil
		}
	}
	return false, lines.Err()
}

// holds looks for a descriptor. It asks no file system that is far away and may not answer.
func holds(proc string, dev, ino uint64) (bool, error) {
	fds, err := os.ReadDir(proc + "/fd")
	for _, fd := range fds {
		var st unix.Statx_t
		if unix.Statx(unix.AT_FDCWD, proc+"/fd/"+fd.Name(), unix.AT_STATX_DONT_SYNC, unix.STATX_INO, &st) == nil &&
			st.Ino == ino && unix.Mkdev(st.Dev_major, st.Dev_minor) == dev {
			return true, nil
		}
	}
	return false, err
}
