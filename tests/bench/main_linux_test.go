package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

// TestMain also makes the test binary what bench makes of itself: a worker, and the process that measures.
func TestMain(m *testing.M) {
	if args := os.Args[1:]; len(args) > 0 && (args[0] == workerArg || isolated()) {
		if err := run(args); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(ipctest.Run(m))
}

func testLab(t *testing.T) *lab {
	l := newLab(t.Context(), t.TempDir(), realWine)
	t.Cleanup(func() {
		if err := errors.Join(l.clear(), l.wine.close()); err != nil {
			t.Error(err)
		}
	})
	return l
}

// script makes a program out of shell commands, in dir.
func script(t *testing.T, dir, name, commands string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+commands), 0o755); err != nil {
		t.Fatal(err)
	}
}

// microsecond is a worker that says that it takes a microsecond for everything. Its Qt has the version that the directory
// of its library is named after.
const microsecond = "echo ready ${LD_LIBRARY_PATH##*/}\nwhile read n; do echo $((n * 1000)); done\n"

// systemMicrosecond is the same with the system's Qt of a version.
func systemMicrosecond(version string) string {
	return "LD_LIBRARY_PATH=" + version + "\n" + microsecond
}

func TestWholeRun(t *testing.T) {
	bin := t.TempDir()
	script(t, bin, "qtbench-qt5", systemMicrosecond("5.1.0"))
	script(t, bin, "qtbench-qt6", systemMicrosecond("6.1.0"))
	want := map[string]string{"qt5": "5.1.0", "qt6": "6.1.0"}
	checkRun(t, want, "attach", []string{"Qt 5", "Qt 6"}, 0.6, "-bin", bin, "-row", "^attach$")

	script(t, bin, "qtstream-qt5", systemMicrosecond("5.2.0"))
	script(t, bin, "qtstream-qt6", systemMicrosecond("6.2.0"))
	checkRun(t, map[string]string{"qt5": "5.2.0", "qt6": "6.2.0"}, "stream-write-variants", []string{"Qt 5", "Qt 6"}, 0.5, "-bin", bin, "-row", "^stream-write-variants$")

	script(t, bin, "capibench", "echo ready 0.1.0\nwhile read n; do echo $((n * 500)); done\n")
	want["libshmbridge"] = "0.1.0"
	checkRun(t, want, "c-attach", []string{"Qt 5", "Qt 6"}, 0, "-bin", bin, "-row", "^c-attach$")

	script(t, bin, "qtbench-qt6", microsecond)
	want = map[string]string{"qt6.8.3": "6.8.3", "qt6.9": "6.9"}
	checkRun(t, want, "posix-attach", []string{"Qt 6.8.3", "Qt 6.9"}, 0.8,
		"-bin", bin, "-row", "^posix-attach$", "builds/6.8.3/libQt6Core.so.6", "/builds/6.9/libQt6Core.so.6")
}

// checkRun runs with args and looks at the results, which are those of one row against opponents that take a microsecond.
func checkRun(t *testing.T, versions map[string]string, id string, opponents []string, target float64, args ...string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "out.json")
	if err := run(append([]string{"-json", file}, args...)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Results) != len(opponents) || r.Rounds != rounds {
		t.Fatalf("%+v", r)
	}
	for program, version := range versions {
		if r.Machine[program] != version {
			t.Errorf("%v, want %s: %s", r.Machine, program, version)
		}
	}
	for i, x := range r.Results {
		if x.Row != id || x.Theirs != opponents[i] || x.TheirsNS.Median != 1000 || x.OursNS.Min <= 0 || x.OursNS.Min > x.OursNS.Max {
			t.Errorf("%+v", x)
		}
		if ratio := x.OursNS.Median / 1000; x.Ratio != ratio || x.Target != target || x.Verdict != (match{target: target}).verdict(ratio, x.OursNS.Min) {
			t.Errorf("%+v, want the ratio %v and the target %v", x, ratio, target)
		}
	}
}

