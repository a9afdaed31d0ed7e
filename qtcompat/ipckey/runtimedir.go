package ipckey

import "strings"

// RuntimeDir returns the runtime directory of a Qt program on Unix other than macOS, in which platform-safe System V keys
// have their key files: the RuntimeDir of an Env. It is empty, which puts key files into the root directory, if no
// directory is usable.
//
// xdg is the program's XDG_RUNTIME_DIR, empty if unset; tempDir is its TempDir; user is the name that the system has
// for its effective user, empty if none. The environment variables that hold a user's name do not matter.
//
// usable says whether Qt accepts a path: a directory, not a symbolic link to one, with mode 0700 and of the program's
// effective user, whatever its set-id and sticky bits; or nothing, where that user can make a directory. Qt makes it
// at once, with mode 0700. RuntimeDir does not: whoever makes the first key file in it has to.
//
// Measured with Qt 6.6.0 to 6.12.0, ten versions that agree; Qt 6.4 and earlier, without platform-safe keys, have other
// rules.
func RuntimeDir(xdg, tempDir, user string, usable func(path string) bool) string {
	dir := decode(xdg)
	if strings.HasPrefix(dir, "/") && usable(dir) {
		return dir
	}
	dir = tempDir + "/runtime-" + user
	if usable(dir) {
		return dir
	}
	return ""
}
