package bridge

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// LegacyKey returns the key that QSharedMemory(name) uses on this machine, in this process's environment: TMPDIR
// decides where the key files are, so it must be the Qt program's.
func LegacyKey(name string) (ipckey.Key, error) { return legacyKey(ipckey.Segment, name) }

// LegacySemaphoreKey returns the key that QSystemSemaphore(name) uses. The lock of the segment of that name is the
// same semaphore.
func LegacySemaphoreKey(name string) (ipckey.Key, error) { return legacyKey(ipckey.Semaphore, name) }

func legacyKey(kind ipckey.Kind, name string) (ipckey.Key, error) {
	key, err := ipckey.Legacy(environment(), kind, name, ipckey.LegacyDefaultType(runtime.GOOS))
	if err != nil {
		return key, wrap("derive the key of", ipckey.Key{Type: ipckey.LegacyDefaultType(runtime.GOOS), Legacy: name}, err)
	}
	return key, nil
}

// environment is the part of the outside world from which keys are derived, as it is now: Qt reads it afresh for
// every name as well.
func environment() ipckey.Env {
	tmpdir, cwd := os.Getenv("TMPDIR"), ""
	if tmpdir != "" && !filepath.IsAbs(tmpdir) {
		cwd, _ = os.Getwd() // without a working directory the path stays relative, as in Qt
	}
	return ipckey.Env{GOOS: runtime.GOOS, TempDir: ipckey.TempDir(ipckey.TempAbsolute, tmpdir, cwd, nil)}
}