func TestMeasureEndsTheWorkers(t *testing.T) {
	l := testLab(t)
	versions := []string{"5", "6"}
	qt := opponents{systemV, versions}
	for _, v := range versions {
		script(t, l.bin, "qtbench-qt"+v, systemMicrosecond(v)+"touch "+filepath.Join(l.bin, v+"-ended")+"\n")
	}
	if _, err := (row{"id", "work", 1, qt.matches(qt.inGo("key"), 1)}).measure(l); err != nil {
		t.Fatal(err)
	}
	for _, v := range versions {
		if _, err := os.Stat(filepath.Join(l.bin, v+"-ended")); err != nil {
			t.Error(err)
		}
	}
}

func TestRunLeavesNothing(t *testing.T) {
	bin := t.TempDir()
	trace := filepath.Join(bin, "trace")
	script(t, bin, "qtbench-qt5", "echo $TMPDIR >"+trace+"\ntouch $TMPDIR/qipc_left /dev/shm/sem.qipc_$3\nexit 1\n")
	err := run([]string{"-bin", bin, "-row", "^key$"})
	for _, left := range []string{"qipc_left", shmDir + "/sem.qipc_Bench"} { // that this is removed, ipctest sees
		if err == nil || !strings.Contains(err.Error(), left) {
			t.Errorf("%v, want an error about %s that was left", err, left)
		}
	}
	dir, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(strings.TrimSpace(string(dir))); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("TMPDIR %s is still there: %v", dir, err)
	}
}

// A signal, to the process that measures or to the one that started it, ends the workers, and their segments are removed.
func TestInterrupt(t *testing.T) {
	for _, kill := range []string{"kill -INT $PPID", "set -- $(cat /proc/$PPID/stat); kill -INT $4"} {
		bin := t.TempDir()
		script(t, bin, "qtbench-qt6", kill+"\nexec sleep 100\n")
		err := run([]string{"-bin", bin, "-row", "^posix-lock$", "builds/6.8.3/libQt6Core.so.6"})
		if err == nil || strings.Contains(err.Error(), "left behind") {
			t.Errorf("%s: %v, want an error, and not about what is left behind", kill, err)
		}
	}
}

func TestNamePrefixIsPartOfEveryKey(t *testing.T) {
	prefix := newNamePrefix()
	t.Setenv(inside, prefix)
	l := testLab(t)
	for _, family := range []string{systemV, posix} {
		if _, err := l.stock(family, "lock"); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range l.segments {
		if !strings.Contains(s.Key().Native, prefix) {
			t.Errorf("%s is not recognised by %s", s.Key().Native, prefix)
		}
	}
	if len(prefix) < 15 || newNamePrefix() == prefix {
		t.Errorf("%s is not random enough", prefix)
	}
}

func TestArgumentsThatCannotBe(t *testing.T) {
	t.Setenv(inside, "1")
	for _, args := range [][]string{{"-row", "("}, {"-row", "nonesuch"}, {"-nonesuch"}, {"worker", systemV, "nonesuch", "x"}} {
		if err := run(args); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

func TestProgramThatIsNotBuilt(t *testing.T) {
	l := testLab(t)
	for _, s := range []side{
		{family: systemV, programs: "qt5", work: "key"},
		{family: posix, programs: "qt6.8.3", work: "key"},
		{family: systemV, programs: "libshmbridge", work: "empty"},
		{family: stream, programs: "qt6", work: "read-list"},
		{family: systemV, command: "qtread-qt5", work: "read"},
		{family: windows, programs: "go", work: "key"},
		{family: windows, programs: "qt6.8.3-windows", work: "key"},
	} {
		_, err := s.open(l)
		command := "cmake --build"
		if s.family == windows {
			command = "make windows"
		}
		if err == nil || !strings.Contains(err.Error(), command) {
			t.Errorf("%+v: %v, want an error that says how to build it", s, err)
		}
	}
}
