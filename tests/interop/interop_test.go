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
	p["go386"] = []string{filepath.Join(bin, "qtpeer-386"), "peer"}
	for kind, library := range others {
		p[kind] = append(slices.Clone(p["go"]), library...)
	}
	return p
}

// pairs are all ordered pairs of peers, (creator, partner), in which Go takes part.
func pairs() [][2]string {
	all := [][2]string{{"go", "go"}}
	for _, qt := range qts {
		all = append(all, [2]string{"go", qt}, [2]string{qt, "go"})
	}
	for _, partner := range []string{"go", "qt5", "qt6"} { // a 32-bit program and 64-bit ones
		all = append(all, [2]string{"go386", partner}, [2]string{partner, "go386"})
	}
	return all
}

// TestMatrix plays every case between every pair. One cell after the other: the cells share one IPC namespace, in which
// the key of a key file that one has just removed may at once be that of another's.
func TestMatrix(t *testing.T) {
	programs := programs(t)
	var cells, passed int
	for _, k := range Cases {
		for _, pair := range pairs() {
			if k.Name == "S2-image" && (others[pair[0]] != nil || others[pair[1]] != nil) {
				continue
			}
			t.Run(fmt.Sprintf("%s/%s->%s", k.Name, pair[0], pair[1]), func(t *testing.T) {
				cells++
				playCell(t, k, programs, pair)
				if !t.Failed() {
					passed++
				}
			})
		}
	}
	fmt.Printf("%d cells: %d pass, %d fail\n", cells, passed, cells-passed)
}

// playCell plays a case. A peer that cannot do a part of it fails it.
func playCell(t *testing.T, k Case, programs Programs, pair [2]string) {
	defer wantNothingLeft(t)()
	trips, err := k.Play(programs, pair[0], pair[1])
	if err != nil {
		t.Error(err)
	} else if k.Name[0] == 'S' && len(trips) == 0 {
		t.Error("nothing was written and read")
	}
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
	}
}
