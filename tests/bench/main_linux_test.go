package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

func newLab(t *testing.T) *lab {
	l := &lab{ctx: t.Context(), bin: t.TempDir(), versions: map[string]string{}}
	t.Cleanup(func() {
		if err := l.clear(); err != nil {
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

// microsecond is a worker that says that it takes a microsecond for everything.
const microsecond = "echo ready 5.0.0\nwhile read n; do echo $((n * 1000)); done\n"

func TestWholeRun(t *testing.T) {
	bin, file := t.TempDir(), filepath.Join(t.TempDir(), "out.json")
	script(t, bin, "qtbench-qt5", microsecond)
	script(t, bin, "qtbench-qt6", microsecond)
	if err := run([]string{"-bin", bin, "-row", "^attach$", "-json", file}); err != nil {
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
	if len(r.Results) != 2 || r.Rounds != rounds || r.Machine["qt6"] != "5.0.0" {
		t.Fatalf("%+v", r)
	}
	for _, x := range r.Results {
		if x.Row != "attach" || x.TheirsNS.Median != 1000 || x.OursNS.Min <= 0 || x.OursNS.Min > x.OursNS.Max {
			t.Errorf("%+v", x)
		}
		if ratio := x.OursNS.Median / 1000; x.Ratio != ratio || x.Met != (ratio <= 0.6) {
			t.Errorf("%+v, want the ratio %v", x, ratio)
		}
	}
}

func TestMeasureEndsTheWorkers(t *testing.T) {
	l := newLab(t)
	for _, qt := range qts {
		script(t, l.bin, "qtbench-"+qt.program, microsecond+"touch "+filepath.Join(l.bin, qt.program+"-ended")+"\n")
	}
	if _, err := (row{"id", "work", 1, againstQt("key", 1)}).measure(l); err != nil {
		t.Fatal(err)
	}
	for _, qt := range qts {
		if _, err := os.Stat(filepath.Join(l.bin, qt.program+"-ended")); err != nil {
			t.Error(err)
		}
	}
}

func TestRunLeavesNothing(t *testing.T) {
	bin := t.TempDir()
	trace := filepath.Join(bin, "trace")
	script(t, bin, "qtbench-qt5", "echo $TMPDIR >"+trace+"\ntouch $TMPDIR/qipc_left\nexit 1\n")
	err := run([]string{"-bin", bin, "-row", "^key$"})
	if err == nil || !strings.Contains(err.Error(), "qipc_left") {
		t.Errorf("%v, want an error about the file that was left", err)
	}
	dir, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(strings.TrimSpace(string(dir))); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("TMPDIR %s is still there: %v", dir, err)
	}
}

func TestArgumentsThatCannotBe(t *testing.T) {
	t.Setenv(inside, "1")
	for _, args := range [][]string{{"-row", "("}, {"-row", "nonesuch"}, {"-nonesuch"}, {"worker", "nonesuch", "x"}} {
		if err := run(args); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

func TestProgramThatIsNotBuilt(t *testing.T) {
	l := newLab(t)
	for _, s := range []side{{programs: "qt5", work: "key"}, {command: "qtread-qt5", work: "read"}} {
		_, err := s.open(l)
		if err == nil || !strings.Contains(err.Error(), "cmake --build") {
			t.Errorf("%+v: %v, want an error that says how to build it", s, err)
		}
	}
}

func TestRowsAreComplete(t *testing.T) {
	cpp, err := os.ReadFile("../qt/bench/works.cpp")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.id)
		if r.work == "" || r.per < 1 || len(r.matches) < 2 {
			t.Errorf("%s: %+v", r.id, r)
		}
		for _, m := range r.matches {
			if m.target <= 0 || m.ours == m.theirs || m.ours.label == m.theirs.label {
				t.Errorf("%s: %+v", r.id, m)
			}
			for _, s := range []side{m.ours, m.theirs} {
				checkWorks(t, s, string(cpp))
			}
		}
	}
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(rows) {
		t.Errorf("two rows have one id: %q", ids)
	}
}

// checkWorks sees whether the programs of s have its work.
func checkWorks(t *testing.T, s side, cpp string) {
	t.Helper()
	for i, program := range strings.Fields(s.programs) {
		work := s.work
		if strings.Contains(s.programs, " ") {
			work = fmt.Sprint(work, i)
		}
		if program == "go" && works[work] == nil {
			t.Errorf("Go has no work %s", work)
		}
		if program != "go" && !strings.Contains(cpp, fmt.Sprintf(`{QStringLiteral("%s"), %[1]s}`, work)) {
			t.Errorf("works.cpp has no work %s", work)
		}
	}
}
