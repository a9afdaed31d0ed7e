//go:build linux

package bridge

import (
	"errors"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/internal/proc"
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
		info.fillPosix(file)
		info.Users = usersOf(file)
		info.countPosix(at.name)
	case !errors.Is(err, syscall.ENOENT):
		return info, explainMemory(at.name, err)
	}
	info.Semaphore, err = b.inspectSemaphore(at.ofLock())
	return info, err
}

func (s *SemaphoreInfo) fillPosix(file posix.Info) {
	s.Exists, s.ID, s.Owner, s.Mode, s.Used = true, int(file.Ino), file.UID, file.Mode&0o777, file.CTime
}

// fillPosix takes over what the file system says about the segment.
func (i *Info) fillPosix(file posix.Info) {
	i.Exists, i.ID, i.Size = true, int(file.Ino), file.Size
	i.Owner, i.Mode, i.Created = file.UID, file.Mode&0o777, file.CTime
}

// countPosix counts the Users. If there are none the kernel may know of one that cannot be seen from here; but it tells the
// owner of the segment only.
func (i *Info) countPosix(name string) {
	if i.Attached = len(i.Users); i.Attached > 0 {
		return
	}
	switch used, err := memoryInUse(name); {
	case used:
		i.Attached = 1
	case errors.Is(err, syscall.EACCES):
		i.Attached = -1
	}
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

// usersOf lists the processes that have the object open.
func usersOf(object posix.Info) []Process {
	file := proc.File(object.Dev, object.Ino)
	found, _ := proc.Users(file)
	return asProcesses(found[file])
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
	info.fillPosix(sem.Stat())
	info.Value, info.Waiting = sem.Value(), sem.Waiters()
	err = sem.Close()
	info.Users = usersOf(sem.Stat())
	return info, err
}
