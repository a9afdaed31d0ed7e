//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// directories looks at where each version of Qt puts the key files of System V objects.
func directories() []finding {
	found := append([]finding{tempAgreement(tempDirs())}, keyFileDir(bridge.Environment().TempDir)...)
	return append(found, runtimeFinding())
}

// eraDir is a directory and the versions of Qt that use it.
type eraDir struct{ versions, dir string }

// tempDirs returns the temporary directory of each version, those of neighbours as one.
func tempDirs() (dirs []eraDir) {
	for _, era := range ipckey.Eras() {
		dir := bridge.Environment(bridge.WithRules(era.Rules)).TempDir
		first, last, isRange := strings.Cut(eraName(era), " to ")
		if n := len(dirs) - 1; n >= 0 && dirs[n].dir == dir {
			begin, _, _ := strings.Cut(dirs[n].versions, " to ")
			if isRange {
				dirs[n].versions = begin + " to " + last
			} else {
				dirs[n].versions = begin + " to " + first
			}
			continue
		}
		dirs = append(dirs, eraDir{eraName(era), dir})
	}
	return dirs
}

// tempAgreement compares what TMPDIR means to each version.
func tempAgreement(dirs []eraDir) finding {
	const id, oneDir = "directories.temp",
		"set TMPDIR for all of these programs to the absolute path of a directory that exists, or unset it"
	tmpdir := os.Getenv("TMPDIR")
	var missing, uses []string
	for _, d := range dirs {
		if d.dir == "" {
			missing = append(missing, d.versions)
		}
		uses = append(uses, fmt.Sprintf("Qt %s: %s", d.versions, d.dir))
	}
	switch {
	case len(missing) > 0:
		return finding{id, levelProblem, fmt.Sprintf("TMPDIR=%s does not exist", tmpdir),
			fmt.Sprintf("Qt %s makes its key files in / instead, where ordinary users may not write (KeyError); all others want to make "+
				"them in TMPDIR, and fail", strings.Join(missing, ", ")),
			"mkdir -p " + tmpdir + ", or " + oneDir}
	case tmpdir != "" && !filepath.IsAbs(tmpdir):
		return finding{id, levelWarning, fmt.Sprintf("TMPDIR=%s is relative", tmpdir),
			"it is another directory, with other key files, for each working directory", oneDir}
	case len(dirs) > 1:
		return finding{id, levelNote, "versions of Qt spell TMPDIR differently: " + strings.Join(uses, "; "),
			"it is one directory, so that they meet there; only programs with Qt 5.6 to 5.8 need the same spelling", oneDir}
	}
	return fine(id, "all versions of Qt have their key files in %s", dirs[0].dir)
}

// keyFileDir looks at the directory itself.
func keyFileDir(dir string) (found []finding) {
	const oneOfItsOwn = "give the programs another TMPDIR, the same for all"
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // tempAgreement's
	case err != nil:
		return []finding{{"directories.temp-closed", levelProblem, err.Error(),
			"key files cannot be made or found there: KeyError", oneOfItsOwn}}
	case !info.IsDir():
		return []finding{{"directories.temp-file", levelProblem, dir + " is not a directory",
			"key files cannot be made there: KeyError", oneOfItsOwn}}
	}
	const writeAndSearch = 2 | 1
	if err := syscall.Access(dir, writeAndSearch); err != nil {
		found = append(found, finding{"directories.temp-unwritable", levelProblem, fmt.Sprintf("%s: %v for user %d", dir, err,
			os.Geteuid()),
			"QSharedMemory::create() cannot make its key file, and fails with KeyError; attach() fails on its lock", oneOfItsOwn})
	}
	if info.Mode().Perm()&0o002 != 0 && info.Mode()&os.ModeSticky == 0 {
		found = append(found, finding{"directories.temp-sticky", levelWarning,
			dir + " is writable for everybody, without the sticky bit",
			"every user may remove or replace the key files of others, and so cut programs off from their segments",
			"chmod +t " + dir})
	}
	return found
}
