package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// brokenRules are rules of Qt's protocol, and how the peer is made that breaks them: an old text in a file of the tree and a new one.
var brokenRules = map[string]struct {
	file, old, new string
	red            []string // cases in which it must be seen
	yard           yard
}{
	"the semaphore is skipped": {"bridge/sysv_sem.go", "ok, err := sysv.SemTry(int(id), -1, true)", "ok, err := true, error(nil)",
		[]string{"S3-int", "L-lock-excludes", "L-lock-dies"}, linux},
	"a killed holder keeps the lock": {"bridge/sysv_sem.go", "sysv.SemTry(int(id), -1, true)", "sysv.SemTry(int(id), -1, false)", []string{"L-lock-dies"}, linux},
	"another hash":                   {"qtcompat/ipckey/derive.go", "sha1.Sum([]byte(s))", "sha1.Sum([]byte(s + \"x\"))", []string{"S1-text", "K-names"}, linux},
	"Windows's semaphore is skipped": {"internal/win32/semaphore_windows.go", "windows.WaitForSingleObject(windows.Handle(h), 0)",
		"uint32(windows.WAIT_OBJECT_0), error(nil)", []string{"S3-int", "L-lock-excludes"}, windows},
}

// yard is where the broken peer meets one that is not.
type yard struct{ goos, program, peer, other, world string }

var (
	linux   = yard{"linux", "qtpeer", "go", "qt-5.15.8", "systemv-legacy"}
	windows = yard{"windows", "qtpeer.exe", "go-windows", "c-windows", "windows-legacy"}
)

// TestBrokenPeersTurnCellsRed: a peer that breaks one rule must be found out, by the cells in which it takes part and no others.
func TestBrokenPeersTurnCellsRed(t *testing.T) {
	for name, rule := range brokenRules {
		t.Run(name, func(t *testing.T) {
			bin := binWith(t, nil)
			y := rule.yard
			buildBroken(t, y.goos, filepath.Join(bin, y.program), rule.file, rule.old, rule.new)
			r := play(t, 1, "-bin", bin, "-peer", y.peer+","+y.other, "-world", y.world, "-case", strings.Join(rule.red, ","), "-patience", "3s")
			red := map[string]bool{}
			for _, c := range r.Cells {
				broken := c.Creator != c.Partner
				if c.Verdict == results.Fail && broken {
					red[c.Case] = true
				}
				if c.Verdict != results.Pass && c.Creator == y.other && !broken {
					t.Errorf("%+v", c)
				}
			}
			for _, k := range rule.red {
				if !red[k] {
					t.Errorf("%s does not turn red: %s", k, r.Summary())
				}
			}
		})
	}
}

// buildBroken builds qtpeer with another text in one file.
func buildBroken(t *testing.T, goos, program, file, old, new string) {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(source), old) != 1 {
		t.Fatalf("%s has the text %q %d times, want once", file, old, strings.Count(string(source), old))
	}
	dir := t.TempDir()
	broken, overlay := filepath.Join(dir, "broken.go"), filepath.Join(dir, "overlay.json")
	replaced, err := json.Marshal(map[string]map[string]string{"Replace": {path: broken}})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{broken: strings.Replace(string(source), old, new, 1), overlay: string(replaced)} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(program); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-overlay", overlay, "-o", program, "./cmd/qtpeer")
	build.Dir, build.Env = root, append(os.Environ(), "GOOS="+goos)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
