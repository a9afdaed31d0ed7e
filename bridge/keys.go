package bridge

import (
	"cmp"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// Getenv is how the environment is read of which keys depend: os.Getenv, which does not see what C code of the process has
// changed with setenv(3). It is for programs in which C code does, to be set before anything else of this package is used.
var Getenv = os.Getenv

// LegacyKey returns the key that QSharedMemory(name) uses on this machine, in this process's environment: TMPDIR
// decides where the key files are, so it must be the Qt program's. Of the options only WithRules and WithType matter.
func LegacyKey(name string, opts ...Option) (ipckey.Key, error) {
	return legacyKey(ipckey.Segment, name, opts)
}

// LegacySemaphoreKey returns the key that QSystemSemaphore(name) uses. The lock of the segment of that name is the
// same semaphore.
func LegacySemaphoreKey(name string, opts ...Option) (ipckey.Key, error) {
	return legacyKey(ipckey.Semaphore, name, opts)
}

func legacyKey(kind ipckey.Kind, name string, opts []Option) (ipckey.Key, error) {
	at := placed(opts)
	t := cmp.Or(at.keyType, ipckey.LegacyDefaultType(runtime.GOOS))
	key, err := ipckey.Legacy(legacyEnvironment(t, at.rules), kind, name, t)
	if err != nil {
		return key, wrap("derive the key of", ipckey.Key{Type: t, Legacy: name}, err)
	}
	return key, nil
}

// Environment returns the part of the outside world from which keys are derived, as it is now, for ipckey.Legacy and
// ipckey.PlatformSafe: Qt reads it afresh for every name as well. TMPDIR, XDG_RUNTIME_DIR, HOME on macOS, the working
// directory and the effective user decide; of the options only WithRules matters. Nothing is made: RuntimeDir may not
// exist yet, and where the system's list of users does not have the effective one, the USER of the environment stands in.
func Environment(opts ...Option) ipckey.Env {
	env := legacyEnvironment(ipckey.SystemV, placed(opts).rules)
	env.RuntimeDir = runtimeDir(env.TempDir)
	return env
}

// legacyEnvironment is Environment without what legacy keys of type t, and their locks, do not depend on.
func legacyEnvironment(t ipckey.Type, rules ipckey.Rules) ipckey.Env {
	if t.Family() != ipckey.FamilySystemV {
		return ipckey.Env{GOOS: runtime.GOOS, Rules: rules}
	}
	tmpdir, cwd := Getenv("TMPDIR"), ""
	if tmpdir != "" && !filepath.IsAbs(tmpdir) {
		cwd, _ = syscall.Getwd() // not os.Getwd, which prefers PWD's spelling; without one the path stays relative, as in Qt
	}
	return ipckey.Env{GOOS: runtime.GOOS, TempDir: ipckey.TempDir(rules.Temp, tmpdir, cwd, realpath), Rules: rules}
}

func runtimeDir(temp string) string {
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		home, _ := os.UserHomeDir()
		return home + "/Library/Application Support"
	}
	name := Getenv("USER") // for users that only a name service knows, which needs cgo
	if u, err := user.LookupId(strconv.Itoa(os.Geteuid())); err == nil {
		name = u.Username
	}
	return ipckey.RuntimeDir(Getenv("XDG_RUNTIME_DIR"), temp, name, usable)
}
