package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/ipctest"
	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// asMatrix makes this test binary the program.
const asMatrix = "SHMBRIDGE_MATRIX"

func TestMain(m *testing.M) {
	if os.Getenv(asMatrix) != "" {
		main()
	}
	os.Exit(ipctest.Run(m))
}

// root is the directory in which the program runs.
const root = "../../.."

// tool is a run of the program, with a TMPDIR of its own in which it must leave nothing.
type tool struct {
	*exec.Cmd
	dir         string // TMPDIR
	out, errors bytes.Buffer
}

func newTool(t *testing.T, args ...string) *tool {
	x := &tool{Cmd: exec.Command(os.Args[0], args...), dir: t.TempDir()}
	x.Dir, x.Stdout, x.Stderr = root, &x.out, &x.errors
	x.Env = append(os.Environ(), asMatrix+"=1", "TMPDIR="+x.dir)
	t.Cleanup(func() {
		if entries, err := os.ReadDir(x.dir); err != nil || len(entries) > 0 {
			t.Errorf("left in TMPDIR: %v, %v", entries, err)
		}
		if found := processesWith(t, x.dir); found != nil {
			t.Errorf("processes are left: %q", found)
		}
	})
	return x
}

// processesWith lists the command lines of the processes with the text in their environment.
func processesWith(t *testing.T, text string) (found []string) {
	all, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range all {
		environ, _ := os.ReadFile(file) // one that ends meanwhile has none
		if bytes.Contains(environ, []byte(text)) {
			command, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "cmdline"))
			found = append(found, strings.ReplaceAll(string(command), "\x00", " "))
		}
	}
	return found
}

