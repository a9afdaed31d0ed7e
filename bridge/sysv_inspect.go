//go:build linux

package bridge

import (
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

func (sysvBackend) exists(at place) (bool, error) {
	file, err := findKeyFile(at.name, at.requireOwner)
	if err == nil {
		_, err = sysv.Shmget(file.Key(at.id), 0, 0)
	}
	if errors.Is(err, syscall.ENOENT) {
		return false, nil
	}
	return err == nil, err
}

func (b sysvBackend) inspect(at place) (Info, error) {
	info := Info{KeyFile: KeyFile{Path: at.name}, Semaphore: SemaphoreInfo{Native: at.lock}}
	file, err := findKeyFile(at.name, at.requireOwner)
	if err == nil {
		info.KeyFile.Exists, info.KeyFile.Owner = true, file.UID
		err = inspectSegment(&info, file.Key(at.id))
	} else if errors.Is(err, syscall.ENOENT) {
		err = nil
	}
	if err != nil {
		return info, err
	}
	info.Semaphore, err = b.inspectSemaphore(at.ofLock())
	return info, err
}

func inspectSegment(info *Info, key int32) error {
	id, err := sysv.Shmget(key, 0, 0)
	if errors.Is(err, syscall.ENOENT) {
		return nil
	}
	if err != nil {
		return err
	}
	shm, err := sysv.Shmstat(id)
	if removed(err) {
		return nil
	}
	if err != nil {
		return hinted{err, fmt.Sprintf("segment %d: its key file belongs to user %d", id, info.KeyFile.Owner)}
	}
	info.Exists, info.ID = true, id
	info.Size, info.Attached = int64(shm.Size), int(shm.Attached)
	info.Owner, info.Mode = shm.UID, shm.Mode
	info.CreatorPID, info.LastPID = shm.CreatorPID, shm.LastPID
	info.Created = time.Unix(shm.CtTime, 0)
	return nil
}

func (sysvBackend) inspectSemaphore(at place) (SemaphoreInfo, error) {
	info := SemaphoreInfo{Native: at.name}
	id, err := findSemaphore(at)
	if err != nil || id < 0 {
		return info, err
	}
	value, err := sysv.SemValue(id)
	waiting, err2 := sysv.SemWaiting(id)
	pid, err3 := sysv.SemLastPID(id)
	if err := errors.Join(err, err2, err3); err != nil {
		if removed(err) {
			err = nil
		}
		return info, err
	}
	return SemaphoreInfo{Native: at.name, Exists: true, Value: value, Waiting: waiting, LastPID: pid}, nil
}

// findSemaphore returns the id of an existing semaphore, or -1.
func findSemaphore(at place) (int, error) {
	file, err := findKeyFile(at.name, at.requireOwner)
	if err == nil {
		var id int
		if id, err = sysv.Semget(file.Key(at.id), 0, 0); err == nil {
			return id, nil
		}
	}
	if errors.Is(err, syscall.ENOENT) {
		err = nil
	}
	return -1, err
}
