package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// This test is a process, too.
func TestNamesOfProcesses(t *testing.T) {
	program := filepath.Base(os.Args[0])
	names := likelyNames(nil, []string{"alice"})
	for _, want := range []string{program, "alice-" + program, program + "alice", os.Args[len(os.Args)-1]} {
		if !slices.Contains(names, want) {
			t.Errorf("%q is missing", want)
		}
	}
}