// play runs the program and returns the results; status is that with which it ends.
func play(t *testing.T, status int, args ...string) *results.Run {
	t.Helper()
	file := filepath.Join(t.TempDir(), "results.json")
	x := newTool(t, append([]string{"-o", file}, args...)...)
	if err := x.Run(); x.ProcessState == nil || x.ProcessState.ExitCode() != status {
		t.Fatalf("%v, want status %d\n%s%s", err, status, &x.out, &x.errors)
	}
	r, err := results.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if last := lastLine(x.out.String()); last != r.Summary() {
		t.Errorf("the last line is %q, the results are %q", last, r.Summary())
	}
	return r
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// binWith makes a directory with the peers that make has built, but for some.
func binWith(t *testing.T, instead map[string]string) string {
	built, err := filepath.Abs(root + "/build/bin")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"qtpeer", "qtpeer-386", "capipeer", "cpppeer", "qtpeer-qt5", "qtpeer-qt6", "qtpeer.exe", "capipeer.exe", "shmbridge.dll"} {
		script, other := instead[name]
		if other {
			err = os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+strings.ReplaceAll(script, "$BUILT", built)), 0o700)
		} else {
			err = os.Symlink(filepath.Join(built, name), filepath.Join(dir, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestSmallWindowsMatrix plays a few cases between Windows programs, and an unknown Wine.
func TestSmallWindowsMatrix(t *testing.T) {
	options := []string{"-peer", "go-windows,c-windows,go", "-case", "S1*,L-creator-leaves,D-paints", "-world", "windows-*"}
	r := play(t, 0, options...)
	if count := r.Count(); count[results.Pass] != 2*2*4+2 || count[results.Unsupported] != 2*3 || len(r.Cells) != 24 {
		t.Errorf("%s: %v", r.Summary(), count)
	}
	for _, c := range r.Cells {
		if text := r.Transcripts[c.Transcript]; !strings.Contains(text, "    observer   <-     names\n") || !strings.Contains(text, "    creator    <-     hello\n") {
			t.Errorf("%s: an odd transcript\n%s", c.Case, text)
		}
	}
	r = play(t, 1, append(options, "-wine", "no/such/wine")...)
	if count := r.Count(); count[results.Missing] != 12 || !strings.Contains(r.Cells[0].Reason, "run make wine") {
		t.Errorf("%s: %+v", r.Summary(), r.Cells[0])
	}
}

// TestSmallMatrix plays a few cases between Go, C and real Qt, with an option of each kind.
func TestSmallMatrix(t *testing.T) {
	r := play(t, 0, "-peer", "go,c,qt-5.15.8", "-case", "S1*,L-lock-excludes,D-paints", "-world", "systemv-legacy,posix-safe", "-j", "2")
	count := r.Count()
	if count[results.Pass] != 2*(9+4)+4+1 || count[results.Unsupported] != 5+3 || len(r.Cells) != 3*9+3*4 {
		t.Errorf("%s: %v", r.Summary(), count)
	}
	for _, c := range r.Cells {
		switch {
		case c.Transcript < 0 || !strings.Contains(r.Transcripts[c.Transcript], "creator    <-     hello"):
			t.Errorf("%+v has no transcript", c)
		case (c.Verdict == results.Unsupported) != (c.Case == "D-paints" && (c.Creator == "c" || c.Partner == "c")):
			t.Errorf("%+v", c)
		}
	}
	if len(r.Peers) != 3 || r.Peers[0].Software != "Go" || r.Peers[2].Software != "Qt 5.15.8" || len(r.Peers[2].Worlds) != 1 {
		t.Errorf("%+v", r.Peers)
	}
	if len(r.Transcripts) >= len(r.Cells) {
		t.Errorf("%d transcripts of %d cells: what is random is not taken out", len(r.Transcripts), len(r.Cells))
	}
}

func TestOneCell(t *testing.T) {
	for cell, want := range map[string]string{
		"L-lock-excludes/systemv-legacy/qt-5.15.8->go": "pass",
		"S1-text/systemv-legacy/qt-5.15.2->c++":        "pass", // a build of the manifest
	} {
		x := newTool(t, "-cell", cell)
		if err := x.Run(); err != nil || !strings.Contains(x.out.String(), "    partner    ->     ok ") || !strings.HasPrefix(lastLine(x.out.String()), cell+": "+want) {
			t.Errorf("%v\n%s%s", err, &x.out, &x.errors)
		}
	}
	for cell, want := range map[string]string{
		"L-lock-excludes/go":                  "cells are named as L-lock-dies/posix-safe/go->qt-6.8.3",
		"L-lock-excludes/posix-safe/go":       "cells are named as",
		"X/posix-safe/go->c":                  "there is no such case",
		"S1-text/posix/go->c":                 "there is no such world",
		"S1-text/posix-safe/go->d":            "there is no such peer",
		"S1-text/posix-safe/go->qt-5.15.8":    "these two do not play that case in that world",
		"L-unfinished/systemv-legacy/go->go":  "these two do not play that case in that world",
		"S1-text/systemv-legacy/qt-9.9.9->go": `no Qt "9.9.9" in tests/qt/builds.txt`,
	} {
		x := newTool(t, "-cell", cell)
		if err := x.Run(); err == nil || !strings.Contains(x.errors.String(), want) {
			t.Errorf("%s: %v\n%s", cell, err, &x.errors)
		}
	}
}

func TestMistakesOfTheCommandLine(t *testing.T) {
	for args, want := range map[string]string{
		"-peer gone":       "matrix: -peer gone: there is no such peer; there are go, ",
		"-peer go,gone":    "-peer gone: there is no such peer",
		"-case X":          "-case X: there is no such case; there are S1-text, ",
		"-world windows":   "-world windows: there is no such world; there are systemv-legacy, ",
		"S1-text":          `"S1-text" is no flag; -help lists them`,
		"-known README.md": "README.md: there is no table with the columns",
	} {
		x := newTool(t, strings.Fields(args)...)
		var failed *exec.ExitError
		if err := x.Run(); !errors.As(err, &failed) || failed.ExitCode() != 1 || !strings.Contains(x.errors.String(), want) {
			t.Errorf("%s: %v\n%swant %q", args, err, &x.errors, want)
		}
	}
}

// TestTwoRunsAtOnce: neither disturbs the other.
func TestTwoRunsAtOnce(t *testing.T) {
	var both []*tool
	for range 2 {
		x := newTool(t, "-peer", "go,qt-6.4.2", "-case", "S*,L-last*,L-semaphore")
		if err := x.Start(); err != nil {
			t.Fatal(err)
		}
		both = append(both, x)
	}
	for _, x := range both {
		if err := x.Wait(); err != nil || !strings.Contains(lastLine(x.out.String()), ", 0 fail") {
			t.Errorf("%v\n%s%s", err, &x.out, &x.errors)
		}
	}
}

// TestWithoutNamespaces: where none are to be had, cells are played beside whatever is there, and what fails is tidied up.
func TestWithoutNamespaces(t *testing.T) {
	foreign := "/dev/shm/sem.foreign"
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(foreign)
	empty := t.TempDir()
	before, err := ipctest.Leftovers(empty)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		bin    string
		status int
		want   string
	}{
		"passes": {binWith(t, nil), 0, "24 cells: 24 pass, 0 unsupported, 0 known, 0 fail"},
		"fails":  {binWith(t, map[string]string{"capipeer": strings.Replace(answering, "CREATE", "kill $$", 1)}), 1, "18 fail"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTool(t, "-peer", "go,c", "-case", "S1*,S5*,L-create-twice", "-world", "*-legacy", "-bin", test.bin)
			x.Args = append([]string{"setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", x.Path}, x.Args[1:]...)
			x.Path, x.Err = exec.LookPath("setpriv")
			err := x.Run()
			if x.ProcessState == nil || x.ProcessState.ExitCode() != test.status || !strings.Contains(lastLine(x.out.String()), test.want) ||
				!strings.Contains(x.errors.String(), "no IPC namespaces here") {
				t.Errorf("%v\n%s%s", err, &x.out, &x.errors)
			}
		})
	}
	if after, err := ipctest.Leftovers(empty); err != nil || !slices.Equal(before, after) {
		t.Errorf("left: %q, %v; before: %q", after, err, before)
	}
}

// until waits for a condition, looking again and again.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); {
		if time.Now().After(end) {
			t.Fatal("for 20 s it is not so: " + what)
		}
	}
}
