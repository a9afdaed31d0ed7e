package ipckey

import (
	"path"
	"strings"
	"unicode/utf8"
)

// TempRule is a way in which Qt turns TMPDIR into its temporary directory on Unix, QDir::tempPath. Where the directory
// exists, the rules differ in spelling only: a key file's identity comes from device and inode, so any rule will do to
// meet any Qt but 5.6 to 5.8, which hash the spelling (see ProjectRule). Where it does not exist, the Qt program creates
// no key file either.
type TempRule uint8

// The rules.
const (
	// TempAbsolute is that of Qt 6.9.2 and later: an absolute path, cleaned without looking at the file system. It
	// is the default because it is the newest.
	TempAbsolute TempRule = iota
	// TempCanonical is that of Qt 5.12 to 6.9.1: the real path, without symbolic links. It is empty if the directory does
	// not exist, which puts key files into the root directory.
	TempCanonical
	// TempLexical is that of Qt 5.11 and earlier: TMPDIR, cleaned without looking at the file system. It stays
	// relative. Qt 4.8 differs where nobody will notice: it leaves out bytes that are not UTF-8, and cleans "./" and
	// "/." to an empty path.
	TempLexical
)

// TempDir returns the temporary directory of a Qt program on Unix, in which legacy System V keys have their key files:
// the TempDir of an Env.
//
// tmpdir is the program's TMPDIR, empty if unset, and cwd the absolute path of its working directory as the kernel has
// it, without symbolic links, empty if that has been removed. Where TMPDIR is unset, Qt uses NSTemporaryDirectory on macOS (getconf DARWIN_USER_TEMP_DIR prints
// it), which the caller has to pass as tmpdir, and /tmp elsewhere.
//
// realpath resolves every symbolic link of an absolute path and says whether there is such a path. If there may be one
// but it cannot be resolved, as in a directory that is closed to the program, the result is "", true: Qt then keeps
// TMPDIR. Only TempCanonical calls realpath, it may be nil for the others.
//
// Bytes that are not UTF-8 become U+FFFD, as in Qt, which then uses another directory than the rest of the system.
// Measured with Qt 4.8.7 and 29 versions from 5.6.0 to 6.12.0.
func TempDir(rule TempRule, tmpdir, cwd string, realpath func(string) (string, bool)) string {
	dir := decode(tmpdir)
	if dir == "" {
		dir = "/tmp"
	}
	switch rule {
	case TempLexical:
		return clean(dir)
	case TempCanonical:
		return canonical(clean(dir), cwd, realpath)
	}
	if len(dir) > 1 {
		dir = strings.TrimSuffix(dir, "/")
	}
	if dir != "/" && strings.HasSuffix(dir, "/") {
		return clean(absolute(dir, cwd)) + "/" // only one of several slashes is removed
	}
	return clean(absolute(dir, cwd))
}

func canonical(dir, cwd string, realpath func(string) (string, bool)) string {
	if strings.HasPrefix(dir, ":") {
		return dir // to QDir, the path of a resource inside the program
	}
	resolved, exists := realpath(clean(absolute(dir, cwd)))
	switch {
	case !exists:
		return ""
	case resolved == "":
		return dir
	}
	return decode(resolved)
}

func absolute(dir, cwd string) string {
	if strings.HasPrefix(dir, "/") || cwd == "" {
		return dir
	}
	return decode(cwd) + "/" + dir
}

// clean is QDir::cleanPath: path.Clean, but .. stays at the start of an absolute path.
func clean(dir string) string {
	if !strings.HasPrefix(dir, "/") || !strings.Contains(dir, "..") {
		return path.Clean(dir)
	}
	dir = path.Clean(strings.TrimLeft(dir, "/"))
	if dir == "." {
		return "/"
	}
	return "/" + dir
}

// decode is QFile::decodeName: each byte that is not part of a UTF-8 character becomes U+FFFD.
func decode(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	return string([]rune(name))
}
