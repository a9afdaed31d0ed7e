//go:build linux && amd64

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain also plays the programs that the tests start, by the name under which they do.
func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case "python3":
		os.Exit(fakePip(os.Args[1:]))
	case "builds":
		main()
	default:
		os.Exit(m.Run())
	}
}

// runHere calls run in the current directory.
func runHere(jobs int, versions ...string) (stdout, stderr string, err error) {
	var out, words bytes.Buffer
	err = run(&out, &words, jobs, versions)
	return out.String(), words.String(), err
}

func TestBringsBuilds(t *testing.T) {
	tr := newTree(t)
	tr.add("9.99.1", "icu one")
	tr.add("9.99.2", "icu one")
	tr.add("9.99.3", "icu two")

	stdout, stderr, err := runHere(2, "9.99.3", "9.99.1")
	if err != nil {
		t.Fatal(err)
	}
	if want := tr.paths("9.99.1", "9.99.3"); stdout != want {
		t.Errorf("printed %q, want %q", stdout, want)
	}
	for _, want := range []string{"downloads Qt builds with pip: 2, ", "Qt 9.99.1: ready (", "Qt 9.99.3: ready (", "(2 of 2)"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("standard error lacks %q: %s", want, stderr)
		}
	}
	tr.wantComplete("9.99.1", "9.99.3")

	if stdout, stderr, err = runHere(2); err != nil || stdout != tr.paths("9.99.1", "9.99.2", "9.99.3") ||
		!strings.Contains(stderr, "downloads Qt builds with pip: 1, ") {
		t.Errorf("all versions: printed %q and %q, error %v", stdout, stderr, err)
	}
	tr.wantComplete("9.99.1", "9.99.2", "9.99.3")
}

func TestAsksForTheWheelOfTheManifest(t *testing.T) {
	tr := newTree(t)
	tr.add("9.99.1", "icu")
	if _, _, err := runHere(1); err != nil {
		t.Fatal(err)
	}
	calls := tr.calls()
	if len(calls) != 2 || calls[0] != "-m pip --version" {
		t.Fatalf("pip was called as %q", calls)
	}
	for _, want := range []string{"-m pip download ", " --no-deps ", " --only-binary=:all: ", " --implementation=cp ",
		" --python-version=3.11 ", " --platform=manylinux_2_28_x86_64 ", " --no-cache-dir ", " --no-input ", " Fake_Qt==9.99.1"} {
		if !strings.Contains(calls[1], want) {
			t.Errorf("pip was called as %q without %q", calls[1], want)
		}
	}
}

func TestBuildsShareEqualFiles(t *testing.T) {
	tr := newTree(t)
	tr.add("9.99.1", "icu one")
	tr.add("9.99.2", "icu one")
	tr.add("9.99.3", "icu two")
	if _, _, err := runHere(3); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		a, b, file string
		same       bool
	}{
		{"9.99.1", "9.99.2", "libicudata.so.56", true},
		{"9.99.1", "9.99.3", "libicudata.so.56", false},
		{"9.99.1", "9.99.2", "libQt5Core.so.5", false},
	} {
		a, errA := os.Stat(filepath.Join(cacheDir, test.a, test.file))
		b, errB := os.Stat(filepath.Join(cacheDir, test.b, test.file))
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if os.SameFile(a, b) != test.same {
			t.Errorf("%s of %s and %s: one file: %v, want %v", test.file, test.a, test.b, !test.same, test.same)
		}
	}
}

func TestSecondRunNeedsNoPip(t *testing.T) {
	tr := newTree(t)
	tr.add("9.99.1", "icu")
	first, _, err := runHere(1)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	second, stderr, err := runHere(1)
	if err != nil || second != first || stderr != "" {
		t.Errorf("second run: printed %q and %q, error %v; the first printed %q", second, stderr, err, first)
	}
}

// The two calls of pip wait for each other, and so does the test for both.
func TestWorksInParallel(t *testing.T) {
	tr := newTree(t)
	for _, version := range []string{"9.99.1", "9.99.2"} {
		tr.add(version, "icu")
	}
	tr.makePipsMeet("9.99.1", "9.99.2")
	if _, _, err := runHere(2); err != nil {
		t.Fatal(err)
	}
	tr.wantComplete("9.99.1", "9.99.2")
}

// A fake pip refuses to run beside another one if told so.
func TestKeepsToJobs(t *testing.T) {
	tr := newTree(t)
	for _, version := range []string{"9.99.1", "9.99.2", "9.99.3", "9.99.4"} {
		tr.add(version, "icu")
	}
	tr.tellPip("alone", "")
	if _, _, err := runHere(1); err != nil {
		t.Error(err)
	}
	if _, _, err := runHere(0); err == nil || !strings.Contains(err.Error(), "-j 0") {
		t.Errorf("no jobs: error %v", err)
	}
}

func TestProgram(t *testing.T) {
	tr := newTree(t)
	tr.add("9.99.1", "icu")
	for _, test := range []struct {
		args           []string
		status         int
		stdout, stderr string
	}{
		{[]string{"-j", "2", "9.99.1"}, 0, tr.paths("9.99.1"), "Qt 9.99.1: ready (1 of 1)\n"},
		{[]string{"9.99.7"}, 1, "", `no Qt "9.99.7" in tests/qt/builds.txt; there are: 9.99.1` + "\n"},
		{[]string{"-x"}, 2, "", "usage: go run ./tests/qt/builds [-j N] [VERSION...]\n"},
		{[]string{"--help"}, 0, "", "into .cache/qt and prints the paths of their core libraries.\nThe versions are those of tests/qt/builds.txt, all for Linux "},
	} {
		var stdout, stderr bytes.Buffer
		program := exec.Command(tr.program)
		program.Args = append([]string{"builds"}, test.args...)
		program.Stdout, program.Stderr = &stdout, &stderr
		err := program.Run()
		if status := program.ProcessState.ExitCode(); status != test.status || stdout.String() != test.stdout ||
			!strings.Contains(stderr.String(), test.stderr) {
			t.Errorf("builds %v: status %d (%v), printed %q and %q, want %d, %q and %q", test.args, status, err,
				&stdout, &stderr, test.status, test.stdout, test.stderr)
		}
	}
}
