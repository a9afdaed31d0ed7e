//go:build linux

package bridge

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/shmbridge/shmbridge/internal/proc"
	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// listedFile is a key file, or may be one.
type listedFile struct {
	sysv.KeyFile
	path string
}

// isNamed reports whether the file has the name of a legacy key.
func (f listedFile) isNamed() bool {
	base := filepath.Base(f.path)
	return strings.HasPrefix(base, legacySegment) || strings.HasPrefix(base, legacySemaphore)
}

// isLock reports whether a name says that it is the key file of a semaphore.
func (f listedFile) isLock() bool { return strings.HasPrefix(filepath.Base(f.path), legacySemaphore) }

// keys returns what ftok(3) makes of the file by the rules of all versions of Qt, the usual first.
func (f listedFile) keys() (keys []int32) {
	for _, rule := range []ipckey.ProjectRule{ipckey.ProjectFixed, ipckey.ProjectCRC32C, ipckey.ProjectHash31} {
		key := ipckey.Key{Type: ipckey.SystemV, Native: f.path}
		keys = append(keys, f.Key(key.ProjectID(ipckey.Rules{Project: rule})))
	}
	return keys
}

// keyFiles returns the files in the directories of key files that have the name of one, or may be one: those are empty.
func keyFiles() (files []listedFile) {
	for _, dir := range keyFileDirs() {
		entries, _ := os.ReadDir(dir)
		for _, entry := range entries {
			if !entry.Type().IsRegular() {
				continue
			}
			file := listedFile{path: strings.TrimSuffix(dir, "/") + "/" + entry.Name()}
			var err error
			file.KeyFile, err = sysv.StatKeyFile(file.path)
			if err == nil && file.IsRegular() && (file.isNamed() || file.Size == 0) {
				files = append(files, file)
			}
		}
	}
	return files
}

// keyFileDirs returns the directories in which Qt's key files may be, each once, those of this process first.
func keyFileDirs() (dirs []string) {
	env := Environment()
	all := []string{env.TempDir, env.RuntimeDir}
	for _, era := range ipckey.Eras() {
		all = append(all, legacyEnvironment(ipckey.SystemV, era.Rules).TempDir)
	}
	all = append(all, "/tmp", "/var/tmp")
	all = append(all, proc.Variables("TMPDIR", "XDG_RUNTIME_DIR")...)
	for _, pattern := range []string{"/run/user/*", "/tmp/runtime-*", "/tmp/systemd-private-*/tmp", "/tmp/snap-private-tmp/*/tmp"} {
		found, _ := filepath.Glob(pattern)
		all = append(all, found...)
	}
	var known []os.FileInfo
	for _, dir := range all {
		info, err := os.Stat(dir)
		if err != nil || !info.IsDir() || !filepath.IsAbs(dir) || isAmong(info, known) {
			continue
		}
		known = append(known, info)
		dirs = append(dirs, dir)
	}
	return dirs
}

func isAmong(file os.FileInfo, others []os.FileInfo) bool {
	for _, other := range others {
		if os.SameFile(file, other) {
			return true
		}
	}
	return false
}

// legacyKey is the key of the object, by the name that was passed to Qt if that can be told.
func (f listedFile) legacyKey() ipckey.Key {
	return ipckey.Key{Type: ipckey.SystemV, Native: f.path, Legacy: legacyName(filepath.Base(f.path))}
}
