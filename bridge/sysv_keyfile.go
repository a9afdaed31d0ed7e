//go:build linux

package bridge

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// findKeyFile looks at the file from which the keys of an object are derived. Qt's ftok would follow a symbolic link
// to an object of the planter's choice; here it is refused.
func findKeyFile(path string, requireOwner bool) (sysv.KeyFile, error) {
	file, err := sysv.StatKeyFile(path)
	if err != nil {
		return file, explainPath(path, err)
	}
	if file.IsSymlink() {
		return file, hinted{fmt.Errorf("%s: %w", path, ErrSymlink),
			fmt.Sprintf("user %d put it there, Qt makes plain files; look where it points, then remove it", file.UID)}
	}
	if requireOwner && file.UID != uint32(os.Geteuid()) {
		return file, foreign("key file "+path, file.UID)
	}
	return file, nil
}

// ensureKeyFile is findKeyFile, but makes the file where there is none, and tells whether it did.
func ensureKeyFile(path string, requireOwner bool) (file sysv.KeyFile, made bool, err error) {
	file, err = findKeyFile(path, requireOwner)
	if !errors.Is(err, syscall.ENOENT) {
		return file, false, err
	}
	return makeKeyFile(path, requireOwner)
}

// makeKeyFile is ensureKeyFile for a file that is not expected to be there.
func makeKeyFile(path string, requireOwner bool) (file sysv.KeyFile, made bool, err error) {
	file, made, err = sysv.CreateKeyFile(path)
	if errors.Is(err, syscall.ENOENT) && path == Environment().RuntimeDir+"/"+filepath.Base(path) && makeRuntimeDir(path) {
		file, made, err = sysv.CreateKeyFile(path)
	}
	if made || err != nil {
		return file, made, noKeyFile(path, err)
	}
	file, err = findKeyFile(path, requireOwner)
	return file, false, err
}

// makeRuntimeDir makes the directory of a platform-safe key's file, as Qt does when it derives such a key.
func makeRuntimeDir(path string) bool { return os.Mkdir(filepath.Dir(path), 0o700) == nil }

// unlinkKeyFile removes the key file unless it has become another one, which guards a newer object, or has something in
// it: a native key can be any file, and Qt's own are empty.
func unlinkKeyFile(path string, id uint8, key int32) error {
	file, err := sysv.StatKeyFile(path)
	if err == nil && file.Key(id) == key && file.Size == 0 {
		err = sysv.Unlink(path)
	}
	if errors.Is(err, syscall.ENOENT) {
		return nil
	}
	return err
}

func foreign(what string, uid uint32) error {
	return hinted{fmt.Errorf("%s: %w (%d)", what, ErrForeignOwner, uid), "use another key, or let that user remove it"}
}

// explainPath adds what the directory of a key file has to do with err.
func explainPath(path string, err error) error {
	switch {
	case errors.Is(err, syscall.ENAMETOOLONG):
		name := filepath.Base(path)
		return hinted{fmt.Errorf("%w: %w", errKeyFile, err), fmt.Sprintf("%q has %d bytes, a file name at most 255: "+
			"at most 197 of a key's characters may be letters A-Z and a-z", name, len(name))}
	case errors.Is(err, syscall.EACCES):
		return hinted{err, "this user cannot look into the directory " + filepath.Dir(path) + ", where Qt keeps its key files (TMPDIR)"}
	}
	return err
}

// noKeyFile explains why a key file cannot be made; Qt says no more than "unable to make key".
func noKeyFile(path string, err error) error {
	if err == nil {
		return nil
	}
	dir := filepath.Dir(path)
	hint := ""
	switch {
	case errors.Is(err, syscall.ENOENT):
		hint = fmt.Sprintf("there is no directory %s: make it, or set TMPDIR to the one that the Qt program uses", dir)
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.EPERM):
		hint = fmt.Sprintf("this user cannot write to the directory %s, where Qt keeps its key files (TMPDIR)", dir)
	case errors.Is(err, syscall.ENOSPC):
		hint = fmt.Sprintf("the file system of %s is full", dir)
	}
	return hinted{fmt.Errorf("%w: %w", errKeyFile, err), hint}
}
