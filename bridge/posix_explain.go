//go:build linux

package bridge

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/internal/proc"
)

const hintName = "a POSIX name is one slash and then, without another, up to 255 bytes for a segment and 251 for a semaphore, " +
	"the lock of a segment too"

// explainMemory says why a segment cannot be opened or looked at.
func explainMemory(name string, err error) error {
	info, statErr := posix.ShmStat(name)
	switch _, dirErr := os.Stat(posix.Dir); {
	case dirErr != nil:
		return noDir()
	case statErr == nil && checkMemory(name, info) != nil:
		return checkMemory(name, info)
	case errors.Is(err, syscall.ENOENT):
		return hinted{fmt.Errorf("no such segment: %w", err), "no program has created it, or not with a POSIX key"}
	case errors.Is(err, syscall.EINVAL), errors.Is(err, syscall.ENAMETOOLONG):
		return hinted{fmt.Errorf("%w: %w", errName, err), hintName}
	case errors.Is(err, syscall.EACCES) && statErr == nil:
		return hinted{err, fmt.Sprintf("it belongs to user %d, and Qt's segments are for one user only", info.UID)}
	}
	return err
}

// checkMemory refuses what is no segment though it has the name of one.
func checkMemory(name string, info posix.Info) error {
	switch info.Mode & syscall.S_IFMT {
	case syscall.S_IFREG:
		return nil
	case syscall.S_IFLNK:
		return hinted{fmt.Errorf("segment %s: %w", name, ErrSymlink),
			fmt.Sprintf("user %d put it there; look where it points, then remove it", info.UID)}
	}
	return hinted{fmt.Errorf("%s/%s: %w", posix.Dir, strings.TrimLeft(name, "/"), errName),
		"it is a directory, a pipe or the like: find out whose it is, and remove it"}
}

func explainSem(name string, err error) error {
	switch _, dirErr := os.Stat(posix.Dir); {
	case dirErr != nil:
		return noDir()
	case errors.Is(err, syscall.EINVAL), errors.Is(err, syscall.ENAMETOOLONG):
		return hinted{fmt.Errorf("semaphore %s: %w: %w", name, errName, err), hintName}
	case errors.Is(err, syscall.ELOOP):
		return hinted{fmt.Errorf("semaphore %s: %w: %w", name, ErrSymlink, err), "it is never followed"}
	case errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("semaphore %s in %s: %w", name, posix.Dir, err)
	}
	if info, statErr := posix.SemStat(name); errors.Is(err, syscall.EACCES) && statErr == nil {
		return hinted{fmt.Errorf("semaphore %s: %w", name, err), fmt.Sprintf("it belongs to user %d, and Qt's semaphores are for one user only", info.UID)}
	}
	return fmt.Errorf("semaphore %s: %w", name, err)
}

// noDir is the error of a system without the directory of POSIX objects.
func noDir() error {
	return hinted{fmt.Errorf("%w: %s is missing", errors.ErrUnsupported, posix.Dir), "POSIX objects are files there: mount a tmpfs on " + posix.Dir}
}

func explainBytes(size int, err error) error {
	switch {
	case errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EINVAL):
		return hinted{fmt.Errorf("%w %d: %w", ErrSize, size, err), "no file can be so large"}
	case errors.Is(err, syscall.ENOMEM):
		return hinted{fmt.Errorf("%d bytes: %w", size, err), "there is not so much address space"}
	}
	return fmt.Errorf("%d bytes: %w", size, err)
}

// listUsers lists the processes that have an object open; this one, which has it open to ask, only if there is no other.
func listUsers(object posix.Info) string {
	file := proc.File(object.Dev, object.Ino)
	users, complete := proc.Users(file)
	var names []string
	for _, u := range users[file] {
		if u.PID != os.Getpid() {
			names = append(names, fmt.Sprintf("process %d (%s)", u.PID, u.Command))
		}
	}
	switch {
	case len(names) == 0:
		names = append(names, "this process, or one that cannot be seen from here")
	case !complete:
		names = append(names, "maybe one that this user cannot look into")
	}
	return strings.Join(names, ", ")
}
