package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

// asConformance makes this test binary the program.
const asConformance = "SHMBRIDGE_CONFORMANCE_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asConformance) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(ipctest.Run(m))
}

// bin returns the path of a program that "make build" makes.
func bin(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs("../../../build/bin/" + name)
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		t.Fatalf("%v: run make build", err)
	}
	return path
}

// put puts a peer through rules and returns what is said of each, by title, and the summary. Each run is a process of its own:
// what one closes no other holds open.
func put(t *testing.T, args ...string) (said map[string]string, summary string, passed bool) {
	t.Helper()
	cmd := program(t, args...)
	var errors strings.Builder
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if errors.Len() > 0 {
		t.Fatalf("%v: %s", err, &errors)
	}
	said = map[string]string{}
	for line := range strings.Lines(string(out)) {
		summary = strings.TrimSpace(line)
		for _, kind := range []string{"ok ", "not supported ", "FAIL "} {
			if rest, is := strings.CutPrefix(summary, kind); is {
				title, reason, _ := strings.Cut(rest, ": ")
				said[title] = strings.TrimSpace(kind + reason)
			}
		}
	}
	return said, summary, err == nil
}

// all is the number of rules.
func all(t *testing.T) int {
	rules, err := choose("")
	if err != nil {
		t.Fatal(err)
	}
	return len(rules)
}

// ownWay is the Qt that no rule about two tries to create or attach holds for: it has one key file for a segment and its lock, and
// removes it on such a try. Whether that is seen depends on the inode numbers of the file system. The matrix meets it.
const ownWay = "6.6.0"

// TestPeers puts the peers that "make build" makes, and the Qt libraries that INTEROP_QT names, through all rules. What they do
// not support is what PROTOCOL.md's authors know that they do not.
func TestPeers(t *testing.T) {
	qtpeer := bin(t, "qtpeer")
	kinds := map[string]struct {
		command []string
		lacks   int // the most rules that it may not support
	}{
		"go":     {[]string{qtpeer, "peer"}, 0},
		"go-386": {[]string{bin(t, "qtpeer-386"), "peer"}, 0},
		"c":      {[]string{bin(t, "capipeer")}, 3},
		"c++":    {[]string{bin(t, "cpppeer")}, 11},
		"qt5":    {[]string{bin(t, "qtpeer-qt5")}, 15},
		"qt6":    {[]string{bin(t, "qtpeer-qt6")}, 15},
	}
	for _, library := range strings.Fields(os.Getenv("INTEROP_QT")) {
		version := filepath.Base(filepath.Dir(library))
		if version == ownWay {
			continue
		}
		k := kinds["qt5"]
		k.command, k.lacks = []string{qtpeer, "peer", "--qt", library}, k.lacks+1 // without QtGui no QImage
		kinds["Qt-"+version] = k
	}
	for name, k := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			said, summary, passed := put(t, append([]string{"--"}, k.command...)...)
			var lacks []string
			for title, verdict := range said {
				switch {
				case strings.HasPrefix(verdict, "FAIL"):
					t.Errorf("%s: %s", title, verdict)
				case verdict != "ok":
					lacks = append(lacks, title)
				}
			}
			if !passed || len(said) != all(t) || !strings.HasSuffix(summary, ", 0 failed") {
				t.Errorf("passed: %v, %d rules, %s", passed, len(said), summary)
			}
			if len(lacks) > k.lacks {
				t.Errorf("not supported: %q", lacks)
			}
		})
	}
}

// program runs this test binary as the program. It ends with the tests, however they do.
func program(t *testing.T, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.Env = append(os.Environ(), asConformance+"=1", "TMPDIR="+t.TempDir())
	return cmd
}

func TestCommandLine(t *testing.T) {
	peer := []string{"--", bin(t, "qtpeer"), "peer"}
	for name, test := range map[string]struct {
		args   []string
		status int
		want   string
	}{
		"one rule":     {append([]string{"-rule", "^add$"}, peer...), 0, "ok add\n1 rules: 1 ok, 0 not supported, 0 failed\n"},
		"not a peer":   {[]string{"-rule", "^add$", "--", "true"}, 1, "FAIL add: sent \"segment a demo\", got the end of the output (exit status 0)"},
		"no program":   {nil, 1, "conformance: no PROGRAM"},
		"gone":         {[]string{"--", "/no/such/peer"}, 1, "conformance: exec: \"/no/such/peer\": stat /no/such/peer: no such file or directory\n"},
		"help":         {[]string{"-help"}, 0, "usage: conformance "},
		"no rule":      {append([]string{"-rule", "nonsense"}, peer...), 1, "conformance: -rule nonsense: no rule is called so"},
		"no regexp":    {append([]string{"-rule", "("}, peer...), 1, "conformance: -rule: error parsing regexp"},
		"unknown flag": {append([]string{"-x"}, peer...), 1, "flag provided but not defined: -x"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := program(t, test.args...)
			out, _ := cmd.CombinedOutput()
			if cmd.ProcessState.ExitCode() != test.status || !strings.Contains(string(out), test.want) {
				t.Errorf("%v\n%s\nwant status %d and %q", cmd.ProcessState, out, test.status, test.want)
			}
		})
	}
}

// TestInterrupted: the program ends at once, and leaves neither the peer nor a file.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	pidFile := filepath.Join(dir, "pid")
	cmd := program(t, "-rule", "^add$", "--", "sh", "-c", "echo $$ >"+pidFile+".new; mv "+pidFile+".new "+pidFile+"; exec sleep 1000")
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var pid []byte
	for end := time.Now().Add(10 * time.Second); len(pid) == 0 && time.Now().Before(end); {
		pid, _ = os.ReadFile(pidFile)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(out.String(), "conformance: interrupted at the rule: add") {
		t.Errorf("%v\n%s", cmd.ProcessState, &out)
	}
	if _, err := os.Stat("/proc/" + strings.TrimSpace(string(pid))); err == nil || len(pid) == 0 {
		t.Errorf("the peer, process %s, is left: %v", pid, err)
	}
	for _, variable := range cmd.Env {
		if dir, is := strings.CutPrefix(variable, "TMPDIR="); is && dir != os.Getenv("TMPDIR") {
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left: %v, %v", left, err)
			}
		}
	}
}

// TestWithoutNamespaces: where the system gives none, the rules are played all the same.
func TestWithoutNamespaces(t *testing.T) {
	cmd := program(t, "-rule", "^(create|lock and)", "--", bin(t, "qtpeer"), "peer")
	cmd.Args = append([]string{"setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", cmd.Path}, cmd.Args[1:]...)
	cmd.Path, cmd.Err = exec.LookPath("setpriv")
	out, err := cmd.CombinedOutput()
	if want := "conformance: no IPC namespaces here: "; err != nil || !strings.HasPrefix(string(out), want) ||
		!strings.HasSuffix(string(out), "\n3 rules: 3 ok, 0 not supported, 0 failed\n") {
		t.Errorf("%v\n%swant %s", err, out, want)
	}
}
