package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/tests/interop/results"
)

// answering is a peer that answers everything, and does something else when it is told to create.
const answering = `while read -r verb rest; do
	case $verb in
	hello) echo "ok c 1.0 $$" ;;
	key | segment) echo ok x ;;
	create) CREATE ;;
	exit) echo ok; exit ;;
	*) echo ok ;;
	esac
done
`

// TestBadPeers: whatever a peer does, its cells fail with the reason, the others do not, and its process ends.
func TestBadPeers(t *testing.T) {
	with := func(create string) string { return strings.Replace(answering, "CREATE", create, 1) }
	for name, test := range map[string]struct {
		script, want string
		late         string // what else it may look like: an answer comes when another is due
	}{
		"crashes":                 {with("kill -SEGV $$"), "c#1 ended instead of answering create s 64", ""},
		"ends":                    {with("exit 0"), "c#1 ended instead of answering create s 64", ""},
		"hangs":                   {with("exec sleep 1000"), "c#1 hangs: it did not answer create s 64 within 1s", ""},
		"talks nonsense":          {with("echo yes"), `c#1: "yes" is no answer that PROTOCOL.md knows`, ""},
		"answers twice":           {with("echo ok 64; echo ok 64"), `says "ok 64": too early, or unasked`, "want"},
		"lies":                    {with("echo ok 65"), `c#1 answers create ["s" "64"] with ["65"], want "64"`, ""},
		"refuses":                 {with("echo err OutOfResources none"), "refuses to create s 64", ""},
		"crashes at once":         {"exit 1", "c#1 ended instead of answering hello", ""},
		"hangs at once":           {"exec sleep 1000", "c#1 hangs: it did not answer hello within 1s", ""},
		"is another process":      {"$BUILT/capipeer; exit", "its process ID", ""},
		"does not take the input": {"echo 'ok c 1.0 '$$; exec sleep 1000 <&-", "c#1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			bin := binWith(t, map[string]string{"capipeer": test.script})
			r := play(t, 1, "-bin", bin, "-peer", "go,c", "-world", "systemv-legacy", "-case", "L-last-detach", "-patience", "1s")
			for _, c := range r.Cells {
				switch {
				case c.Creator == "go" && c.Partner == "go":
					if c.Verdict != results.Pass {
						t.Errorf("%+v", c)
					}
				case c.Verdict != results.Fail:
					t.Errorf("%+v", c)
				case c.Creator == "c" && !strings.Contains(c.Reason, test.want) && (test.late == "" || !strings.Contains(c.Reason, test.late)):
					t.Errorf("the reason is %q, want %q", c.Reason, test.want)
				}
			}
		})
	}
}

// fakeGo is a "go run ./tests/qt/builds" that cannot bring one of two builds.
const fakeGo = `#!/bin/sh
echo ` + "`pwd`" + `/.cache/qt/5.15.2/libQt5Core.so.5
echo "get Qt 9.9.9: no such wheel" >&2
exit 1
`

// TestMissing: what cannot be had is told, cell by cell, and fails the run unless that is allowed.
func TestMissing(t *testing.T) {
	bin, path := binWith(t, nil), t.TempDir()
	if err := os.Remove(filepath.Join(bin, "capipeer")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(path, "go"), []byte(fakeGo), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", path+":"+os.Getenv("PATH"))
	for status, more := range map[int][]string{1: nil, 0: {"-allow-missing"}} {
		r := play(t, status, append(more, "-bin", bin, "-qt", "9.9.9", "-peer", "go,c,qt-9.9.9", "-case", "S5*", "-world", "systemv-legacy")...)
		if want := "9 cells: 1 pass, 0 unsupported, 0 known, 0 fail, 8 missing"; r.Summary() != want {
			t.Errorf("%s, want %s", r.Summary(), want)
		}
		for _, p := range r.Peers {
			if want := map[string]string{"c": "run make build", "qt-9.9.9": "get Qt 9.9.9: no such wheel"}[p.ID]; !strings.Contains(p.Missing, want) || (want == "") != (p.Missing == "") {
				t.Errorf("%s is missing: %q, want %q", p.ID, p.Missing, want)
			}
		}
	}
}

// TestOtherMachines: a peer of a machine that was not asked for is told of, and no failure; any other has to be there.
func TestOtherMachines(t *testing.T) {
	x := newTool(t, "-bin", binWith(t, nil), "-peer", "go,qt-5.15.8-386", "-case", "S5*", "-world", "systemv-legacy")
	if err := x.Run(); err != nil || lastLine(x.out.String()) != "1 cells: 1 pass, 0 unsupported, 0 known, 0 fail" ||
		!strings.Contains(x.errors.String(), "matrix: without qt-5.15.8-386: run make machines MACHINES=386\n") {
		t.Errorf("%v\n%s%s", err, &x.out, &x.errors)
	}
	bin := binWith(t, nil)
	if err := os.Remove(filepath.Join(bin, "qtpeer-386")); err != nil {
		t.Fatal(err)
	}
	if r := play(t, 1, "-bin", bin, "-peer", "go-386", "-case", "S5*", "-world", "systemv-legacy"); r.Count()[results.Missing] != 1 {
		t.Error(r.Summary())
	}
}

// TestEnds: interrupted or killed, the program leaves no process, and, unless killed, no file.
func TestEnds(t *testing.T) {
	for name, test := range map[string]struct {
		signal os.Signal
		status int
		says   string
	}{
		"interrupted": {os.Interrupt, 1, "interrupted; no results are written"},
		"terminated":  {syscall.SIGTERM, 1, "interrupted; no results are written"},
		"killed":      {os.Kill, -1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			fifo := filepath.Join(t.TempDir(), "started")
			if err := syscall.Mkfifo(fifo, 0o600); err != nil {
				t.Fatal(err)
			}
			bin := binWith(t, map[string]string{"capipeer": "echo >" + fifo + "\nexec $BUILT/capipeer"})
			x := newTool(t, "-bin", bin, "-peer", "c,qt-6.4.2", "-o", filepath.Join(t.TempDir(), "none"))
			if err := x.Start(); err != nil {
				t.Fatal(err)
			}
			started, err := os.OpenFile(fifo, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer started.Close()
			for range 3 { // it has been explored, and plays
				if _, err := started.Read(make([]byte, 1)); err != nil {
					t.Fatal(err)
				}
			}
			if err := x.Process.Signal(test.signal); err != nil {
				t.Fatal(err)
			}
			_ = x.Wait() // the status is looked at
			if x.ProcessState.ExitCode() != test.status || !strings.Contains(x.errors.String(), test.says) {
				t.Errorf("%v, %s", x.ProcessState, &x.errors)
			}
			if test.signal == os.Kill { // the kernel ends its children, one after the other
				until(t, "no process is left", func() bool { return processesWith(t, x.dir) == nil })
				removeTree(t, x.dir)
			}
		})
	}
}

// removeTree removes the empty directories that a killed program leaves, and fails if there is anything in them.
func removeTree(t *testing.T, dir string) {
	var dirs []string
	if err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || !info.IsDir() {
			t.Errorf("left: %s, %v", path, err)
		}
		dirs = append(dirs, path)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i := len(dirs) - 1; i > 0; i-- {
		if err := os.Remove(dirs[i]); err != nil {
			t.Error(err)
		}
	}
}
