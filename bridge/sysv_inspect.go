//go:build linux

package bridge

import (
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/shmbridge/shmbridge/internal/proc"
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
		info.KeyFile.fill(file)
		info.Ftok = file.Key(at.id)
		err = inspectSegment(&info, info.Ftok)
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
	info.fillSysv(sysv.ShmEntry{Key: key, ID: id, ShmInfo: shm})
	segment := proc.Segment(id)
	users, _ := proc.Users(segment)
	info.Users = asProcesses(users[segment])
	return nil
}

// fillSysv takes over what the kernel says about the segment.
func (i *Info) fillSysv(shm sysv.ShmEntry) {
	i.Exists, i.ID, i.Ftok = true, shm.ID, shm.Key
	i.Size, i.Attached = int64(shm.Size), int(shm.Attached)
	i.Owner, i.Mode = shm.UID, shm.Mode
	i.CreatorPID, i.LastPID = shm.CreatorPID, shm.LastPID
	i.Created, i.Used = time.Unix(shm.CtTime, 0), time.Unix(max(shm.CtTime, shm.AtTime, shm.DtTime), 0)
}

// fill takes over what the file system says about the file.
func (k *KeyFile) fill(file sysv.KeyFile) {
	k.Exists, k.Owner, k.Modified = true, file.UID, time.Unix(file.MTime, 0)
}

func (sysvBackend) inspectSemaphore(at place) (SemaphoreInfo, error) {
	info := SemaphoreInfo{Native: at.name, KeyFile: KeyFile{Path: at.name}}
	file, err := findKeyFile(at.name, at.requireOwner)
	if errors.Is(err, syscall.ENOENT) {
		return info, nil
	}
	if err != nil {
		return info, err
	}
	info.KeyFile.fill(file)
	info.Ftok = file.Key(at.id)
	id, err := sysv.Semget(info.Ftok, 0, 0)
	if err == nil {
		err = info.lookAt(id)
	}
	if errors.Is(err, syscall.ENOENT) || removed(err) {
		err = nil
	}
	return info, err
}

// lookAt asks the kernel about a System V semaphore.
func (s *SemaphoreInfo) lookAt(id int) error {
	s.counted = true
	value, err := sysv.SemValue(id)
	waiting, err2 := sysv.SemWaiting(id)
	pid, err3 := sysv.SemLastPID(id)
	owner, mode, err4 := sysv.SemOwner(id)
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return err
	}
	s.Exists, s.ID, s.Owner, s.Mode = true, id, owner, mode
	s.Value, s.Waiting, s.LastPID = value, waiting, pid
	return nil
}
