package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

func TestMain(m *testing.M) { os.Exit(ipctest.Run(m)) }

const qtpeer = "../../../build/bin/qtpeer"

func TestDemoShowsWhatWasWrittenAndRead(t *testing.T) {
	var out strings.Builder
	if !play(&out, qtpeer, []string{"qt5", "qt6"}) {
		t.Error("failed")
	}
	for _, want := range []struct{ name, way, what string }{
		{"S1-text", "Qt 5.", `"test sharedMemory"`},
		{"S1-text", "Go -> Qt 6.", `"test sharedMemory"`},
		{"S2-image", "Go -> Qt 5.", "33x17 pixels "},
		{"S3-int", "-> Go ", "1024"},
		{"S5-string", "Go -> Qt 5.", `"Hello, world!"`},
		{"S5-string", "Qt 6.", "42"},
	} {
		if !hasLine(out.String(), want.name, want.way, "wrote "+want.what, "read "+want.what, "ok") {
			t.Errorf("no line of %v in\n%s", want, &out)
		}
	}
	if !hasLine(out.String(), "36 round trips ok, 0 scenarios failed") {
		t.Errorf("another summary in\n%s", &out)
	}
}

// A core library that lies alone is the system's, by a link in an empty directory.
func TestDemoWithALibraryAlone(t *testing.T) {
	const system = "/usr/lib/x86_64-linux-gnu/libQt6Core.so.6"
	alone := filepath.Join(t.TempDir(), filepath.Base(system))
	if err := os.Symlink(system, alone); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if !play(&out, qtpeer, []string{alone}) || !hasLine(out.String(), "16 round trips ok, 0 scenarios failed") {
		t.Errorf("got\n%s", &out)
	}
	if !hasLine(out.String(), "S2-image", "not with "+alone+": there is no QtGui beside it") {
		t.Errorf("no word about the picture in\n%s", &out)
	}
	if !hasGui(system) {
		t.Errorf("no QtGui beside %s: run make deps", system)
	}
}

func hasLine(text string, parts ...string) bool {
	for line := range strings.Lines(text) {
		missing := 0
		for _, part := range parts {
			if !strings.Contains(line, part) {
				missing++
			}
		}
		if missing == 0 {
			return true
		}
	}
	return false
}

func TestDemoFails(t *testing.T) {
	var out strings.Builder
	if play(&out, "/no/such/qtpeer", []string{"qt5", "qt6"}) {
		t.Error("a demo without a program goes well")
	}
	if !hasLine(out.String(), "S1-text", "FAILED", "run make build") || !hasLine(out.String(), "20 scenarios failed") {
		t.Errorf("got\n%s", &out)
	}
}

func TestDemoWithoutALibrary(t *testing.T) {
	var out strings.Builder
	if play(&out, qtpeer, []string{"/no/such/libQt6Core.so.6"}) {
		t.Error("a demo without a Qt goes well")
	}
	if !hasLine(out.String(), "stderr", "/no/such/libQt6Core.so.6: cannot open shared object file") {
		t.Errorf("got\n%s", &out)
	}
}
