//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// linker is the dynamic linker. Started with a Qt core library in place of a program it loads that and what it needs, and
// runs the entry point of the library, which prints its version (qt_core_boilerplate in Qt's src/corelib/global/qlibraryinfo.cpp).
var linker = "/lib64/ld-linux-x86-64.so.2"

var versionText = regexp.MustCompile(`This is the QtCore library version (?:Qt )?(\d+\.\d+\.\d+)`)

// checkLinker fails where the builds cannot be loaded.
func checkLinker() error {
	if _, err := os.Stat(linker); err != nil {
		return fmt.Errorf("the Qt builds are for Linux on x86-64 with glibc, and this system is another: %w", err)
	}
	return nil
}

// tryLoad fails, with what to do, if the Qt core library cannot be loaded or is not of the version.
func tryLoad(library, version string) error {
	load := exec.Command(linker, library)
	load.Env = append(os.Environ(), "LD_BIND_NOW=1")
	out, err := load.CombinedOutput()
	if err != nil {
		if missing := missingPackages(library); missing != "" {
			return fmt.Errorf("cannot load %s: the system lacks %s", library, missing)
		}
		return fmt.Errorf("cannot load %s: %w; if the file is damaged, remove %s and run this again",
			library, saying(err, out), filepath.Dir(filepath.Dir(library)))
	}
	if found := versionText.FindSubmatch(out); found == nil || string(found[1]) != version {
		return fmt.Errorf("%s says %q when loaded; correct %s and remove %s",
			library, bytes.SplitN(out, []byte("\n"), 2)[0], manifestFile, filepath.Dir(library))
	}
	return nil
}

// debianPackages has the packages of the libraries that Qt's core library takes from the system.
var debianPackages = map[string]string{
	"libglib-2.0.so.0":    "libglib2.0-0",
	"libgthread-2.0.so.0": "libglib2.0-0",
	"libstdc++.so.6":      "libstdc++6",
	"libz.so.1":           "zlib1g",
	"libzstd.so.1":        "libzstd1",
}

var notFound = regexp.MustCompile(`(?m)^\s*(\S+) => not found$`)

// missingPackages says which libraries that a library needs are not there and what to install; nothing if all are.
func missingPackages(library string) string {
	list := exec.Command(linker, library)
	list.Env = append(os.Environ(), "LD_TRACE_LOADED_OBJECTS=1")
	listed, err := list.Output()
	if err != nil {
		return ""
	}
	return describeMissing(string(listed))
}

// describeMissing does that for the linker's list.
func describeMissing(listed string) string {
	var libraries, packages []string
	for _, line := range notFound.FindAllStringSubmatch(listed, -1) {
		libraries = append(libraries, line[1])
		if p := debianPackages[line[1]]; p != "" && !slices.Contains(packages, p) {
			packages = append(packages, p)
		}
	}
	text := strings.Join(libraries, ", ")
	if len(packages) > 0 {
		text += "; install the Debian packages " + strings.Join(packages, " ")
	}
	return text
}
