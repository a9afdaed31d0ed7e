package living

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

var program = flag.String("qtpeer", "../../build/bin/qtpeer", "the `program` to test; make build makes it")

func TestMain(m *testing.M) { os.Exit(ipctest.Run(m)) }

// qtpeer is the path of the program.
func qtpeer(t *testing.T) string {
	path, err := filepath.Abs(*program)
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		t.Fatalf("%v: run make build", err)
	}
	return path
}

// libraries are the QtCore libraries that peers are made of, by kind of peer: Debian's, and those of INTEROP_QT.
var libraries = func() map[string]string {
	libs := map[string]string{"go": "", "qt5": "qt5", "qt6": "qt6"}
	for _, library := range strings.Fields(os.Getenv("INTEROP_QT")) {
		libs["qt-"+filepath.Base(filepath.Dir(library))] = library
	}
	return libs
}()

// A family of objects, as the peers' command "keys" has it.
const (
	systemV = "systemv"
	posix   = "posix"
)

// qts returns the kinds of peers that are a real Qt and can be in the family: none may be.
func qts(t *testing.T, family string) (kinds []string) {
	for _, kind := range slices.Sorted(maps.Keys(libraries)) {
		if kind == "go" {
			continue
		}
		p := start(t, kind, t.TempDir())
		if p.ask("keys legacy "+family) == "ok" {
			kinds = append(kinds, kind)
		}
		p.kill()
	}
	return kinds
}
