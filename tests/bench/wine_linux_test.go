package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// What make wine, builds and windows bring.
const (
	realWine  = "../../.cache/wine/wine"
	realQt5   = "../../.cache/qt/5.15.2-windows/Qt5Core.dll"
	realQt6   = "../../.cache/qt/6.8.3-windows/Qt6Core.dll"
	qtProgram = "../../build/bin/qtbench.exe"
)

// pretendWine makes a Wine that runs the programs of this system, and notes in a file how it was asked to end.
func pretendWine(t *testing.T) (program, ended string) {
	t.Helper()
	dir := t.TempDir()
	script(t, dir, "wine", "exec \"$@\"\n")
	script(t, dir, "wineserver", "[ -d \"$WINEPREFIX\" ] && echo \"$*\" >>"+dir+"/ended\nexit 1\n")
	return filepath.Join(dir, "wine"), filepath.Join(dir, "ended")
}

func TestWholeRunInWine(t *testing.T) {
	bin := t.TempDir()
	program, ended := pretendWine(t)
	prefix := filepath.Join(bin, "prefix")
	script(t, bin, "bench.exe", "[ \"$1 $2\" = 'worker windows' ] || exit 1\necho $WINEPREFIX >"+prefix+"\necho ready go1\nwhile read n; do echo $((n * 500)); done\n")
	script(t, bin, "qtbench.exe", `[ "$1 $WINEPREFIX" = "windows $(cat `+prefix+`)" ] || exit 1
v=${QTCORE#Z:/builds/}
printf 'ready %s in Wine\r\n' ${v%-windows/*}
while read n; do printf '%s\r\n' $((n * 1000)); done
`)
	checkRun(t, map[string]string{"qt5.15.2-windows": "5.15.2 in Wine", "qt6.8.3-windows": "6.8.3 in Wine", "go": "go1"}, "windows-attach",
		[]string{"Qt 5.15.2-windows", "Qt 6.8.3-windows"}, 1,
		"-bin", bin, "-wine", program, "-row", "^windows-attach$", "/builds/5.15.2-windows/Qt5Core.dll", "/builds/6.8.3-windows/Qt6Core.dll")
	if text, err := os.ReadFile(ended); string(text) != "-k\n" {
		t.Errorf("Wine was asked to end by %q, %v", text, err)
	}
}

func TestInterruptInWine(t *testing.T) {
	bin := t.TempDir()
	program, ended := pretendWine(t)
	script(t, bin, "bench.exe", "echo ready go1\nread n\n")
	script(t, bin, "qtbench.exe", "kill -INT $PPID\nexec sleep 100\n")
	err := run([]string{"-bin", bin, "-wine", program, "-row", "^windows-lock$", "/builds/6.8.3-windows/Qt6Core.dll"})
	if err == nil || strings.Contains(err.Error(), "left behind") {
		t.Errorf("%v, want an error, and not about what is left behind", err)
	}
	if text, err := os.ReadFile(ended); string(text) != "-k\n" {
		t.Errorf("Wine was asked to end by %q, %v", text, err)
	}
}

func TestWineThatIsNotThere(t *testing.T) {
	l := testLab(t)
	l.wine.program = filepath.Join(l.bin, "wine")
	script(t, l.bin, "bench.exe", "")
	_, err := side{family: windows, programs: "go", work: "key"}.open(l)
	if err == nil || !strings.Contains(err.Error(), "make wine") {
		t.Errorf("%v, want an error that says how to get it", err)
	}
}

// windowsLab is a lab with what really runs in Wine.
func windowsLab(t *testing.T) *lab {
	l := testLab(t)
	build := exec.Command("go", "build", "-o", l.bin+"/bench.exe", ".")
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	program, err := filepath.Abs(qtProgram)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, l.bin+"/qtbench.exe"); err != nil {
		t.Fatal(err)
	}
	for file, command := range map[string]string{realWine: "wine", realQt5: "builds", realQt6: "builds", qtProgram: "windows"} {
		if _, err := os.Stat(file); err != nil {
			t.Fatalf("%v: run make %s first", err, command)
		}
	}
	if _, err := l.useLibraries([]string{realQt5, realQt6}); err != nil {
		t.Fatal(err)
	}
	return l
}

// Both sides find the segment that a third process keeps, by Qt's keys, and nothing of Wine is left when the lab is closed.
func TestEveryWorkInWine(t *testing.T) {
	l := windowsLab(t)
	for _, r := range windowsRows(opponents{windows, []string{"5.15.2-windows", "6.8.3-windows"}}) {
		t.Run(r.id, func(t *testing.T) {
			testWorkInWine(t, l, r.matches[0].ours)
			for _, m := range r.matches {
				testWorkInWine(t, l, m.theirs)
			}
		})
	}
	for _, version := range []string{"5.15.2", "6.8.3"} {
		if got := l.machine()["qt"+version+"-windows"]; !strings.HasPrefix(got, version+" in Wine ") {
			t.Errorf("Qt %s says that it is %q", version, got)
		}
	}
	prefix := l.wine.prefix
	if err := l.wine.close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(prefix); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", prefix, err)
	}
	if left := processesWith(t, "WINEPREFIX="+prefix); len(left) > 0 {
		t.Errorf("processes of Wine that still run: %q", left)
	}
}

func testWorkInWine(t *testing.T, l *lab, s side) {
	t.Helper()
	timer, err := s.open(l)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(stocks[s.work].suffixes); len(l.keepers) != n || n > 0 && stocks[s.work].size != keptSize {
		t.Errorf("%d segments of %d bytes are kept", len(l.keepers), keptSize)
	}
	if d, err := timer.time(3); err != nil || d < 0 {
		t.Errorf("%s: %v, %v", s.label, d, err)
	}
	worker := timer.(team)[0]
	keepers := l.keepers
	for _, w := range append(keepers, worker) {
		var cpus unix.CPUSet
		if err := unix.SchedGetaffinity(w.cmd.Process.Pid, &cpus); err != nil || cpus.Count() != 1 {
			t.Errorf("%q may use %d CPUs, %v", w.cmd.Args, cpus.Count(), err)
		}
	}
	if err := timer.close(); err != nil {
		t.Error(err)
	}
	if err := l.clear(); err != nil {
		t.Error(err)
	}
	if len(l.keepers) > 0 {
		t.Error("the segments are still kept")
	}
	for _, w := range keepers {
		if w.cmd.ProcessState == nil {
			t.Errorf("%q has not ended", w.cmd.Args)
		}
	}
}

// Without the segment that the lab keeps, those works fail that are to find it.
func TestSegmentThatNobodyKeeps(t *testing.T) {
	l := windowsLab(t)
	for _, program := range []string{"go", "qt5.15.2-windows", "qt6.8.3-windows"} {
		for work, fails := range map[string]bool{"key": false, "create": false, "lock": true, "attach": true, "attachnew": true} {
			w, err := startWorker(l, program, work, place{windows, "nobody"})
			if err == nil {
				_, err = team{w}.time(1)
				err = errors.Join(err, team{w}.close())
			}
			if (err != nil) != fails {
				t.Errorf("%s %s: %v, want an error: %v", program, work, err, fails)
			}
		}
	}
}

// processesWith lists the processes in whose environment that is.
func processesWith(t *testing.T, variable string) (all []string) {
	t.Helper()
	paths, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%q, %v", paths, err)
	}
	for _, path := range paths {
		if text, err := os.ReadFile(path); err == nil && bytes.Contains(text, []byte(variable)) { // others end meanwhile
			all = append(all, path)
		}
	}
	return all
}
