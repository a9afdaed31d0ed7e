package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// qt is a Qt to run a program with: the system's, or the one in a directory.
type qt struct {
	program   string
	directory string // of its libraries; empty: the system's
}

var coreName = regexp.MustCompile(`^libQt([56])Core\.so`)

// qts returns the system's two and those of the core libraries, each with the program for its major version.
func qts(bin string, libraries []string) ([]qt, error) {
	all := []qt{{program: filepath.Join(bin, "qtvectors-qt5")}, {program: filepath.Join(bin, "qtvectors-qt6")}}
	for _, library := range libraries {
		name := coreName.FindStringSubmatch(filepath.Base(library))
		if name == nil {
			return nil, fmt.Errorf("%s is not the core library of Qt 5 or Qt 6", library)
		}
		all = append(all, qt{filepath.Join(bin, "qtvectors-qt"+name[1]), filepath.Dir(library)})
	}
	return all, nil
}

// run runs the program and returns the version of its Qt and what it prints.
func (q qt) run() (version string, fresh *vectors, err error) {
	runtime, err := os.MkdirTemp("", "qtvectors-")
	if err != nil {
		return "", nil, err
	}
	defer os.RemoveAll(runtime)
	cmd := exec.Command(q.program)
	cmd.Env = append(os.Environ(), "TZ=Europe/Paris", "LC_ALL=C.UTF-8", "QT_QPA_PLATFORM=offscreen", "QT_HASH_SEED=0",
		"QT_LOGGING_RULES=*=false", "XDG_RUNTIME_DIR="+runtime)
	if q.directory != "" {
		cmd.Env = append(cmd.Env, "LD_LIBRARY_PATH="+q.directory, "QT_QPA_PLATFORM_PLUGIN_PATH="+q.directory)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, fmt.Errorf("%w; build it: cmake --build build --target qtvectors", err)
	}
	if err != nil {
		return "", nil, fmt.Errorf("%s with the Qt of %q: %w: %s", q.program, q.directory, err, stderr.Bytes())
	}
	version, text, _ := strings.Cut(string(out), "\n")
	fresh = newVectors()
	return version, fresh, fresh.parse(text)
}
