//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEachBuild runs the tests once more with each other QtCore library that INTEROP_QT names. Each has a process of its own,
// for libraries of one generation do not mix.
func TestEachBuild(t *testing.T) {
	for _, lib := range strings.Fields(os.Getenv("INTEROP_QT")) {
		if slices.Contains(libraries, lib) {
			continue
		}
		t.Run(filepath.Base(filepath.Dir(lib)), func(t *testing.T) {
			tests := exec.Command(os.Args[0], "-test.timeout=2m", "-test.skip="+notOfBuilds)
			tests.Env = append(os.Environ(), libraryVariable+"="+lib)
			if output, err := tests.CombinedOutput(); err != nil {
				t.Errorf("with %s: %v\n%s", lib, err, output)
			}
		})
	}
}
