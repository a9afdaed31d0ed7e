package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// otherProcess is a process that we may look at.
type otherProcess struct {
	pid, parent int
	uid         int // effective user
	command     string
	environ     map[string]string // with which it started; nil if it cannot be read
}

// lookAt reads what everybody may know of a process, and its environment if we may.
func lookAt(pid int) (p otherProcess, err error) {
	p.pid = pid
	status, err := os.ReadFile(p.file("status"))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ESRCH) {
		return p, failure{statusNotFound, fmt.Errorf("there is no process %d", pid)}
	}
	if err != nil {
		return p, err
	}
	for line := range strings.Lines(string(status)) {
		label, value, _ := strings.Cut(line, ":")
		fields := strings.Fields(value)
		switch {
		case label == "Name":
			p.command = strings.TrimSpace(value)
		case label == "PPid" && len(fields) == 1:
			p.parent, err = strconv.Atoi(fields[0])
		case label == "Uid" && len(fields) == 4:
			p.uid, err = strconv.Atoi(fields[1])
		}
		if err != nil {
			return p, fmt.Errorf("%s: %w", p.file("status"), err)
		}
	}
	environ, err := os.ReadFile(p.file("environ"))
	if err != nil {
		return p, nil
	}
	p.environ = map[string]string{}
	for variable := range strings.SplitSeq(string(environ), "\x00") {
		name, value, _ := strings.Cut(variable, "=")
		p.environ[name] = value
	}
	return p, nil
}

// file is the path of one of its files in /proc, see proc(5).
func (p otherProcess) file(name string) string { return fmt.Sprintf("/proc/%d/%s", p.pid, name) }

// inside is the path by which we reach a file of its file system.
func (p otherProcess) inside(path string) string { return p.file("root") + path }

// tempDir is the directory of its key files, by the newest Qt's rule.
func (p otherProcess) tempDir() string {
	cwd, _ := os.Readlink(p.file("cwd"))
	return ipckey.TempDir(ipckey.TempAbsolute, p.environ["TMPDIR"], cwd, nil)
}

// namespace names one of its namespaces, see namespaces(7).
func (p otherProcess) namespace(kind string) (string, error) {
	return os.Readlink(p.file("ns/" + kind))
}

var qtCore = regexp.MustCompile(`^libQt\w*Core\.so\.`)

// qtLibrary is the Qt core library that it has loaded, or "".
func (p otherProcess) qtLibrary() string {
	maps, _ := os.ReadFile(p.file("maps"))
	for line := range strings.Lines(string(maps)) {
		if i := strings.IndexByte(line, '/'); i >= 0 {
			if path := strings.TrimSpace(line[i:]); qtCore.MatchString(filepath.Base(path)) {
				return path
			}
		}
	}
	return ""
}

// samePlace reports whether two paths lead to one directory: key files are told apart by device and inode.
func samePlace(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}
