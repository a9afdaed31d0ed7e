//go:build linux && amd64

package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestBringsGui(t *testing.T) {
	tr := newTree(t)
	members := map[string][]byte{"PyQt5/Qt5/lib/libQt5Core.so.5": coreOf(t, "9.99.1")}
	for _, name := range []string{
		"lib/libQt5Gui.so.5", "lib/libQt5Widgets.so.5", "lib/libQt5DBus.so.5", "lib/libicudata.so.56", "plugins/platforms/libqoffscreen.so",
		"lib/libQt5Network.so.5", "lib/libQt5WebEngineWidgets.so.5", "plugins/platforms/libqxcb.so", "lib/libQt5Gui.so.5.debug",
	} {
		members["PyQt5/Qt5/"+name] = []byte(name)
	}
	tr.addWheel("9.99.1", tr.wheel("9.99.1", members))

	stdout, _, err := runHere(1, "9.99.1-gui", "9.99.1")
	if want := tr.paths("9.99.1", "9.99.1-gui"); err != nil || stdout != want {
		t.Fatalf("printed %q, error %v, want %q", stdout, err, want)
	}
	for dir, want := range map[string][]string{
		"9.99.1":     {"libQt5Core.so.5", "libicudata.so.56"},
		"9.99.1-gui": {"libQt5Core.so.5", "libQt5DBus.so.5", "libQt5Gui.so.5", "libQt5Widgets.so.5", "libicudata.so.56", "libqoffscreen.so"},
	} {
		entries, err := os.ReadDir(filepath.Join(cacheDir, dir))
		var names []string
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		if err != nil || !slices.Equal(names, want) {
			t.Errorf("%s has %q, error %v, want %q", dir, names, err, want)
		}
	}
}
