package bridge

import (
	"os"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestStat(t *testing.T) {
	key := newKey(t)
	create(t, key, 1024)
	s := attach(t, key, ReadOnly)
	if info, err := s.Stat(); err != nil || info.Attached != 2 || info.Size != 1024 || info.Mode != 0o600 ||
		info.CreatorPID != os.Getpid() || !info.KeyFile.Exists || info.Orphan() {
		t.Errorf("%+v, %v", info, err)
	}
}

func TestCreatorLeavesTheLocksKeyFile(t *testing.T) {
	key := newKey(t)
	creator := create(t, key, 8)
	attach(t, key, ReadWrite)
	before := keyFileOfLock(t, key)
	detach(t, creator)
	if after := keyFileOfLock(t, key); after != before {
		t.Errorf("the lock's key file was %+v and is %+v: a newcomer would find another key", before, after)
	}
}

func keyFileOfLock(t *testing.T, key ipckey.Key) sysv.KeyFile {
	t.Helper()
	file, err := sysv.StatKeyFile(inspect(t, key).Semaphore.Native)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
