//go:build linux && amd64

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestProgress(t *testing.T) {
	a, b := build{version: "1.0.0"}, build{version: "2.0.0"}
	for _, test := range []struct {
		name     string
		terminal bool
		want     string
	}{
		{"file", false, "Qt 2.0.0: failed (1 of 2)\nQt 1.0.0: ready (2 of 2)\n"},
		{"terminal", true, "\r\x1b[K0 of 2, working on Qt 1.0.0\r\x1b[K0 of 2, working on Qt 1.0.0, 2.0.0" +
			"\r\x1b[K1 of 2, working on Qt 1.0.0\r\x1b[K2 of 2, working on Qt \r\x1b[K"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			p := newProgress(&out)
			p.terminal = test.terminal
			c, err := openCache(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(c.place(build{version: "3.0.0"}), 0o755); err != nil {
				t.Fatal(err)
			}
			p.begin(c, []build{a, b, {version: "3.0.0"}})
			first, rest, _ := strings.Cut(out.String(), "\n")
			if !strings.HasPrefix(first, "downloads Qt builds with pip: 2, ") || !strings.HasSuffix(first, " stay in "+c.dir) || rest != "" {
				t.Errorf("it begins with %q", out.String())
			}
			out.Reset()
			p.start(a)
			p.start(b)
			p.finish(b, errors.New("no"))
			p.finish(a, nil)
			p.end()
			if out.String() != test.want {
				t.Errorf("got %q, want %q", out.String(), test.want)
			}
		})
	}
}

func TestProgressKnowsTerminals(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	device, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	if newProgress(file).terminal {
		t.Error("a file is not a terminal")
	}
	if !newProgress(device).terminal {
		t.Error("a terminal is a terminal")
	}
}

func TestNothingToDoSaysNothing(t *testing.T) {
	var out strings.Builder
	p := newProgress(&out)
	p.terminal = true
	p.end()
	if out.Len() > 0 {
		t.Errorf("it says %q", out.String())
	}
}
