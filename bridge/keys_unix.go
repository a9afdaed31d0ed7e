//go:build unix

package bridge

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// usable tells whether Qt accepts dir as runtime directory, by the rule of ipckey.RuntimeDir.
func usable(dir string) bool {
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return canMake(strings.TrimRight(dir, "/"))
	}
	if err != nil {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && info.IsDir() && info.Mode().Perm() == 0o700 && int(stat.Uid) == os.Geteuid()
}

// canMake tells whether this user can make the directory dir. The system judges by the real user, who is another one
// than the effective user in set-user-id programs only.
func canMake(dir string) bool {
	const writeAndSearch = 2 | 1
	parent, _ := filepath.Split(dir)
	_, err := os.Lstat(dir)
	return errors.Is(err, fs.ErrNotExist) && syscall.Access(parent, writeAndSearch) == nil
}

// realpath is the function that ipckey.TempDir asks for.
func realpath(path string) (resolved string, exists bool) {
	resolved, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
	}
	return resolved, true
}
