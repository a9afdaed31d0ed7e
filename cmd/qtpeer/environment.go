package main

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"runtime"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// environment is what Qt derives keys from, in this process.
func environment() ipckey.Env {
	cwd, _ := os.Getwd() // needed for a relative TMPDIR only; without one that stays relative
	temp := ipckey.TempDir(ipckey.TempAbsolute, os.Getenv("TMPDIR"), cwd, nil)
	return ipckey.Env{GOOS: runtime.GOOS, TempDir: temp, RuntimeDir: runtimeDir(temp)}
}

// runtimeDir is QStandardPaths::RuntimeLocation. Qt makes the directory if it is missing; this function does not.
func runtimeDir(temp string) string {
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir != "" && usable(dir) {
		return dir
	}
	name := ""
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return temp + "/runtime-" + name
}

// usable tells whether Qt 6.6 and later accept dir for XDG_RUNTIME_DIR (measured with Qt 6.8.2 and 6.11.2).
func usable(dir string) bool {
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return dir[0] == '/'
	}
	return err == nil && dir[0] == '/' && info.IsDir() && info.Mode().Perm() == 0o700 && isOurs(info)
}
