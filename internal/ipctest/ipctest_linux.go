package ipctest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

const (
	shmDir      = "/dev/shm"
	shmSource   = "shmbridge-test" // what /proc/mounts calls the file system on shmDir
	capSysAdmin = 21               // include/uapi/linux/capability.h
)

// Isolate makes cmd start with an IPC and a mount namespace; an ordinary user gets them inside a user namespace, with the right to
// mount there.
func Isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:   syscall.CLONE_NEWIPC,
		Unshareflags: syscall.CLONE_NEWNS, // unlike Cloneflags this also ends the propagation of mounts
		Pdeathsig:    syscall.SIGKILL,
	}
	if os.Geteuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.AmbientCaps = []uintptr{capSysAdmin}
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}}
	}
}

// Furnish mounts an empty file system on /dev/shm and on each of the directories, in a process that Isolate has started. They
// go with its namespaces.
func Furnish(dirs ...string) error {
	for _, dir := range append(dirs, shmDir) {
		if err := syscall.Mount(shmSource, dir, "tmpfs", 0, ""); err != nil {
			return os.NewSyscallError("mount a tmpfs on "+dir, err)
		}
	}
	return nil
}

// Leftovers lists the System V segments and semaphores of this IPC namespace and the files in /dev/shm and in dir.
func Leftovers(dir string) ([]string, error) {
	var left []string
	for _, kind := range []string{"shm", "sem"} {
		rows, err := rows("/proc/sysvipc/" + kind)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			left = append(left, fmt.Sprintf("System V %s: key, id, ... = %s", kind, row))
		}
	}
	for _, dir := range []string{shmDir, dir} {
		files, err := os.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			left = append(left, filepath.Join(dir, file.Name()))
		}
	}
	return left, nil
}

// rows returns the lines of a table without its heading.
func rows(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []string
	for s := bufio.NewScanner(f); s.Scan(); {
		out = append(out, s.Text())
	}
	return out[min(1, len(out)):], nil
}
