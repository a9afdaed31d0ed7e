package bridge

import (
	"time"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// Info is what the system says about a segment. It is a snapshot: others may change all of it at any moment.
type Info struct {
	Key        ipckey.Key // without a Native one: a System V object whose key file List has not found
	Exists     bool       // the segment does; KeyFile and Semaphore may exist without it
	ID         int        // System V: shmid, POSIX: inode number, 0 on Windows
	Ftok       int32      // System V only: the kernel's key, what ftok(3) makes of the key file; 0 without both
	Size       int64
	Attached   int       // System V: attachments, POSIX: processes, Windows: handles; a process may have several of the first and last. -1: not for this user
	Users      []Process // those that have it mapped or open, as far as they can be seen from here; not on Windows
	Owner      uint32    // user ID, 0 on Windows
	Mode       uint32    // permission bits, 0 on Windows
	CreatorPID int       // System V only
	LastPID    int       // System V only: the process that attached or detached last
	Created    time.Time // System V: creation or last change of owner or mode, POSIX: of size or mode too; zero on Windows
	Used       time.Time // System V only: the latest of creation, attach and detach; in seconds
	KeyFile    KeyFile
	Semaphore  SemaphoreInfo
}

// KeyFile is the file from which the System V key of a segment or a semaphore is derived.
type KeyFile struct {
	Path     string
	Exists   bool
	Owner    uint32
	Modified time.Time // as a rule when it was made: nothing writes to it
	Collides []string  // from List: other key files that ftok(3) gives the same key, and so the same object
}

// SemaphoreInfo is what the system says about a semaphore.
type SemaphoreInfo struct {
	Native  string // its native key
	Exists  bool
	ID      int       // System V: semid, POSIX: inode number, 0 on Windows
	Ftok    int32     // System V only: the kernel's key
	Count   int       // System V only, from List: how many semaphores the set has; Qt's has one
	Owner   uint32    // user ID, 0 on Windows
	Mode    uint32    // permission bits, 0 on Windows
	Value   int       // 1: a free lock, 0: a held one, -1: this process may not look
	Waiting int       // threads that wait for it, or -1 on Windows, which does not tell
	LastPID int       // System V only: the process that operated on it last
	Used    time.Time // from List, System V: the last operation or change; in seconds. POSIX: the last change of owner, mode or names
	Users   []Process // POSIX only: those that have it open, one of which may hold it
	KeyFile KeyFile   // System V only

	counted bool // by the System V kernel, which knows LastPID
}

// Process is one that has an object open.
type Process struct {
	PID     int
	Command string // its name, at most 15 bytes
}

// Inspect looks at the segment of key, its key file and its lock, without attaching, locking or changing anything.
// That something does not exist is no error but an answer. Of the options only WithRules matters.
func Inspect(key ipckey.Key, opts ...Option) (Info, error) {
	b, at, err := backendOf(key, ipckey.Segment, opts)
	if err != nil {
		return Info{Key: key}, wrap("inspect", key, err)
	}
	info, err := b.inspect(at)
	info.Key = key
	return info, wrap("inspect", key, err)
}

// InspectSemaphore looks at the semaphore of key without changing anything. Of the options only WithRules matters.
func InspectSemaphore(key ipckey.Key, opts ...Option) (SemaphoreInfo, error) {
	b, at, err := backendOf(key, ipckey.Semaphore, opts)
	if err != nil {
		return SemaphoreInfo{Native: key.Native}, wrap("inspect", key, err)
	}
	info, err := b.inspectSemaphore(at)
	return info, wrap("inspect", key, err)
}
