//go:build linux

package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// build is a line of the manifest: where to find a version of Qt.
type build struct {
	version string // of Qt
	pkg     string // Python package
	release string // version of the package
	python  string // version of Python to ask for
	tag     string // platform to ask for, a wheel's platform tag
	sha256  string // of the wheel, in lower-case hexadecimal digits
	gui     bool   // whether Qt Gui and Qt Widgets are wanted, too
}

// guiSuffix asks for Qt Gui and Qt Widgets, too, after a version.
const guiSuffix = "-gui"

func (b build) name() string {
	if b.gui {
		return b.version + guiSuffix
	}
	return b.version
}

var buildLine = regexp.MustCompile(`^(\d+\.\d+\.\d+) +([\w-]+) +([\w.]+) +(\d\.\d+) +(\w+) +([0-9a-f]{64})$`)

// readManifest reads the builds in a file of the form that tests/qt/builds.txt explains.
func readManifest(file string) ([]build, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%w; run this from the top of the source tree", err)
	}
	var builds []build
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := buildLine.FindStringSubmatch(line)
		if f == nil {
			return nil, fmt.Errorf("%s:%d: %q is not: Qt version, package, its version, Python version, platform, SHA-256", file, i+1, line)
		}
		b := build{f[1], f[2], f[3], f[4], f[5], f[6], false}
		if slices.ContainsFunc(builds, b.sameVersion) {
			return nil, fmt.Errorf("%s:%d: Qt %s is there already", file, i+1, b.version)
		}
		builds = append(builds, b)
	}
	return builds, nil
}

func (b build) sameVersion(other build) bool { return b.version == other.version }

// choose returns the builds of the versions, each with or without guiSuffix, all of them without it for none.
func choose(builds []build, versions []string) ([]build, error) {
	if len(versions) == 0 {
		return builds, nil
	}
	var known []string
	for _, b := range builds {
		known = append(known, b.version)
	}
	for _, v := range versions {
		if !slices.Contains(known, strings.TrimSuffix(v, guiSuffix)) {
			return nil, fmt.Errorf("no Qt %q in %s; there are: %s", v, manifestFile, strings.Join(known, " "))
		}
	}
	var chosen []build
	for _, b := range builds {
		for _, b.gui = range []bool{false, true} {
			if slices.Contains(versions, b.name()) {
				chosen = append(chosen, b)
			}
		}
	}
	return chosen, nil
}
