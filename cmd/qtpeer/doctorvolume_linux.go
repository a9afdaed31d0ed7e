package main

import (
	"fmt"
	"os"
	"syscall"
)

// volume is what statfs(2) says of a mounted file system.
type volume struct {
	size, free       uint64 // bytes; both 0 without a limit
	files, freeFiles uint64 // both 0 without a limit
	readOnly         bool
	inMemory         bool
}

const (
	tmpfsMagic = 0x01021994 // include/uapi/linux/magic.h
	ramfsMagic = 0x858458f6
	stReadOnly = 1 // ST_RDONLY
)

func volumeOf(path string) (volume, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return volume{}, &os.PathError{Op: "statfs", Path: path, Err: err}
	}
	block := uint64(s.Bsize)
	magic := uint32(s.Type)
	return volume{
		size: s.Blocks * block, free: s.Bavail * block, files: s.Files, freeFiles: s.Ffree,
		readOnly: s.Flags&stReadOnly != 0, inMemory: magic == tmpfsMagic || magic == ramfsMagic,
	}, nil
}

// space says whether anything fits on the volume of path, as a finding of that id for bytes and files each.
func (v volume) space(id, path, failing, remedy string) (found []finding) {
	if v.readOnly {
		return []finding{{id, levelProblem, path + " is mounted read-only", failing, "mount -o remount,rw " + path}}
	}
	if v.size > 0 {
		found = append(found, quota{id, path, v.size - v.free, v.size, uint64(os.Getpagesize()), true, failing, remedy}.finding())
	}
	if v.files > 0 {
		files := quota{id + "-files", "files in " + path, v.files - v.freeFiles, v.files, 1, false, failing, remedy}.finding()
		if files.Level != levelOK {
			found = append(found, files)
		}
	}
	return found
}

const (
	shmDir     = "/dev/shm"
	dockersShm = 64 << 20
)

// posixLimits looks at the file system that holds POSIX objects.
func posixLimits() []finding {
	const remount = "mount -o remount,size=2G " + shmDir + "; for a container docker run --shm-size=2g, or --ipc=host"
	v, err := volumeOf(shmDir)
	if err != nil || !v.inMemory {
		what := fmt.Sprintf("no file system in memory is mounted on %s", shmDir)
		if err != nil {
			what += fmt.Sprintf(": %v", err)
		}
		return []finding{{"limits.shm", levelProblem, what,
			"POSIX objects, which Qt has by default since 6.6 with QNativeIpcKey, live there",
			"mount -t tmpfs -o mode=1777 tmpfs " + shmDir}}
	}
	found := v.space("limits.shm", shmDir,
		"POSIX segments cannot be made: out of resources; one that was made before may crash its users (SIGBUS) for want of memory",
		`remove what killed programs left ("qtpeer ls" shows it, "qtpeer clean" removes it), or `+remount)
	if v.size == dockersShm {
		found = append(found, finding{"limits.shm-docker", levelNote, shmDir + " has 64 MiB, as Docker makes it",
			"POSIX segments of all programs in the container, and their semaphores, have to fit in there", remount})
	}
	if info, err := os.Stat(shmDir); err == nil && info.Mode().Perm() != 0o777 {
		found = append(found, finding{"limits.shm-mode", levelWarning, fmt.Sprintf("%s has the mode %v", shmDir, info.Mode()),
			"some users cannot make POSIX objects there", "chmod 1777 " + shmDir})
	}
	return found
}
