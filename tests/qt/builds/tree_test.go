//go:build linux && amd64

package main

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// tree is a source tree with a manifest and a PATH with nothing but a fake pip, which has the wheels of the manifest. The
// test runs in it.
type tree struct {
	t       *testing.T
	top     string
	pip     string // directory of the fake pip: wheels, orders, log of calls
	program string // the program under test
	lines   []string
}

func newTree(t *testing.T) *tree {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	top := filepath.Join(dir, "source [1]") // characters with a meaning to shells and patterns
	tr := &tree{t: t, top: top, pip: filepath.Join(top, "pip"), program: self}
	bin := filepath.Join(top, "bin")
	for _, dir := range []string{bin, tr.pip, filepath.Join(top, "tests/qt")} {
		tr.must(os.MkdirAll(dir, 0o755))
	}
	tr.must(os.Symlink(self, filepath.Join(bin, "python3")))
	t.Setenv("PATH", bin)
	t.Setenv(pipVariable, tr.pip)
	t.Chdir(top)
	return tr
}

func (tr *tree) must(err error) {
	tr.t.Helper()
	if err != nil {
		tr.t.Fatal(err)
	}
}

// add adds a build with an ICU of that content to the manifest and to the fake pip's wheels.
func (tr *tree) add(version, icu string) {
	tr.t.Helper()
	tr.addWheel(version, tr.wheel(version, map[string][]byte{
		"PyQt5/Qt5/lib/libQt5Core.so.5":            coreOf(tr.t, version),
		"PyQt5/Qt5/lib/libicudata.so.56":           []byte(icu),
		"PyQt5/Qt5/lib/libQt5WebEngineCore.so.5":   []byte("not wanted"),
		"PyQt5/Qt5/lib/libQt53DCore.so.5":          []byte("not wanted"),
		"PyQt5/Qt5/plugins/platforms/libqxcb.so":   []byte("not wanted"),
		"PyQt5_Qt5-" + version + ".dist-info/TEXT": []byte("not wanted"),
	}))
}

// wheel returns the bytes of a wheel.
func (tr *tree) wheel(version string, members map[string][]byte) []byte {
	tr.t.Helper()
	var file strings.Builder
	w := zip.NewWriter(&file)
	for name, content := range members {
		member, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		tr.must(err)
		_, err = member.Write(content)
		tr.must(err)
	}
	tr.must(w.Close())
	return []byte(file.String())
}

// addWheel adds a build with that wheel to the manifest and to the fake pip's wheels.
func (tr *tree) addWheel(version string, wheel []byte) {
	tr.t.Helper()
	release, windows := strings.CutSuffix(version, windowsSuffix)
	platform := "manylinux_2_28_x86_64"
	if windows {
		platform = windowsTag
	}
	tr.must(os.WriteFile(filepath.Join(tr.pip, "Fake_Qt-"+release+".whl"), wheel, 0o644))
	tr.lines = append(tr.lines, fmt.Sprintf("%s Fake_Qt %s 3.11 %s %x\n", version, release, platform, sha256.Sum256(wheel)))
	tr.must(os.WriteFile(manifestFile, []byte("# Qt\n\n"+strings.Join(tr.lines, "")), 0o644))
}

// tellPip gives the fake pip an order; see fakePip.
func (tr *tree) tellPip(order, text string) {
	tr.t.Helper()
	tr.must(os.WriteFile(filepath.Join(tr.pip, order), []byte(text), 0o644))
}

// makePipsMeet makes the fake pips of two versions wait for each other.
func (tr *tree) makePipsMeet(one, other string) {
	tr.t.Helper()
	fifo := filepath.Join(tr.pip, "meet")
	tr.must(syscall.Mkfifo(fifo, 0o600))
	tr.tellPip("Fake_Qt-"+one+".reads", fifo)
	tr.tellPip("Fake_Qt-"+other+".writes", fifo)
}

// wrapPip makes python3 a script that starts the fake pip as a process of its own, as version managers for Python do.
func (tr *tree) wrapPip() {
	tr.t.Helper()
	python := filepath.Join(tr.top, "bin/python3")
	wrapped := filepath.Join(tr.pip, "python3")
	tr.must(os.Rename(python, wrapped))
	tr.must(os.WriteFile(python, []byte("#!/bin/sh\n'"+wrapped+"' \"$@\"\nexit $?\n"), 0o755))
}

// calls returns the calls of the fake pip.
func (tr *tree) calls() []string {
	tr.t.Helper()
	log, err := os.ReadFile(filepath.Join(tr.pip, "calls"))
	if os.IsNotExist(err) {
		return nil
	}
	tr.must(err)
	return strings.Split(strings.TrimSpace(string(log)), "\n")
}

// paths returns what a run prints for the versions.
func (tr *tree) paths(versions ...string) string {
	var text strings.Builder
	for _, v := range versions {
		fmt.Fprintln(&text, filepath.Join(tr.top, cacheDir, v, "libQt5Core.so.5"))
	}
	return text.String()
}

// wantComplete fails the test unless the cache has these builds as add made them, and nothing besides.
func (tr *tree) wantComplete(versions ...string) {
	tr.t.Helper()
	want := map[string]bool{"files": true, "lock": true}
	for _, v := range versions {
		want[v] = true
		files, err := filepath.Glob(filepath.Join(cacheDir, v, "*"))
		tr.must(err)
		if names := strings.Join(files, " "); !strings.HasSuffix(names, "/libQt5Core.so.5 "+cacheDir+"/"+v+"/libicudata.so.56") || len(files) != 2 {
			tr.t.Errorf("Qt %s has %s", v, names)
		}
	}
	there, err := os.ReadDir(cacheDir)
	tr.must(err)
	for _, entry := range there {
		if !want[entry.Name()] {
			tr.t.Errorf("left behind: %s", entry.Name())
		}
		delete(want, entry.Name())
	}
	delete(want, "lock")
	for name := range want {
		tr.t.Errorf("%s is not there", name)
	}
}

// systemCore is a real Qt core library to make others of.
const systemCore = "/usr/lib/x86_64-linux-gnu/libQt5Core.so.5"

var coreVersion = regexp.MustCompile(`library version Qt (\d+\.\d+\.\d+) `)

// coreOf returns the system's Qt core library with another version in what it prints when started.
func coreOf(t *testing.T, version string) []byte {
	t.Helper()
	core, err := os.ReadFile(systemCore)
	if err != nil {
		t.Fatalf("%v\nrun `make deps` to install what the tests need", err)
	}
	at := coreVersion.FindSubmatchIndex(core)
	if at == nil || at[3]-at[2] < len(version) {
		t.Fatalf("%s has no room for the version %s", systemCore, version)
	}
	copy(core[at[2]:at[3]], version+strings.Repeat(" ", at[3]-at[2]-len(version)))
	return core
}
