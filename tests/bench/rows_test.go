package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestRowsAreComplete(t *testing.T) {
	var ids []string
	rows := rowsAgainst([]string{"6.8.3", "6.8.3-windows", "6.12.0"})
	for _, r := range rows {
		ids = append(ids, r.id)
		if r.work == "" || r.per < 1 || len(r.matches) == 0 {
			t.Errorf("%s: %+v", r.id, r)
		}
		for _, m := range r.matches {
			if m.target < 0 || m.limit < 0 || m.target > 0 && m.limit > 0 {
				t.Errorf("%s: the target is %v, and %v ns", r.id, m.target, m.limit)
			}
			if m.ours == m.theirs || m.ours.label == m.theirs.label || m.ours.family != m.theirs.family {
				t.Errorf("%s: %+v", r.id, m)
			}
			if isC := strings.HasPrefix(r.id, "c-"); isC != (m.ours.programs == "libshmbridge") {
				t.Errorf("%s is about %s", r.id, m.ours.programs)
			}
			if family := familyOf(r.id); m.ours.family != family {
				t.Errorf("%s is of family %s, want %s", r.id, m.ours.family, family)
			}
			for _, s := range []side{m.ours, m.theirs} {
				checkWorks(t, s)
			}
		}
	}
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(rows) {
		t.Errorf("two rows have one id: %q", ids)
	}
}

func familyOf(id string) string {
	for _, family := range []string{posix, windows, stream} {
		if strings.Contains(id, family+"-") {
			return family
		}
	}
	return systemV
}

// Rows are of the families of which there are builds.
func TestRowsNeedBuilds(t *testing.T) {
	for builds, want := range map[string][]string{
		"":                      {},
		"6.8.3":                 {posix},
		"6.8.3-windows":         {windows},
		"6.8.3 5.15.2-windows ": {posix, windows},
	} {
		var got []string
		for _, r := range rowsAgainst(strings.Fields(builds)) {
			if f := r.matches[0].ours.family; (f == posix || f == windows) && !slices.Contains(got, f) {
				got = append(got, f)
			}
			for _, m := range r.matches {
				if f := m.ours.family; f == windows != strings.HasSuffix(m.theirs.label, "-windows") {
					t.Errorf("%s: %s against %s", r.id, f, m.theirs.label)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: rows of %q, want %q", builds, got, want)
		}
	}
}

// checkWorks sees whether the programs of s have its work.
func checkWorks(t *testing.T, s side) {
	t.Helper()
	for i, program := range strings.Fields(s.programs) {
		work := s.work
		if strings.Contains(s.programs, " ") {
			work = fmt.Sprint(work, i)
		}
		file, entry := "../qt/bench/works.cpp", `\{"%s", %[1]s\}`
		switch {
		case s.family == stream && program == "go":
			file, entry = "streams.go", `\t"%s": +\w`
		case s.family == stream:
			file, entry = "../qt/bench/streams.cpp", `\{"%s", `
		case program == "go":
			file, entry = "works.go", `\t"%s": +\w`
		case s.family == windows:
			file = "../qt/bench/windows/works.cpp"
		case program == "libshmbridge":
			file, entry = "../capi/bench/works.c", `\{"%s", \w+, %[1]s\}`
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(fmt.Sprintf(entry, work)).Match(text) {
			t.Errorf("%s has no work %s", file, work)
		}
	}
}
