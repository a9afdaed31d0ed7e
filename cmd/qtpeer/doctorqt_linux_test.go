package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/realqt"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// A Qt that names things in another way than we believe is found out: here we believe wrong things of a real one.
func TestDoctorNoticesOtherRules(t *testing.T) {
	dir := tempDir(t)
	if err := os.Symlink(dir, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", filepath.Join(dir, "link"))
	qt, err := realqt.Load("qt5")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := ipckey.RulesOf(qt.Version())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name      string
		temp      ipckey.TempRule
		project   ipckey.ProjectRule
		tempLevel level
		mismatch  string
		meeting   string
	}{
		{"right", rules.Temp, rules.Project, levelOK, "", ""},
		{"other directory", ipckey.TempAbsolute, rules.Project, levelProblem, `QSharedMemory(QString) for "test" is "`, ""},
		{"other number", rules.Temp, ipckey.ProjectCRC32C, levelOK, "", "a semaphore that it makes is not found as systemv:"},
	} {
		check := qtCheck{Qt: qt, rules: ipckey.Rules{Temp: c.temp, Project: c.project, Lock: rules.Lock, Safe: rules.Safe}}
		if f := check.tempPath(); f.Level != c.tempLevel {
			t.Errorf("%s: %+v", c.name, f)
		}
		if err := check.inPrivate([]string{"test"}); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var text string
		for _, f := range check.found {
			text += f.ID + ": " + f.What + "\n"
		}
		for id, want := range map[string]string{"qt.mismatch": c.mismatch, "qt.meeting": c.meeting} {
			if id == "qt.meeting" && want != "" && strings.Count(text, id) != 3*len(qtNames) { // semaphore, segment and lock
				t.Errorf("%s: %s", c.name, text)
			}
			if has := strings.Contains(text, id); has != (want != "") || !strings.Contains(text, want) {
				t.Errorf("%s: %q, want %s: %q", c.name, text, id, want)
			}
		}
		if got := os.Getenv("TMPDIR"); got != filepath.Join(dir, "link") {
			t.Errorf("TMPDIR=%s afterwards", got)
		}
		if left, _ := filepath.Glob(dir + "/*"); len(left) != 1 {
			t.Errorf("left behind: %q", left)
		}
	}
}

// The environment is afterwards as it was.
func TestPrivateDirsAreRestored(t *testing.T) {
	dir := tempDir(t)
	t.Setenv("TMPDIR", dir)
	t.Setenv("XDG_RUNTIME_DIR", "x")
	if err := os.Unsetenv("XDG_RUNTIME_DIR"); err != nil { // restored by Setenv
		t.Fatal(err)
	}
	restore, err := privateDirs()
	if err != nil {
		t.Fatal(err)
	}
	private := os.Getenv("TMPDIR")
	if filepath.Dir(private) != dir || os.Getenv("XDG_RUNTIME_DIR") != private {
		t.Errorf("TMPDIR=%s, XDG_RUNTIME_DIR=%s", private, os.Getenv("XDG_RUNTIME_DIR"))
	}
	if info, err := os.Stat(private); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v: not usable as a runtime directory", info, err)
	}
	if err := restore(); err != nil {
		t.Error(err)
	}
	if _, set := os.LookupEnv("XDG_RUNTIME_DIR"); set || os.Getenv("TMPDIR") != dir {
		t.Errorf("afterwards TMPDIR=%s, XDG_RUNTIME_DIR set: %v", os.Getenv("TMPDIR"), set)
	}
	if left, _ := filepath.Glob(dir + "/*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
