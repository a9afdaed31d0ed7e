package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// candidate is a peer that should take part: what to start, or why it cannot be.
type candidate struct {
	id      string
	program string // in words
	command []string
	missing string
	machine string // of which it is, if one can do without it
}

// builtPeer is a peer that make builds; one with a machine is built by "make machines" when that machine is asked for.
type builtPeer struct{ id, file, program, machine string }

// built are the peers that make builds. Windows programs run in Wine.
var built = []builtPeer{
	{"go", "qtpeer peer", "qtpeer", ""},
	{"go-386", "qtpeer-386 peer", "qtpeer for 32-bit x86", ""},
	{"go-arm64", "qtpeer-arm64 peer", "qtpeer for arm64, emulated", "arm64"},
	{"c", "capipeer", "C program with libshmbridge", ""},
	{"c++", "cpppeer", "C++ program with shmbridge_qt.hpp", ""},
	{"qt-5.15.8", "qtpeer-qt5", "C++ program with Debian's Qt 5", ""},
	{"qt-6.4.2", "qtpeer-qt6", "C++ program with Debian's Qt 6", ""},
	{"qt-5.15.8-386", "qtpeer-qt5-386", "C++ program for 32-bit x86 with Debian's Qt 5", "386"},
	{"qt-6.4.2-386", "qtpeer-qt6-386", "C++ program for 32-bit x86 with Debian's Qt 6", "386"},
	{"qt-5.15.8-arm64", "qtpeer-qt5-arm64", "C++ program for arm64 with Debian's Qt 5, emulated", "arm64"},
	{"qt-6.4.2-arm64", "qtpeer-qt6-arm64", "C++ program for arm64 with Debian's Qt 6, emulated", "arm64"},
	{"qt-6.8.2-trixie", "qtpeer-qt6-trixie", "C++ program with Debian 13's Qt 6", "trixie"},
	{"go-windows", "qtpeer.exe peer", "qtpeer for Windows", ""},
	{"c-windows", "capipeer.exe", "C program for Windows with shmbridge.dll", ""},
	{"c++-windows", "cpppeer.exe", "C++ program for Windows with shmbridge_qt.hpp", ""},
}

// builtPeers finds the programs in a directory, and the Wine in which some run.
func builtPeers(bin, wine string) (all []candidate) {
	for _, b := range built {
		words := strings.Fields(b.file)
		program := filepath.Join(bin, words[0])
		c := candidate{id: b.id, program: b.program, machine: b.machine, command: append([]string{program}, words[1:]...)}
		if _, err := os.Stat(program); err != nil && b.machine != "" {
			c.missing = "run make machines MACHINES=" + b.machine
		} else if err != nil {
			c.missing = fmt.Sprintf("%v: run make build", err)
		}
		all = append(all, c.in(wine))
	}
	return all
}

// in lets a Windows program run in Wine. Others stay what they are.
func (c candidate) in(wine string) candidate {
	if !isWindows(c.id) {
		return c
	}
	if _, err := os.Stat(wine); err != nil && c.missing == "" {
		c.missing = fmt.Sprintf("%v: run make wine", err)
	}
	c.command = append([]string{wine}, c.command...)
	return c
}

// libraryPeers are the builds of real Qt of those versions, driven by qtpeer. What fetch cannot bring is missing.
func libraryPeers(bin, wine string, versions []string, fetch func(versions []string) (libraries []string, complaints string)) (all []candidate) {
	if len(versions) == 0 {
		return nil
	}
	libraries, complaints := fetch(versions)
	for _, version := range versions {
		c := candidate{id: "qt-" + version, program: "library driven by qtpeer"}
		at := slices.IndexFunc(libraries, func(path string) bool { return filepath.Base(filepath.Dir(path)) == version })
		if at < 0 {
			c.missing = cmp.Or(complaintAbout(version, complaints), "there is no such build in tests/qt/builds.txt")
		} else if program := filepath.Join(bin, "qtpeer"); isWindows(c.id) {
			c.command = []string{program + ".exe", "peer", "--qt", windowsPath(libraries[at])}
		} else {
			c.command = []string{program, "peer", "--qt", libraries[at]}
		}
		all = append(all, c.in(wine))
	}
	return all
}

// windowsPath is how a Windows program finds a file of this system: Wine has the root directory as a drive of its own.
func windowsPath(path string) string { return "Z:" + strings.ReplaceAll(path, "/", `\`) }

// complaintAbout finds the line that says why a build is not there.
func complaintAbout(version, complaints string) string {
	for line := range strings.Lines(complaints) {
		if strings.Contains(line, "Qt "+version+":") {
			return strings.TrimSpace(line)
		}
	}
	return strings.TrimSpace(complaints)
}

// fetchBuilds lets tests/qt/builds bring builds of Qt. It tells what it downloads.
func fetchBuilds(versions []string) (libraries []string, complaints string) {
	var said strings.Builder
	cmd := exec.Command("go", append([]string{"run", "./tests/qt/builds"}, versions...)...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		fmt.Fprint(os.Stderr, said.String())
		complaints = cmp.Or(said.String(), err.Error())
	}
	return strings.Fields(string(out)), complaints
}

// manifestVersions are the versions of tests/qt/builds.txt.
func manifestVersions(path string) (versions []string, err error) {
	text, err := os.ReadFile(path)
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 0 && words[0][0] != '#' {
			versions = append(versions, words[0])
		}
	}
	return versions, err
}
