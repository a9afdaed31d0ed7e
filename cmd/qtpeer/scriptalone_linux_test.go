package main

import (
	"path/filepath"
	"testing"
)

// TestScriptsAlone runs the scripts of verbs that look at all objects there are, or remove them: one after the other, when no
// other script runs.
func TestScriptsAlone(t *testing.T) {
	dirs, err := filepath.Glob("testdata/script/linux/alone/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("%q, %v", dirs, err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) { runScripts(t, dir) })
	}
}
