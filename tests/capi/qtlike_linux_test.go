package capi

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// step is a line of the script in tests/capi/qtlike: what was done, and what came of it.
type step struct {
	name, what, result string
	row                string // of the table in shmbridge_qt.hpp, if the classes differ here on purpose
	qt, ours           string // the results then
}

// script runs the script with one of the classes.
func script(t *testing.T, program string) []step {
	t.Helper()
	steps := stepsOf(run(t, program))
	if len(steps) < 350 {
		t.Fatalf("%s did %d steps only", program, len(steps))
	}
	return steps
}

func stepsOf(output string) (steps []step) {
	for line := range strings.Lines(output) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch len(fields) { // Qt's warnings are among the lines
		case 3:
			steps = append(steps, step{fields[0], fields[1], fields[2], "", fields[2], fields[2]})
		case 6:
			steps = append(steps, step{fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]})
		}
	}
	return steps
}

// compare says what is wrong with the results of Qt's class and ours for the same steps.
func compare(qt, ours []step) (wrong []string) {
	for i := range max(len(qt), len(ours)) {
		if i >= len(qt) || i >= len(ours) || qt[i].name != ours[i].name || qt[i].what != ours[i].what {
			return append(wrong, fmt.Sprintf("the scripts part at step %d", i+1))
		}
		q, o := qt[i], ours[i]
		complain := func(format string, args ...any) {
			wrong = append(wrong, fmt.Sprintf(o.name+" "+o.what+": "+format, args...))
		}
		switch {
		case o.row == "" && q.result != o.result:
			complain("Qt gives %q, shmbridge %q", q.result, o.result)
		case q.result != q.qt:
			complain("row %s says that Qt gives %q: it gives %q", o.row, q.qt, q.result)
		case o.result != o.ours:
			complain("row %s says that shmbridge gives %q: it gives %q", o.row, o.ours, o.result)
		case o.row != "" && q.result == o.result:
			complain("row %s says that they differ, but both give %q", o.row, q.result)
		}
	}
	return wrong
}

func TestSharedMemoryAndSystemSemaphoreAreQts(t *testing.T) {
	ours := script(t, "qtlike")
	for _, program := range []string{"qtlike-qt5", "qtlike-qt6"} {
		for _, wrong := range compare(script(t, program), ours) {
			t.Errorf("%s: %s", program, wrong)
		}
	}
}

// Every row of the table is proved by a step, and no step differs for a reason that is not in the table.
func TestTableOfDifferencesIsProved(t *testing.T) {
	header, err := os.ReadFile("../../include/shmbridge_qt.hpp")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(header), "On purpose they differ here, on Linux:")
	table, _, ok2 := strings.Cut(table, "*/")
	if !ok || !ok2 {
		t.Fatal("shmbridge_qt.hpp has no table")
	}
	documented := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^ \*   ([a-z]+(?:-[a-z]+)+)  +\S`).FindAllStringSubmatch(table, -1) {
		documented[row[1]] = true
	}
	proved := map[string]bool{}
	for _, s := range script(t, "qtlike") {
		if s.row != "" {
			proved[s.row] = true
		}
	}
	rows := slices.Sorted(maps.Keys(documented))
	if diff := cmp.Diff(rows, slices.Sorted(maps.Keys(proved))); diff != "" || len(rows) == 0 {
		t.Errorf("%d rows in the table; -documented +proved:\n%s", len(rows), diff)
	}
}

func TestCompareComplains(t *testing.T) {
	same := "a 1\tlock()\ttrue\n"
	differing := func(result string) string { return "a 1\tlock()\t" + result + "\trow\ttrue\tfalse\n" }
	for _, c := range []struct {
		name, qt, ours string
		wrong          []string
	}{
		{"the same", same, same, nil},
		{"a warning of Qt", "QSharedMemory::lock: already locked\n" + same, same, nil},
		{"not the same", same, "a 1\tlock()\tfalse\n", []string{`a 1 lock(): Qt gives "true", shmbridge "false"`}},
		{"on purpose", differing("true"), differing("false"), nil},
		{"no longer", differing("true"), differing("true"), []string{`a 1 lock(): row row says that shmbridge gives "false": it gives "true"`}},
		{"Qt does not", differing("false"), differing("false"), []string{`a 1 lock(): row row says that Qt gives "true": it gives "false"`}},
		{"no difference", "a 1\tx\ty\trow\ty\ty\n", "a 1\tx\ty\trow\ty\ty\n", []string{`a 1 x: row row says that they differ, but both give "y"`}},
		{"ends early", same, "", []string{"the scripts part at step 1"}},
		{"goes on", same, same + same, []string{"the scripts part at step 2"}},
		{"something else", same, "a 1\tunlock()\ttrue\n", []string{"the scripts part at step 1"}},
	} {
		if diff := cmp.Diff(c.wrong, compare(stepsOf(c.qt), stepsOf(c.ours))); diff != "" {
			t.Errorf("%s: -want +got:\n%s", c.name, diff)
		}
	}
}

// What Qt 5.15 and 6.4 cannot be asked: keys as Qt 6.6 has them, and text that no QString can hold.
func TestNativeIpcKey(t *testing.T) { run(t, "qtlike-keys") }
