//go:build linux && amd64

// Tests of the Wine that get.sh puts into .cache/wine, with a program built for Windows.
package wine

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var (
	wine       = absolute("../../../.cache/wine/wine")
	wineserver = absolute("../../../.cache/wine/wineserver")
	program    string // for Windows
)

func absolute(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		panic(err)
	}
	return path
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "wine-test-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "ein schönes", "program.exe")
	build := exec.Command("go", "build", "-o", program, "./testdata/program")
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		panic(fmt.Sprintf("%v: %s", err, out))
	}
	m.Run()
}

// newPrefix returns a prefix that is ended and removed with the test. Nothing is there yet.
func newPrefix(t *testing.T) string {
	t.Helper()
	prefix := filepath.Join(t.TempDir(), "neues präfix")
	t.Cleanup(func() { _ = serverOf(prefix, "-k").Run() }) // fails when there is none
	return prefix
}

func inPrefix(prefix, program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "WINEPREFIX="+prefix)
	return cmd
}

func serverOf(prefix string, args ...string) *exec.Cmd { return inPrefix(prefix, wineserver, args...) }

// processesOf counts the processes of a prefix.
func processesOf(t *testing.T, prefix string) (n int) {
	t.Helper()
	environments, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range environments {
		environment, _ := os.ReadFile(file) // that of a process that has ended cannot be read
		if bytes.Contains(environment, []byte("WINEPREFIX="+prefix+"\x00")) {
			n++
		}
	}
	return n
}

func TestProgramGetsEverything(t *testing.T) {
	prefix, tmp := newPrefix(t), filepath.Join(t.TempDir(), "tmp ü")
	args := []string{"a b", "", `q"x`, `b\`, `b\"`, `\\x\`, "ünï", "*", "%PATH%", "new\nline", `a\\"b c\\`, "-x", "/x", "$HOME"}
	for _, status := range []int{0, 1, 53, 255} {
		var stdout, stderr bytes.Buffer
		cmd := inPrefix(prefix, wine, append([]string{program, "say", fmt.Sprint(status)}, args...)...)
		cmd.Env = append(cmd.Env, "TMPDIR="+tmp)
		cmd.Dir = filepath.Dir(program)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader("one\r\ntwo\nü"), &stdout, &stderr
		err := cmd.Run()
		windows := func(path string) string { return "Z:" + strings.ReplaceAll(path, "/", `\`) }
		want := fmt.Sprintf("%q %q <nil>\n%s <nil>\n%s\n", args, "one\r\ntwo\nü", windows(cmd.Dir), windows(tmp))
		if got := cmd.ProcessState.ExitCode(); got != status || stdout.String() != want || stderr.String() != "an error\n" {
			t.Errorf("exit status %d (%v), want %d\nprinted %s\nwant    %s\nand %q", got, err, status, &stdout, want, &stderr)
		}
	}
}

func TestPathsOfPrograms(t *testing.T) {
	prefix := newPrefix(t)
	dir := filepath.Dir(program)
	for _, test := range []struct {
		path   string
		status int
		says   string
	}{
		{program, 0, "an error"},
		{"program.exe", 0, "an error"},
		{"./program.exe", 0, "an error"},
		{"../ein schönes/program.exe", 0, "an error"},
		{"Z:" + program, 0, "an error"},
		{`Z:` + strings.ReplaceAll(program, "/", `\`), 0, "an error"},
		{"none.exe", 127, "there is no program 'none.exe'"},
		{dir, 127, "there is no program '" + dir + "'"},
		{`Z:\none.exe`, 53, "failed to open"},
		{wine, 53, "failed to load start.exe"},
	} {
		cmd := inPrefix(prefix, wine, test.path, "say", "0")
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != test.status || !strings.Contains(string(out), test.says) {
			t.Errorf("%s: %v, printed %q; want exit status %d and %q", test.path, err, out, test.status, test.says)
		}
	}
	cmd := inPrefix(prefix, wine)
	if out, _ := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != 127 {
		t.Errorf("without a program: %v: %s", cmd.ProcessState, out)
	}
}

// The program that starts the wineserver and wineboot, too, lets go of its streams when it ends, and not when those do.
func TestNothingHoldsTheStreams(t *testing.T) {
	prefix := newPrefix(t)
	out, err := inPrefix(prefix, wine, program, "say", "0").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if n := processesOf(t, prefix); n < 2 {
		t.Errorf("%d processes of the prefix are left when the program's output ends, want the wineserver and wineboot", n)
	}
}

func TestNothingStays(t *testing.T) {
	prefix, tmp := newPrefix(t), t.TempDir()
	cmd := inPrefix(prefix, wine, program, "say", "0")
	cmd.Env = append(cmd.Env, "TMPDIR="+tmp)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if out, err := serverOf(prefix, "-w").CombinedOutput(); err != nil {
		t.Fatalf("wineserver -w: %v: %s", err, out)
	}
	if n := processesOf(t, prefix); n > 0 {
		t.Errorf("%d processes are left after the wineserver", n)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left in TMPDIR: %v, %v", left, err)
	}
}

func TestFirstProgramsAtOnce(t *testing.T) {
	prefix := newPrefix(t)
	errs := make(chan error)
	for range 6 {
		go func() {
			out, err := inPrefix(prefix, wine, program, "say", "0").CombinedOutput()
			if err != nil {
				err = fmt.Errorf("%w: %s", err, out)
			}
			errs <- err
		}()
	}
	for range 6 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestPrefixesAreWorlds(t *testing.T) {
	one, other := newPrefix(t), newPrefix(t)
	for _, test := range []struct{ prefix, want string }{{one, "created\n"}, {other, "created\n"}, {one, "found\n"}} {
		cmd := inPrefix(test.prefix, wine, program, "mutex", "shmbridge-wine-test")
		stdin, stdout := pipes(t, cmd)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			stdin.Close()
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
		})
		if got, err := stdout.ReadString('\n'); got != test.want {
			t.Errorf("in %s: the mutex is %q, %v, want %q", test.prefix, got, err, test.want)
		}
	}
}

func pipes(t *testing.T, cmd *exec.Cmd) (io.WriteCloser, *bufio.Reader) {
	t.Helper()
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	return stdin, bufio.NewReader(stdout)
}
