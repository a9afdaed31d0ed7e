//go:build amd64 || arm64

package realqt

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// notOfBuilds are the tests of the system's libraries: those on QtGui, which a build need not have, and on Load.
const notOfBuilds = "Gui|Image|^TestLoad|^TestVersion|^TestEachBuild$"

// TestEachBuild runs the tests once more with each QtCore library that INTEROP_QT names. Each has a process of its own, for
// libraries of one generation do not mix.
func TestEachBuild(t *testing.T) {
	for _, lib := range strings.Fields(os.Getenv("INTEROP_QT")) {
		t.Run(filepath.Base(filepath.Dir(lib)), func(t *testing.T) {
			tests := exec.Command(os.Args[0], "-test.timeout=2m", "-test.skip="+notOfBuilds)
			tests.Env = append(os.Environ(), libraryVariable+"="+lib)
			if output, err := tests.CombinedOutput(); err != nil {
				t.Errorf("with %s: %v\n%s", lib, err, output)
			}
		})
	}
}
