package bridge

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// LegacyKey returns the key that QSharedMemory(name) uses on this machine, in this process's environment: TMPDIR
// decides where the key files are, so it must be the Qt program's. Of the options only WithRules matters.
func LegacyKey(name string, opts ...Option) (ipckey.Key, error) {
	return legacyKey(ipckey.Segment, name, opts)
}

// LegacySemaphoreKey returns the key that QSystemSemaphore(name) uses. The lock of the segment of that name is the
// same semaphore.
func LegacySemaphoreKey(name string, opts ...Option) (ipckey.Key, error) {
	return legacyKey(ipckey.Semaphore, name, opts)
}

func legacyKey(kind ipckey.Kind, name string, opts []Option) (ipckey.Key, error) {
	key, err := ipckey.Legacy(Environment(opts...), kind, name, ipckey.LegacyDefaultType(runtime.GOOS))
	if err != nil {
		return key, wrap("derive the key of", ipckey.Key{Type: ipckey.LegacyDefaultType(runtime.GOOS), Legacy: name}, err)
	}
	return key, nil
}

// Environment returns the part of the outside world from which keys are derived, as it is now, for ipckey.Legacy and
// ipckey.PlatformSafe: Qt reads it afresh for every name as well. Of the options only WithRules matters.
func Environment(opts ...Option) ipckey.Env {
	rules := placed(opts).rules
	tmpdir, cwd := os.Getenv("TMPDIR"), ""
	if tmpdir != "" && !filepath.IsAbs(tmpdir) {
		cwd, _ = os.Getwd() // without a working directory the path stays relative, as in Qt
	}
	return ipckey.Env{GOOS: runtime.GOOS, TempDir: ipckey.TempDir(rules.Temp, tmpdir, cwd, realpath), Rules: rules}
}

// realpath resolves every symbolic link of path and reports whether it exists.
func realpath(path string) (string, bool) {
	path, err := filepath.EvalSymlinks(path)
	return path, err == nil
}
