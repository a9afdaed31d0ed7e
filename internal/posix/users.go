//go:build linux

package posix

import (
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
	Command string // what the process calls itself, at first the name of its program: up to 15 bytes (proc_pid_comm(5))
}

// Users returns the processes that have the object of that device and inode open or mapped, the caller's own included.
// complete is false if it may not look into all of them, as it may not into another user's. Processes that the caller's
// /proc does not show, such as those of other containers, do not count for either; Alone knows about them too.
func Users(dev, ino uint64) (users []User, complete bool) { return usersIn("/proc", dev, ino) }

func usersIn(dir string, dev, ino uint64) (users []User, complete bool) {
	processes, err := filepath.Glob(dir + "/[1-9]*")
	complete = err == nil && len(processes) > 0
	for _, process := range processes {
		uses, err := maps(process, dev, ino)
		if err == nil && !uses {
			uses, err = holds(process, dev, ino)
		}
		if uses {
			users = append(users, user(process))
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, unix.ESRCH) { // these: it has ended
			complete = false
		}
	}
	return users, complete
}

func user(process string) User {
	pid, _ := strconv.Atoi(filepath.Base(process))
	command, _ := os.ReadFile(process + "/comm")
	return User{pid, strings.TrimSuffix(string(command), "\n")}
}

// maps looks for a mapping. A line is: addresses, permissions, offset, device, inode, path (proc_pid_maps(5)).
func maps(process string, dev, ino uint64) (bool, error) {
	content, err := os.ReadFile(process + "/maps")
	device, inode := fmt.Sprintf("%02x:%02x", unix.Major(dev), unix.Minor(dev)), strconv.FormatUint(ino, 10)
	for line := range strings.Lines(string(content)) {
		if field := strings.Fields(line); len(field) > 4 && field[3] == device && field[4] == inode {
			return true, nil
		}
	}
	return false, err
}

// holds looks for a descriptor. It makes no file system ask a server, which may not answer.
func holds(process string, dev, ino uint64) (bool, error) {
	links, err := os.ReadDir(process + "/fd")
	for _, link := range links {
		var st unix.Statx_t
		path := filepath.Join(process, "fd", link.Name())
		if unix.Statx(unix.AT_FDCWD, path, unix.AT_STATX_DONT_SYNC, unix.STATX_INO, &st) == nil &&
			st.Ino == ino && unix.Mkdev(st.Dev_major, st.Dev_minor) == dev {
			return true, nil
		}
	}
	return false, err
}
