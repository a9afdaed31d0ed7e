package main

import (
	"os"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/ipctest"
	"github.com/shmbridge/shmbridge/tests/interop"
)

func TestMain(m *testing.M) { os.Exit(ipctest.Run(m)) }

func TestDemoShowsWhatWasWrittenAndRead(t *testing.T) {
	var out strings.Builder
	if !play(&out, interop.GoPrograms("../../../build/bin/qtpeer")) {
		t.Error("failed")
	}
	for _, want := range []struct{ name, way, what string }{
		{"S1-text", "Qt 5.", `"test sharedMemory"`},
		{"S1-text", "Go -> Qt 6.", `"test sharedMemory"`},
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
	if play(&out, interop.GoPrograms("/no/such/qtpeer")) {
		t.Error("a demo without a program goes well")
	}
	if !hasLine(out.String(), "S1-text", "FAILED", "run make build") || !hasLine(out.String(), "20 scenarios failed") {
		t.Errorf("got\n%s", &out)
	}
}
