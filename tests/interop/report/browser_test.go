package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBrowserSeesAndEnds(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	path := filepath.Join(t.TempDir(), "a #1.html")
	write(t, path, `<script>const ready = Promise.resolve(); console.log(location.hash)</script><p>seen</p>`)
	b, err := browse(t.Context(), path, "x=1 2")
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	var got string
	if err := b.eval(`Promise.resolve(document.body.textContent + location.hash)`, &got); err != nil || got != "seen#x=1%202" {
		t.Errorf("%q, %v", got, err)
	}
	if err := b.eval(`throw new Error("spilt")`, nil); err == nil || !strings.Contains(err.Error(), "Error: spilt") {
		t.Errorf("error %v of a script that throws", err)
	}
	if err := b.call("Page.bake", nil, nil); err == nil || !strings.Contains(err.Error(), "Page.bake") {
		t.Errorf("error %v of a call that does not exist", err)
	}
	if n := len(b.named("Runtime.consoleAPICalled")); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
	b.close()
	wantEmpty(t, tmp)
	if state := b.cmd.ProcessState; state == nil || !state.Exited() {
		t.Errorf("the browser's state is %v", state)
	}
}

func TestBrowserFails(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	broken := filepath.Join(t.TempDir(), "broken.html")
	write(t, broken, `<p>no script</p>`)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name, path, want string
		ctx              context.Context
	}{
		{"no file", broken + "l", "ERR_FILE_NOT_FOUND", t.Context()},
		{"a page that is never ready", broken, "ready is not defined", t.Context()},
		{"cancelled", broken, "context canceled", over},
	} {
		b, err := browse(c.ctx, c.path, "")
		if err == nil {
			b.close()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s", c.name, err, c.want)
		}
	}
	t.Setenv("PATH", tmp)
	if _, err := photograph(t.Context(), broken); err == nil || !strings.Contains(err.Error(), "tests/qt/packages.sh test installs it") {
		t.Errorf("without Chromium: error %v", err)
	}
	wantEmpty(t, tmp)
}

func TestBrowserThatDies(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	bin := t.TempDir()
	write(t, filepath.Join(bin, "chromium"), "#!/bin/sh\necho oh dear >&2\nexit 1\n")
	if err := os.Chmod(filepath.Join(bin, "chromium"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin)
	_, err := photograph(t.Context(), "/x.html")
	if err == nil || !strings.HasPrefix(err.Error(), "chromium: /x.html: Target.createTarget: ") || !strings.HasSuffix(err.Error(), "oh dear\n") {
		t.Errorf("error %v", err)
	}
	wantEmpty(t, tmp)
}
