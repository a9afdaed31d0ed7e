//go:build linux && amd64

package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wantError fails the test unless the error says all of these.
func wantError(t *testing.T, err error, wants ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one that says %q", wants)
	}
	for _, want := range wants {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q: %v", want, err)
		}
	}
}

// badWheels are the ways to spoil Qt 9.99.2, and what the error then says.
var badWheels = []struct {
	name  string
	spoil func(t *testing.T, tr *tree)
	want  string
}{
	{"other content", func(_ *testing.T, tr *tree) {
		wheel := filepath.Join(tr.pip, "Fake_Qt-9.99.2.whl")
		tr.must(os.WriteFile(wheel, []byte("another"), 0o644))
	}, "Fake_Qt-9.99.2-py3-none-any.whl has SHA-256 ae448ac86c4e8e4dec645729708ef41873ae79c6dff84eff73360989487f08e5, " +
		"tests/qt/builds.txt says "},
	{"not in the index", func(_ *testing.T, tr *tree) {
		tr.must(os.Remove(filepath.Join(tr.pip, "Fake_Qt-9.99.2.whl")))
	}, "pip download Fake_Qt==9.99.2: exit status 1: ERROR: No matching distribution found for Fake_Qt==9.99.2"},
	{"nothing", func(_ *testing.T, tr *tree) {
		tr.tellPip("Fake_Qt-9.99.2.nothing", "")
	}, "pip download Fake_Qt==9.99.2: brought 0 wheels, not one"},
	{"not a zip file", func(_ *testing.T, tr *tree) {
		tr.lines = tr.lines[:1]
		tr.addWheel("9.99.2", []byte("text"))
	}, "unpack Fake_Qt 9.99.2: zip: not a valid zip file"},
	{"broken in the middle", func(t *testing.T, tr *tree) {
		tr.lines = tr.lines[:1]
		wheel := tr.wheel("9.99.2", map[string][]byte{"lib/libQt5Core.so.5": coreOf(t, "9.99.2")})
		wheel[len(wheel)/2]++
		tr.addWheel("9.99.2", wheel)
	}, "unpack Fake_Qt 9.99.2: lib/libQt5Core.so.5: zip: checksum error"},
	{"no Qt", func(_ *testing.T, tr *tree) {
		tr.lines = tr.lines[:1]
		tr.addWheel("9.99.2", tr.wheel("9.99.2", map[string][]byte{"lib/libicudata.so.56": []byte("icu")}))
	}, "has 0 Qt core libraries, not one"},
}

// One bad build fails with its name and leaves nothing; the good one beside it is completed and printed.
func TestBadWheels(t *testing.T) {
	for _, test := range badWheels {
		t.Run(test.name, func(t *testing.T) {
			tr := newTree(t)
			tr.add("9.99.1", "icu")
			tr.add("9.99.2", "icu")
			test.spoil(t, tr)
			stdout, stderr, err := runHere(2)
			wantError(t, err, "get Qt 9.99.2: ", test.want,
				"\n1 of 2 Qt builds are not ready; what is complete stays, run this again to go on")
			if stdout != tr.paths("9.99.1") || !strings.Contains(stderr, "Qt 9.99.2: failed (") {
				t.Errorf("printed %q and %q", stdout, stderr)
			}
			tr.wantComplete("9.99.1")
		})
	}
}

func TestSaying(t *testing.T) {
	const broken = "connection broken by '[Errno -3] Temporary failure in name resolution'"
	for out, want := range map[string]string{
		"":                        "failed",
		"\n\n":                    "failed",
		"a warning\nthe reason\n": "failed: the reason",
		"WARNING: Retrying (Retry(total=0)) after " + broken + "\nERROR: none found\n": "failed: ERROR: none found; before that: " + broken,
	} {
		if got := saying(errors.New("failed"), []byte(out)).Error(); got != want {
			t.Errorf("%q: got %q, want %q", out, got, want)
		}
	}
}

// What was downloaded again after a failure is used.
func TestGoodWheelAfterABadOne(t *testing.T) {
	tr := newTree(t)
	tr.add("9.99.1", "icu")
	wheel := filepath.Join(tr.pip, "Fake_Qt-9.99.1.whl")
	good, err := os.ReadFile(wheel)
	tr.must(err)
	bad := bytes.Clone(good)
	bad[len(bad)/2]++
	tr.must(os.WriteFile(wheel, bad, 0o644))
	_, _, err = runHere(1)
	wantError(t, err, "SHA-256", "; it is not used. Run this again; if that does not help, ")
	tr.wantComplete()

	tr.must(os.WriteFile(wheel, good, 0o644))
	if _, _, err = runHere(1); err != nil {
		t.Fatal(err)
	}
	tr.wantComplete("9.99.1")
}

func TestPipIsMissing(t *testing.T) {
	tr := newTree(t)
	tr.add("9.99.1", "icu")
	tr.tellPip("missing", "")
	_, _, err := runHere(1)
	wantError(t, err, "install the Debian package python3-pip: python3 -m pip: exit status 1: /usr/bin/python3: No module named pip")
	if calls := tr.calls(); len(calls) != 1 {
		t.Errorf("pip was called again: %q", calls)
	}

	t.Setenv("PATH", t.TempDir())
	_, stderr, err := runHere(1)
	wantError(t, err, "install the Debian package python3-pip: python3 -m pip: ", `"python3": executable file not found`)
	if !strings.HasSuffix(err.Error(), "$PATH") {
		t.Errorf("it says something after the reason: %v", err)
	}
	if stderr != "" {
		t.Errorf("it says %q although it cannot begin", stderr)
	}
	tr.wantComplete()
}

func TestAnotherSystem(t *testing.T) {
	defer func(was string) { linker = was }(linker)
	linker = "/lib64/ld-linux-other.so.2"
	tr := newTree(t)
	tr.add("9.99.1", "icu")
	_, _, err := runHere(1)
	wantError(t, err, "for Linux on x86-64 with glibc", linker+": no such file")
	tr.wantComplete()
}

func TestManifestIsMissing(t *testing.T) {
	t.Chdir(t.TempDir())
	_, _, err := runHere(1)
	wantError(t, err, "tests/qt/builds.txt", "run this from the top of the source tree")
}

// Such a build is complete, but it is neither printed nor forgotten.
func TestLibraryOfAnotherVersion(t *testing.T) {
	tr := newTree(t)
	tr.addWheel("9.99.1", tr.wheel("9.99.1", map[string][]byte{"lib/libQt5Core.so.5": coreOf(t, "9.99.2")}))
	for _, when := range []string{"first", "second"} {
		stdout, _, err := runHere(1)
		wantError(t, err, "Qt 9.99.1: ", "version Qt 9.99.2", "correct tests/qt/builds.txt and remove "+filepath.Join(tr.top, cacheDir, "9.99.1"))
		if stdout != "" {
			t.Errorf("the %s run printed %q", when, stdout)
		}
	}
}

func TestDamagedCache(t *testing.T) {
	tr := newTree(t)
	tr.add("9.99.1", "icu")
	tr.must(os.MkdirAll(filepath.Join(cacheDir, "9.99.1"), 0o755))
	stdout, _, err := runHere(1)
	wantError(t, err, "Qt 9.99.1: ", cacheDir+"/9.99.1 has 0 Qt core libraries, not one; if it stays so, remove it and run this again")
	if stdout != "" {
		t.Errorf("printed %q", stdout)
	}
}
