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

const (
	guiSuffix     = "-gui"     // after a version for Linux asks for Qt Gui and Qt Widgets, too
	windowsSuffix = "-windows" // after a version asks for the build for Windows
	windowsTag    = "win_amd64"
)

func (b build) windows() bool { return b.tag == windowsTag }

func (b build) name() string {
	switch {
	case b.windows():
		return b.version + windowsSuffix
	case b.gui:
		return b.version + guiSuffix
	default:
		return b.version
	}
}

var buildLine = regexp.MustCompile(`^(\d+\.\d+\.\d+)(-windows)? +([\w-]+) +([\w.]+) +(\d\.\d+) +(\w+) +([0-9a-f]{64})$`)

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
		b := build{f[1], f[3], f[4], f[5], f[6], f[7], false}
		if b.name() != f[1]+f[2] {
			return nil, fmt.Errorf("%s:%d: a build for the platform %s is named %s", file, i+1, b.tag, b.name())
		}
		if slices.ContainsFunc(builds, b.sameName) {
			return nil, fmt.Errorf("%s:%d: Qt %s is there already", file, i+1, b.name())
		}
		builds = append(builds, b)
	}
	return builds, nil
}

func (b build) sameName(other build) bool { return b.name() == other.name() }

// choose returns the builds of these names, for none all for Linux without Qt Gui.
func choose(builds []build, names []string) ([]build, error) {
	if len(names) == 0 {
		return slices.DeleteFunc(builds, build.windows), nil
	}
	var known []string
	unknown := slices.Clone(names)
	var chosen []build
	for _, b := range builds {
		known = append(known, b.name())
		for _, b := range b.variants() {
			if slices.Contains(names, b.name()) {
				chosen = append(chosen, b)
			}
			unknown = slices.DeleteFunc(unknown, func(name string) bool { return name == b.name() })
		}
	}
	if len(unknown) > 0 {
		return nil, fmt.Errorf("no Qt %q in %s; there are: %s", unknown[0], manifestFile, strings.Join(known, " "))
	}
	return chosen, nil
}

// variants returns the builds that the wheel of b is good for.
func (b build) variants() []build {
	if b.windows() {
		return []build{b}
	}
	withGui := b
	withGui.gui = true
	return []build{b, withGui}
}
