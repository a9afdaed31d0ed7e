package bridge

import (
	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

var backends = map[ipckey.Family]backend{
	ipckey.FamilySystemV: sysvBackend{},
	ipckey.FamilyPosix:   posixBackend{},
}

// quickLock is a semaphore that user space can take and give back.
type quickLock = posix.Sem
