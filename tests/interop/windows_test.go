//go:build linux

package interop

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// windowsLibraries are the Qt core libraries for Windows that INTEROP_QT_WINDOWS names, by paths, and the kinds of peers made of them.
var windowsLibraries = func() map[string]string {
	kinds := map[string]string{}
	for _, library := range strings.Fields(os.Getenv("INTEROP_QT_WINDOWS")) {
		kinds["Qt-"+filepath.Base(filepath.Dir(library))] = library
	}
	return kinds
}()

// windowsQts are their kinds.
var windowsQts = slices.Sorted(maps.Keys(windowsLibraries))

// wineDir is the directory into which "make wine" puts Wine.
const wineDir = "../../.cache/wine"

// windowsPrograms are the Windows peers that "make build" makes, and those with windowsLibraries.
func windowsPrograms(bin string) Programs {
	wine, err := filepath.Abs(wineDir + "/wine")
	if err != nil {
		panic(err)
	}
	qtpeer := filepath.Join(bin, "qtpeer.exe")
	p := Programs{
		"go-windows":  {wine, qtpeer, "peer"},
		"c-windows":   {wine, filepath.Join(bin, "capipeer.exe")},
		"c++-windows": {wine, filepath.Join(bin, "cpppeer.exe")},
	}
	for kind, library := range windowsLibraries {
		p[kind] = []string{wine, qtpeer, "peer", "--qt", "Z:" + strings.ReplaceAll(library, "/", `\`)}
	}
	return p
}

// ownWine gives the test's Windows programs objects that no other test's see, and ends Wine with the test.
func ownWine(t *testing.T) {
	if len(windowsQts) == 0 {
		t.Error("INTEROP_QT_WINDOWS names no Qt for Windows: run make interop")
	}
	prefix, err := os.MkdirTemp("", "wine")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("WINEPREFIX", prefix)
	t.Cleanup(func() {
		if out, err := exec.Command(wineDir+"/wineserver", "-k").CombinedOutput(); err != nil {
			t.Logf("wineserver -k: %v: %s", err, out)
		}
		if err := os.RemoveAll(prefix); err != nil {
			t.Error(err)
		}
	})
}

// TestWindowsKeys asks Go or C, and every Qt for Windows, for the native keys and the texts of random names.
func TestWindowsKeys(t *testing.T) {
	ownWine(t)
	programs := programs(t)
	var asked int
	for _, kind := range windowsQts {
		t.Run(kind, func(t *testing.T) {
			r := random(t)
			if err := usualWindows.Play(programs, func(c *Cell) {
				qt, ours := c.Start(kind), []*Peer{c.Start("go-windows"), c.Start("c-windows")}
				for _, p := range ours {
					p.does("rules", qt.Version)
				}
				for i, w := range worldsOf(t, programs, kind) {
					p := ours[i%len(ours)]
					var questions [][]string
					if w.told() {
						questions = append(questions, []string{"keys", w.Form, w.Family})
					}
					for range 500 {
						questions = append(questions, []string{"key", randomName(r)})
						if release(qt.Version) >= 606 {
							questions = append(questions, []string{"key", randomName(r), "semaphore"})
						}
					}
					our := p.burst(questions)
					for i, theirs := range qt.burst(questions) {
						if len(theirs.Words) > 0 && strings.ContainsRune(theirs.Words[0], '\uFFFD') && our[i].Code != "" {
							continue // Qt has cut it in the middle of a character, which no UTF-8 can tell
						}
						compare(c, fmt.Sprintf("%s, %s, %s", w, qt, p), questions[i], our[i], theirs)
					}
					asked += len(questions)
				}
			}); err != nil {
				t.Error(err)
			}
		})
	}
	fmt.Printf("%d random keys on Windows: Go, C and %s derive the same\n", asked, strings.Join(windowsQts, ", "))
}

// TestWindowsNames compares the objects that Go, C and every Qt make of random names.
func TestWindowsNames(t *testing.T) {
	ownWine(t)
	r, names := random(t), []string{strings.Repeat("x", 201)}
	for range 30 {
		names = append(names, randomName(r))
	}
	if err := usualWindows.Play(programs(t), func(c *Cell) {
		for _, kind := range append([]string{"go-windows", "c-windows"}, windowsQts...) {
			p := c.Start(kind)
			for _, name := range names {
				p.does("sem", "s", name, "1", "create")
				c.wantFiles(c.observer().does("key", name, "semaphore")[0])
				p.does("close", "s")
				p.creates(name, 1)
				segment, lock := c.observer().keyFiles(name)
				if ownRules(p.Version) == "6.6.0" && !p.isOurs() {
					lock = segment[:min(len(segment), 255)] + "_sem"
				}
				c.wantFiles(segment, lock)
				p.does("close", "s")
				c.wantFiles()
			}
		}
	}); err != nil {
		t.Error(err)
	}
}
