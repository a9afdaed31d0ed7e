package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wantFiles compares the names of the files in dir.
func wantFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("files %q, want %q", got, want)
	}
}

func TestRefuseTerminal(t *testing.T) {
	for _, c := range []struct {
		format, out string
		terminal    bool
		refused     bool
	}{
		{"raw", "", true, true},
		{"qbytearray", "", true, true},
		{"qimage", "", true, true},
		{"raw", "", false, false},
		{"raw", "-", true, false},
		{"raw", "file", true, false},
		{"text", "", true, false},
		{"hex", "", true, false},
		{"int32", "", true, false},
	} {
		f, _ := formatNamed(c.format)
		if err := refuseTerminal(f.binary, "--as hex", c.out, c.terminal); (err != nil) != c.refused {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// What is there is replaced, and names are what the user wrote.
func TestWriteOutput(t *testing.T) {
	dir := tempDir(t)
	file := filepath.Join(dir, "a b é日.bin")
	for _, content := range []string{"a longer old text\n", "new\n", ""} {
		if err := writeOutput(file, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got := readString(t, file); got != content {
			t.Errorf("the file has %q, want %q", got, content)
		}
	}
	wantFiles(t, dir, "a b é日.bin")
	if err := writeOutput(os.DevNull, []byte("new")); err != nil {
		t.Error(err)
	}
	if err := writeOutput(filepath.Join(dir, "missing", "file"), nil); err == nil {
		t.Error("written where there is no directory")
	}
	wantFiles(t, dir, "a b é日.bin")
}
