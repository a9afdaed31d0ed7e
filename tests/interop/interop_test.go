//go:build linux

package interop

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

func TestMain(m *testing.M) {
	fakePeer()
	os.Exit(ipctest.Run(m))
}

// qts are the peers that are a real Qt: C++ programs, the system's libraries driven from Go, and those of other versions.
var qts = append([]string{"qt5", "qt6", "realqt5", "realqt6"}, slices.Sorted(maps.Keys(others))...)

// others are the QtCore libraries that INTEROP_QT names, by paths, and that no other file needs to be near: S2-image, for
// which a Qt needs its QtGui, is not played with them.
var others = func() Programs {
	p := Programs{}
	for _, library := range strings.Fields(os.Getenv("INTEROP_QT")) {
		p["Qt-"+filepath.Base(filepath.Dir(library))] = []string{"--qt", library}
	}
	return p
}()

// go386 is the kind of the 32-bit Go peer.
const go386 = "go-386"

// programs are the peers that "make build" makes.
func programs(t *testing.T) Programs {
	bin, err := filepath.Abs("../../build/bin")
	if err != nil {
		t.Fatal(err)
	}
	p := GoPrograms(filepath.Join(bin, "qtpeer"))
	for _, kind := range []string{"qt5", "qt6"} {
		p[kind] = []string{filepath.Join(bin, "qtpeer-"+kind)}
	}
	p["c"] = []string{filepath.Join(bin, "capipeer")}
	p["c++"] = []string{filepath.Join(bin, "cpppeer")}
	p[go386] = []string{filepath.Join(bin, "qtpeer-386"), "peer"}
	for kind, library := range others {
		p[kind] = append(slices.Clone(p["go"]), library...)
	}
	for kind, command := range windowsPrograms(bin) {
		p[kind] = command
	}
	return p
}

// knownWorlds has what worldsOf has found out.
var knownWorlds = map[string][]World{}

// worldsOf returns the worlds in which a Qt can be, and in them the rules by which we meet it.
func worldsOf(t *testing.T, programs Programs, qt string) []World {
	if worlds, known := knownWorlds[qt]; known {
		return worlds
	}
	s, err := Explore(programs, qt)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Worlds {
		s.Worlds[i].Qt = s.Rules
	}
	knownWorlds[qt] = s.Worlds
	return s.Worlds
}

// wantNothingLeft returns a function that fails the test if there is a System V object or a file that is not there now.
// It removes the object, so that it does not meet other tests.
func wantNothingLeft(t *testing.T) func() {
	before := leftovers(t)
	return func() {
		for _, what := range leftovers(t) {
			if !slices.Contains(before, what) {
				t.Error("left behind:", what)
				remove(what)
			}
		}
	}
}

// leftovers lists the System V objects and the files that exist.
func leftovers(t *testing.T) []string {
	left, err := ipctest.Leftovers(os.Getenv("TMPDIR"))
	if err != nil {
		t.Fatal(err)
	}
	return left
}

func remove(what string) {
	var kind string
	var key, id int
	if _, err := fmt.Sscanf(what, "System V %3s: key, id, ... = %d %d", &kind, &key, &id); err == nil {
		_ = exec.Command("ipcrm", map[string]string{"shm": "-m", "sem": "-s"}[kind], strconv.Itoa(id)).Run()
	} else {
		_ = os.Remove(what)
	}
}
