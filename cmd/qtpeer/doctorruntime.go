//go:build unix

package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/shmbridge/shmbridge/bridge"
)

// runtimeFinding looks at the directory of platform-safe System V keys.
func runtimeFinding() finding {
	const id = "directories.runtime"
	xdg, dir := os.Getenv("XDG_RUNTIME_DIR"), bridge.Environment().RuntimeDir
	const why = "there Qt 6.6 and later has the key files of platformSafeKey(name, SystemV): programs that disagree do not meet"
	switch {
	case xdg != "" && dir == xdg:
		return fine(id, "platform-safe System V keys have their key files in %s", dir)
	case xdg == "":
		return finding{id, levelNote, "XDG_RUNTIME_DIR is unset: Qt uses " + cmp.Or(dir, "/"), why,
			fmt.Sprintf("if the others have it, for example in a desktop session: export XDG_RUNTIME_DIR=/run/user/%d",
				os.Geteuid())}
	}
	reason, remedy := refusedRuntimeDir(xdg)
	return finding{id, levelWarning, fmt.Sprintf("Qt does not use XDG_RUNTIME_DIR=%s, but %s: %s", xdg, cmp.Or(dir, "/"), reason),
		why, remedy}
}

// refusedRuntimeDir says why Qt does not use dir, by the rule of ipckey.RuntimeDir.
func refusedRuntimeDir(dir string) (reason, remedy string) {
	unset := "unset it, or give the path of a directory of this user with mode 0700"
	if !filepath.IsAbs(dir) {
		return "it is relative", unset
	}
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it does not exist, and this user cannot make it", unset
	case err != nil:
		return err.Error(), unset
	case info.Mode()&os.ModeSymlink != 0:
		return "it is a symbolic link", "give the path that it leads to"
	case !info.IsDir():
		return "it is not a directory", unset
	}
	if s, ok := info.Sys().(*syscall.Stat_t); ok && int(s.Uid) != os.Geteuid() {
		return fmt.Sprintf("it belongs to user %d, and this is user %d", s.Uid, os.Geteuid()), unset
	}
	return fmt.Sprintf("its mode is %04o, not 0700", info.Mode().Perm()), unset
}
