// Package ci holds the workflows in .github to what actionlint does not ask for.
package ci

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The workflows are read by the line: keys two spaces deep for jobs, four for what a job says.
var (
	topKey   = regexp.MustCompile(`(?m)^permissions:$`)
	jobStart = regexp.MustCompile(`^  ([a-z-]+):$`)
	limit    = regexp.MustCompile(`^    (timeout-minutes: [0-9]+|uses: \./.*)$`) // a workflow that is called has limits of its own
	uses     = regexp.MustCompile(`^ *(?:- )?uses: (.*)$`)
	released = regexp.MustCompile(`^[a-z-]+/[a-z-]+@v[0-9]+$`)
	script   = regexp.MustCompile(`^ *(?:- )?run: \|$`)
	called   = regexp.MustCompile(`\bmake:? ([a-z0-9 -]+)`)
	target   = regexp.MustCompile(`(?m)^([a-z][a-z0-9-]*):(?:[^=]|$)`)
)

// faults says what is wrong with a workflow, given the names of the Makefile's targets.
func faults(workflow string, targets []string) []string {
	var found []string
	if !topKey.MatchString(workflow) {
		found = append(found, "has no permissions at the top")
	}
	lines := strings.Split(workflow, "\n")
	for i, line := range lines {
		if m := uses.FindStringSubmatch(line); m != nil && !strings.HasPrefix(m[1], "./") && !released.MatchString(m[1]) {
			found = append(found, m[1]+" is not pinned to a major version")
		}
		if script.MatchString(line) && strings.TrimSpace(lines[i+1]) != "set -euo pipefail" {
			found = append(found, "a script begins with "+strings.TrimSpace(lines[i+1]))
		}
		for _, m := range called.FindAllStringSubmatch(withoutComment(line), -1) {
			for _, t := range strings.Fields(m[1]) {
				if !slices.Contains(targets, t) {
					found = append(found, "make "+t+" is not in the Makefile")
				}
			}
		}
	}
	return append(found, unlimited(lines)...)
}

// unlimited finds the jobs without timeout-minutes.
func unlimited(lines []string) []string {
	var found []string
	job := ""
	first := slices.Index(lines, "jobs:") + 1
	for _, line := range append(slices.Clone(lines[first:]), "  end:") {
		if m := jobStart.FindStringSubmatch(line); m != nil {
			if job != "" {
				found = append(found, "job "+job+" has no timeout-minutes")
			}
			job = m[1]
		}
		if limit.MatchString(line) {
			job = ""
		}
	}
	return found
}

func withoutComment(line string) string {
	line, _, _ = strings.Cut(line, "#")
	return line
}

func makeTargets(makefile string) []string {
	var names []string
	for _, m := range target.FindAllStringSubmatch(makefile, -1) {
		names = append(names, m[1])
	}
	return names
}

func TestWorkflows(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../.github/workflows/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("workflows: %v, %v", files, err)
	}
	for _, file := range files {
		workflow, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults(string(workflow), makeTargets(string(makefile))) {
			t.Errorf("%s: %s", filepath.Base(file), fault)
		}
	}
}

const good = `permissions:
  contents: read
jobs:
  one:
    # make war
    timeout-minutes: 5
    strategy:
      matrix:
        include:
          - {arch: amd64, make: build test}
    steps:
      - uses: actions/checkout@v7
      - name: Greet
        run: |
          set -euo pipefail
          echo hello
      - run: make build
  two:
    uses: ./.github/workflows/other.yml
`

func TestFaults(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"permissions:\n  contents: read\n", "", "has no permissions at the top"},
		{"permissions:\n", "    permissions:\n", "has no permissions at the top"},
		{"    timeout-minutes: 5\n", "", "job one has no timeout-minutes"},
		{"    timeout-minutes: 5\n", "      timeout-minutes: 5\n", "job one has no timeout-minutes"},
		{"    uses: ./.github/workflows/other.yml\n", "    runs-on: ubuntu-24.04\n", "job two has no timeout-minutes"},
		{"checkout@v7", "checkout@main", "actions/checkout@main is not pinned to a major version"},
		{"checkout@v7", "checkout@v7.1.0", "actions/checkout@v7.1.0 is not pinned to a major version"},
		{"checkout@v7", "checkout", "actions/checkout is not pinned to a major version"},
		{"          set -euo pipefail\n", "", "a script begins with echo hello"},
		{"run: make build", "run: make bulid", "make bulid is not in the Makefile"},
		{"make: build test", "make: build tset", "make tset is not in the Makefile"},
	} {
		if !strings.Contains(good, c.old) {
			t.Fatalf("no %q to replace", c.old)
		}
		got := strings.Join(faults(strings.Replace(good, c.old, c.new, 1), makeTargets("build: x ## y\ntest:\nBIN := z\n")), "; ")
		if got != c.want {
			t.Errorf("with %q for %q: %q, want %q", c.new, c.old, got, c.want)
		}
	}
}

func TestMakeTargets(t *testing.T) {
	got := makeTargets("# note: x\nGO ?= go\nvar := 1\ntest: deps ## everything\nbuild:\n\techo make: it\n$(LINT):\n.PHONY: help\nunit-short: deps\n")
	if want := []string{"test", "build", "unit-short"}; !slices.Equal(got, want) {
		t.Errorf("targets %q, want %q", got, want)
	}
}
