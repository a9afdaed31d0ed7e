//go:build linux

package interop

import (
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var posixSafe = World{Family: "posix", Form: "safe"}

// fakeIn are programs of a fake peer that has the script.
func fakeIn(script string) Programs {
	command := []string{"env", fakeVar + "=" + script, os.Args[0]}
	return Programs{"go": command, "go-windows": command}
}

func TestPeersAreToldOfTheWorld(t *testing.T) {
	var unsupported *Unsupported
	start := func(c *Cell) { c.Start("go") }
	if err := posixSafe.Play(fakeIn("keys safe posix=ok"), start); err != nil {
		t.Errorf("told: %v", err)
	}
	if err := posixSafe.Play(fakeIn("keys safe posix=unsupported"), start); !errors.As(err, &unsupported) {
		t.Errorf("error %v, want that it is unsupported", err)
	}
	if err := Play(fakeIn("keys legacy systemv=die"), start); err != nil {
		t.Errorf("told of the usual world: %v", err)
	}
}

// TestPeersAreToldOfRules: ours are, a real Qt has its own.
func TestPeersAreToldOfRules(t *testing.T) {
	old := World{Family: "systemv", Form: "legacy", Qt: "5.6.0"}
	var unsupported *Unsupported
	start := func(c *Cell) { c.Start("go", "--more") }
	if err := old.Play(fakeIn("rules 5.6.0=ok"), func(c *Cell) {
		p := c.Start("go", "--more")
		if got := p.cmd.Args[len(p.cmd.Args)-1]; got != "--more" {
			t.Errorf("the command line ends with %q", got)
		}
	}); err != nil {
		t.Errorf("told: %v", err)
	}
	if err := old.Play(fakeIn("rules 5.6.0=unsupported"), start); !errors.As(err, &unsupported) {
		t.Errorf("error %v, want that it is unsupported", err)
	}
	asQt := "hello=ok qt 5.6.0 $PID\nrules 5.6.0=die"
	if err := old.Play(fakeIn(asQt), start); err != nil {
		t.Errorf("a Qt is told of rules: %v", err)
	}
	if err := old.Play(fakeIn("hello=ok qt 5.9.3 $PID\nrules 5.6.0=unsupported"), start); !errors.As(err, &unsupported) {
		t.Errorf("error %v, want that a Qt of other rules cannot be there", err)
	}
	if err := Usual.Play(fakeIn("rules 5.6.0=die"), start); err != nil {
		t.Errorf("told of rules in the usual world: %v", err)
	}
}

func TestKeyFilesOfAWorld(t *testing.T) {
	for _, test := range []struct {
		world                World
		native, object, lock string
	}{
		{Usual, "/t/qipc_sharedmemory_x", "qipc_sharedmemory_x", "qipc_systemsem_x"},
		{World{Family: "systemv", Form: "legacy", Qt: "6.6.0"}, "/t/qipc_sharedmemory_x", "qipc_sharedmemory_x", "qipc_sharedmemory_x"},
		{World{Family: "systemv", Form: "safe"}, "/t/x", "x", "x"},
		{World{Family: "posix", Form: "legacy"}, "/qipc_sharedmemory_x", "qipc_sharedmemory_x", "sem.qipc_systemsem_x"},
		{World{Family: "posix", Form: "legacy", Qt: "6.6.0"}, "/qipc_sharedmemory_x", "qipc_sharedmemory_x", "sem.qipc_sharedmemory_x"},
		{posixSafe, "/x", "x", "sem.x"},
		{usualWindows, "qipc_sharedmemory_x", "qipc_sharedmemory_x", "qipc_systemsem_x"},
		{World{Family: "windows", Form: "legacy", Qt: "6.6.0"}, "qipc_sharedmemory_x", "qipc_sharedmemory_x", "qipc_sharedmemory_x_sem"},
		{World{Family: "windows", Form: "safe"}, "shm_x", "shm_x", "shm_x_sem"},
	} {
		script := "rules 6.6.0=ok\nkeys legacy posix=ok\nkeys safe posix=ok\nkeys safe systemv=ok\nkeys safe windows=ok\nnames=ok\nkey x=ok " + Quote(test.native)
		if err := test.world.Play(fakeIn(script), func(c *Cell) {
			if object, lock := c.Start(c.ourKind()).keyFiles("x"); object != test.object || lock != test.lock {
				t.Errorf("%+v: %s and %s, want %s and %s", test.world, object, lock, test.object, test.lock)
			}
		}); err != nil {
			t.Error(err)
		}
	}
}

// TestLeftInAWorld leaves a file where the cell is not to have any.
func TestLeftInAWorld(t *testing.T) {
	script := "keys safe posix=ok\nkeys safe systemv=ok\nremove x=err Busy why"
	for name, test := range map[string]struct {
		world World
		dir   func(c *Cell) string
		file  string
		want  string
	}{
		"TMPDIR":             {Usual, func(c *Cell) string { return c.dir }, "qipc_x", `the files are ["qipc_x"], want []`},
		"XDG_RUNTIME_DIR":    {Usual, func(c *Cell) string { return c.runtimeDir }, "x", `the files are ["x"], want []`},
		"one file":           {World{Family: "systemv", Form: "safe"}, func(c *Cell) string { return c.runtimeDir }, "x", `want []`},
		"a POSIX semaphore":  {posixSafe, func(*Cell) string { return shmDir }, "sem.x", "a semaphore is left: sem.x"},
		"a POSIX segment":    {posixSafe, func(*Cell) string { return shmDir }, "y", `the files are ["y"], want []`},
		"that one cannot be": {posixSafe, func(c *Cell) string { c.names = []string{"x"}; return shmDir }, "x", "cannot remove x: Busy why"},
	} {
		t.Run(name, func(t *testing.T) {
			err := test.world.Play(fakeIn(script), func(c *Cell) {
				c.Start("go")
				path := filepath.Join(test.dir(c), test.file)
				if err := os.WriteFile(path, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = os.Remove(path) })
			})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

// TestReadSemaphore reads what C programs with glibc 2.36 have written, on x86-64 and i386.
func TestReadSemaphore(t *testing.T) {
	for _, test := range []struct {
		file   string
		ghosts int
		want   probed
	}{
		{"05000000 00000000 80000000 00000000 00000000 00000000 00000000 00000000", 0, probed{5, 0}},
		{"00000000 02000000 80000000 00000000 00000000 00000000 00000000 00000000", 0, probed{0, 2}},
		{"00000000 02000000 80000000 00000000 00000000 00000000 00000000 00000000", 1, probed{0, 1}},
		{"0a000000 80000000 00000000 00000000", 0, probed{5, 0}},
		{"01000000 80000000 00000000 02000000", 0, probed{0, 2}},
	} {
		data, err := hex.DecodeString(strings.ReplaceAll(test.file, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "sem.x")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c := &Cell{ghosts: test.ghosts}
		if got := c.readSemaphore(file); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.file, got, test.want)
		}
		if err := os.Truncate(file, 8); err != nil {
			t.Fatal(err)
		}
		if err := attempt(func() { c.readSemaphore(file) }); err == nil || !strings.Contains(err.Error(), "has 8 bytes") {
			t.Errorf("error %v", err)
		}
	}
}

func TestBurst(t *testing.T) {
	questions := [][]string{{"key", "a"}, {"key", "b"}, {"key", "a"}}
	for script, want := range map[string]string{
		"key a=ok 1\nkey b=err NotFound no":    "1 NotFound 1",
		"key a=ok 1\nkey b=die":                "fake#1 ended instead of answering key b",
		"key a=ok 1\nkey b=yes":                `"yes" is no answer`,
		"key a=ok 1\nkey b=ok 2|ok 3\nexit=ok": "1 2 3",
	} {
		var got []string
		if err := playFake(script, func(p *Peer) {
			for _, answer := range p.burst(questions) {
				got = append(got, answer.Code+strings.Join(answer.Words, ""))
			}
			got = []string{strings.Join(got, " ")}
			p.Kill() // one of them has said too much
		}); err != nil {
			got = []string{err.Error()}
		}
		if !strings.HasPrefix(got[0], want) && !strings.Contains(got[0], want) {
			t.Errorf("%q: %q, want %q", script, got, want)
		}
	}
}
