//go:build linux

package bridge

import (
	"errors"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/posix"
)

func (posixBackend) exists(at place) (bool, error) {
	_, err := posix.ShmStat(at.name)
	for _, none := range []error{syscall.ENOENT, syscall.EINVAL, syscall.ENAMETOOLONG} { // no name, no segment
		if errors.Is(err, none) {
			return false, nil
		}
	}
	return err == nil, err
}

func (b posixBackend) inspect(at place) (Info, error) {
	info := Info{Semaphore: SemaphoreInfo{Native: at.lock}}
	file, err := posix.ShmStat(at.name)
	switch {
	case err == nil && checkMemory(at.name, file) != nil:
		return info, checkMemory(at.name, file)
	case err == nil:
		info.Exists, info.Size = true, file.Size
		info.Owner, info.Mode = file.UID, file.Mode&0o777
		info.Users, info.Attached = usersOf(file)
		if info.Attached == 0 && mayBeInUse(at.name) {
			info.Attached = 1 // by one that cannot be seen from here
		}
	case !errors.Is(err, syscall.ENOENT):
		return info, explainMemory(at.name, err)
	}
	info.Semaphore, err = b.inspectSemaphore(at.ofLock())
	return info, err
}

// memoryInUse reports whether anybody has the segment open or mapped.
func memoryInUse(name string) (bool, error) {
	fd, err := posix.ShmOpen(name, posix.ReadOnly, 0)
	if err != nil {
		return false, err
	}
	defer posix.Close(fd)
	alone, err := posix.Alone(fd)
	return !alone, err
}

func mayBeInUse(name string) bool {
	used, err := memoryInUse(name)
	return err == nil && used
}

// usersOf lists the processes that have the object open.
func usersOf(object posix.Info) (users []Process, n int) {
	found, _ := posix.Users(object.Dev, object.Ino)
	for _, u := range found {
		users = append(users, Process{u.PID, u.Command})
	}
	return users, len(users)
}

func (posixBackend) inspectSemaphore(at place) (SemaphoreInfo, error) {
	info := SemaphoreInfo{Native: at.name}
	sem, err := posix.SemOpen(at.name)
	if errors.Is(err, syscall.ENOENT) {
		return info, nil
	}
	if err != nil {
		return info, explainSem(at.name, err)
	}
	info.Exists, info.Value, info.Waiting = true, sem.Value(), sem.Waiters()
	err = sem.Close()
	info.Users, _ = usersOf(sem.Stat())
	return info, err
}
