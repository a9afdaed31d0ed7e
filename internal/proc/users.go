//go:build linux

package proc

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Object is something in memory that processes map: a file, or a System V segment.
type Object struct{ dev, ino uint64 }

// segments stands for the device of System V segments, which are files of a file system that is mounted nowhere.
const segments = ^uint64(0)

// File is the file of that device (st_dev) and inode.
func File(dev, ino uint64) Object { return Object{dev, ino} }

// Segment is the System V segment of that id, in the caller's IPC namespace.
func Segment(id int) Object { return Object{segments, uint64(id)} }

// Process is one that uses an object.
type Process struct {
	PID     int
	Command string // what the process calls itself, at first the name of its program: up to 15 bytes (proc_pid_comm(5))
}

// Users returns the processes that have the objects mapped or, files, open, the caller's own included, by ascending PID.
// complete is false if it may not look into all processes, as it may not into another user's. Those that the caller's
// /proc does not show, such as those of other containers, do not count for either.
func Users(of ...Object) (users map[Object][]Process, complete bool) { return usersIn("/proc", of) }

func usersIn(dir string, of []Object) (users map[Object][]Process, complete bool) {
	wanted, files := map[Object]bool{}, false
	for _, object := range of {
		wanted[object] = true
		files = files || object.dev != segments
	}
	processes, err := os.ReadDir(dir)
	complete = err == nil
	users, any := map[Object][]Process{}, false
	for _, pid := range pids(processes) {
		any = true
		process := filepath.Join(dir, strconv.Itoa(pid))
		used := map[Object]bool{}
		err := mapped(process, wanted, used)
		if err == nil && files {
			err = open(process, wanted, used)
		}
		if len(used) > 0 {
			user := Process{pid, command(process)}
			for object := range used {
				users[object] = append(users[object], user)
			}
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, unix.ESRCH) { // these: it has ended
			complete = false
		}
	}
	return users, complete && any
}

func pids(entries []os.DirEntry) (pids []int) {
	for _, entry := range entries {
		if pid, err := strconv.Atoi(entry.Name()); err == nil {
			pids = append(pids, pid)
		}
	}
	slices.Sort(pids)
	return pids
}

func command(process string) string {
	command, _ := os.ReadFile(process + "/comm")
	return strings.TrimSuffix(string(command), "\n")
}

// mapped adds the wanted objects of which the process has a mapping to used. A line is: addresses, permissions, offset,
// device, inode, path (proc_pid_maps(5)). A segment has its id in the place of the inode, and the path /SYSV and its key
// (shmem_kernel_file_setup's caller, newseg in ipc/shm.c).
func mapped(process string, wanted, used map[Object]bool) error {
	content, err := os.ReadFile(process + "/maps")
	for line := range bytes.Lines(content) {
		field := bytes.Fields(line)
		if len(field) < 6 { // what has no path is no file
			continue
		}
		ino, _ := strconv.ParseUint(string(field[4]), 10, 64)
		object := Object{device(field[3]), ino}
		if bytes.HasPrefix(field[5], []byte("/SYSV")) && sharesIPC(process) {
			object.dev = segments
		}
		if wanted[object] {
			used[object] = true
		}
	}
	return err
}

// device reads a device number as maps has it: major and minor in hexadecimal digits.
func device(text []byte) uint64 {
	major, minor, _ := strings.Cut(string(text), ":")
	high, _ := strconv.ParseUint(major, 16, 32)
	low, _ := strconv.ParseUint(minor, 16, 32)
	return unix.Mkdev(uint32(high), uint32(low))
}

// sharesIPC reports whether ids mean the same to the process as to this one.
func sharesIPC(process string) bool {
	theirs, err := os.Readlink(process + "/ns/ipc")
	ours, _ := os.Readlink("/proc/self/ns/ipc")
	return err == nil && theirs == ours
}

// open adds the wanted files of which the process has a descriptor to used. It makes no file system ask a server, which
// may not answer.
func open(process string, wanted, used map[Object]bool) error {
	links, err := os.ReadDir(process + "/fd")
	for _, link := range links {
		var st unix.Statx_t
		path := filepath.Join(process, "fd", link.Name())
		if unix.Statx(unix.AT_FDCWD, path, unix.AT_STATX_DONT_SYNC, unix.STATX_INO, &st) != nil {
			continue
		}
		if object := (Object{unix.Mkdev(st.Dev_major, st.Dev_minor), st.Ino}); wanted[object] {
			used[object] = true
		}
	}
	return err
}
