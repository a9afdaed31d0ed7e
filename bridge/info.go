package bridge

import (
	"time"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// Info is what the system says about a segment. It is a snapshot: others may change all of it at any moment.
type Info struct {
	Key        ipckey.Key
	Exists     bool // the segment does; KeyFile and Semaphore may exist without it
	ID         int  // shmid
	Size       int64
	Attached   int // attachments of all processes together; a process may have several
	Owner      uint32
	Mode       uint32 // permission bits
	CreatorPID int
	LastPID    int // the process that attached or detached last
	Created    time.Time
	KeyFile    KeyFile
	Semaphore  SemaphoreInfo
}

// Orphan reports whether the segment exists and nobody is attached to it: a process ended without detaching.
func (i Info) Orphan() bool { return i.Exists && i.Attached == 0 }

// KeyFile is the file from which the System V key of a segment is derived.
type KeyFile struct {
	Path   string
	Exists bool
	Owner  uint32
}

// SemaphoreInfo is what the system says about a semaphore.
type SemaphoreInfo struct {
	Native  string // its native key
	Exists  bool
	Value   int // 1: a free lock, 0: a held one
	Waiting int // threads that wait for it
	LastPID int // the process that operated on it last
}

// Inspect looks at the segment of key, its key file and its lock, without attaching, locking or changing anything.
// That something does not exist is no error but an answer.
func Inspect(key ipckey.Key) (Info, error) {
	b, at, err := backendOf(key, ipckey.Segment, nil)
	if err != nil {
		return Info{Key: key}, wrap("inspect", key, err)
	}
	info, err := b.inspect(at)
	info.Key = key
	return info, wrap("inspect", key, err)
}

// InspectSemaphore looks at the semaphore of key without changing anything.
func InspectSemaphore(key ipckey.Key) (SemaphoreInfo, error) {
	b, at, err := backendOf(key, ipckey.Semaphore, nil)
	if err != nil {
		return SemaphoreInfo{Native: key.Native}, wrap("inspect", key, err)
	}
	info, err := b.inspectSemaphore(at)
	return info, wrap("inspect", key, err)
}
