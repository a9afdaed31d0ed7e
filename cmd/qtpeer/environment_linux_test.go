package main

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"testing"
)

// The rows are those that Qt 6.8.2 and 6.11.2 gave for QStandardPaths::RuntimeLocation.
func TestRuntimeDir(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	good, open, file, link := filepath.Join(dir, "good"), filepath.Join(dir, "open"), filepath.Join(dir, "file"), filepath.Join(dir, "link")
	err := errors.Join(os.Mkdir(good, 0o700), os.Mkdir(open, 0o755), os.WriteFile(file, nil, 0o700), os.Symlink(good, link))
	me, err2 := user.Current()
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	fallback := "/T/runtime-" + me.Username
	for value, want := range map[string]string{
		good: good, good + "/": good + "/", filepath.Join(dir, "missing"): filepath.Join(dir, "missing"),
		"": fallback, open: fallback, file: fallback, link: fallback, "good": fallback, "missing": fallback,
	} {
		t.Setenv("XDG_RUNTIME_DIR", value)
		if got := runtimeDir("/T"); got != want {
			t.Errorf("XDG_RUNTIME_DIR=%s: %s, want %s", value, got, want)
		}
	}
}

func TestRuntimeDirOfAnotherUser(t *testing.T) {
	info, err := os.Stat("/proc/1")
	if err != nil {
		t.Fatal(err)
	}
	if got, root := isOurs(info), os.Geteuid() == 0; got != root {
		t.Errorf("root's file is ours: %v, we are root: %v", got, root)
	}
}
