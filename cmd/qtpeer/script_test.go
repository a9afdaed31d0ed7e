//go:build linux || windows

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// TestScripts runs testdata/script/*.txtar and those for this system, each with a TMPDIR that must be empty when it ends. $NAME
// is a name of letters for POSIX and Windows objects, which all scripts share otherwise; $SHA is its SHA-1. Beyond testscript's
// own commands they have:
//
//	status N COMMAND...     COMMAND ends with exit status N
//	launch ID ARG...        starts qtpeer in the background
//	tell ID WORD...         writes a line to its standard input
//	says ID PATTERN         waits for the next line of its standard output, which matches; a match of (...) goes into $ID
//	signal ID NAME          sends it SIGNAME
//	ended ID [N]            waits for its end with exit status N or 0, and provides its standard error and other output
//	waiting N NAME [TYPE]   waits until N processes wait for the lock of the segment NAME; not on Windows, which does not tell
//	attached N NAME         waits until N are attached to the segment NAME; on Windows one that looks for it counts for a moment
//	qt VERSION VARIABLE     provides the path of a real Qt library, downloaded once
func TestScripts(t *testing.T) {
	runScripts(t, "testdata/script", "testdata/script/"+runtime.GOOS)
}

// runScripts runs the scripts in directories, all at once.
func runScripts(t *testing.T, dirs ...string) {
	var files []string
	for _, dir := range dirs {
		found, err := filepath.Glob(dir + "/*.txtar")
		if err != nil || len(found) == 0 {
			t.Fatalf("no scripts in %s: %v", dir, err)
		}
		files = append(files, found...)
	}
	bin := tempDir(t)
	if err := link(filepath.Join(bin, "qtpeer")); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files:               files,
		WorkdirRoot:         tempDir(t),
		RequireExplicitExec: true,
		Condition:           condition,
		RequireUniqueNames:  true,
		Setup:               func(env *testscript.Env) error { return setUpScript(env, bin) },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": cmdStatus, "launch": cmdLaunch, "tell": cmdTell, "says": cmdSays, "signal": cmdSignal, "ended": cmdEnded,
			"waiting": cmdWaiting, "attached": cmdAttached, "qt": cmdQt,
		},
	})
}

// condition knows "wine".
func condition(name string) (bool, error) {
	if name != "wine" {
		return false, fmt.Errorf("no condition %s", name)
	}
	return isWine(), nil
}

// setUpScript makes the program in bin known to a script.
func setUpScript(env *testscript.Env, bin string) error {
	env.Setenv("BIN", bin)
	env.Setenv("PATH", bin+string(os.PathListSeparator)+env.Getenv("PATH"))
	name := scriptName(env.Getenv("TMPDIR"))
	env.Setenv("NAME", name)
	env.Setenv("SHA", sha(name))
	launched := map[string]*background{}
	env.Values[launchedKey{}] = launched
	env.Defer(func() {
		for _, p := range launched {
			p.kill()
		}
		if left := leftBehind(env.Getenv("TMPDIR"), name); len(left) > 0 {
			env.T().Log("left behind: ", left)
			env.T().FailNow()
		}
	})
	return nil
}

// background is qtpeer in the background.
type background struct {
	cmd    *exec.Cmd
	in     io.Writer
	out    *bufio.Reader
	stderr string // name of a file
}

func (p *background) kill() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	}
}

type launchedKey struct{}

func launchedAs(ts *testscript.TestScript, id string) *background {
	p := ts.Value(launchedKey{}).(map[string]*background)[id]
	if p == nil {
		ts.Fatalf("nothing was launched as %s", id)
	}
	return p
}

func cmdStatus(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	if got := exitStatus(err); got != want {
		ts.Fatalf("exit status %d, want %d (%v)", got, want, err)
	}
}

func cmdLaunch(ts *testscript.TestScript, _ bool, args []string) {
	stderr, err := os.Create(ts.MkAbs("." + args[0] + ".stderr"))
	ts.Check(err)
	defer stderr.Close()
	cmd := exec.Command(filepath.Join(ts.Getenv("BIN"), "qtpeer"), args[1:]...)
	prepareSignals(cmd)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "TMPDIR", "WORK", "XDG_RUNTIME_DIR"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	cmd.Stderr = stderr
	in, err := cmd.StdinPipe()
	ts.Check(err)
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Value(launchedKey{}).(map[string]*background)[args[0]] = &background{cmd, in, bufio.NewReader(out), stderr.Name()}
}

func cmdTell(ts *testscript.TestScript, _ bool, args []string) {
	_, err := fmt.Fprintln(launchedAs(ts, args[0]).in, strings.Join(args[1:], " "))
	ts.Check(err)
}

func cmdSays(ts *testscript.TestScript, _ bool, args []string) {
	line, err := launchedAs(ts, args[0]).out.ReadString('\n')
	if err != nil {
		ts.Fatalf("%s says %q and then nothing: %v\n%s", args[0], line, err, ts.ReadFile(launchedAs(ts, args[0]).stderr))
	}
	match := regexp.MustCompile(args[1]).FindStringSubmatch(strings.TrimSuffix(line, "\n"))
	if match == nil {
		ts.Fatalf("%s says %q, want %s", args[0], line, args[1])
	}
	ts.Setenv(args[0], match[len(match)-1])
}

func cmdSignal(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(sendSignal(launchedAs(ts, args[0]).cmd.Process, args[1]))
}

func cmdEnded(ts *testscript.TestScript, _ bool, args []string) {
	p, want := launchedAs(ts, args[0]), 0
	if len(args) > 1 {
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		want = n
	}
	rest, err := io.ReadAll(p.out)
	ts.Check(err)
	err = p.cmd.Wait()
	_, _ = ts.Stdout().Write(rest)
	_, _ = io.WriteString(ts.Stderr(), ts.ReadFile(p.stderr))
	if got := exitStatus(err); got != want {
		ts.Fatalf("exit status %d, want %d (%v): %s", got, want, err, ts.ReadFile(p.stderr))
	}
}

func cmdAttached(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	key, err := ipckey.Legacy(ipckey.Env{GOOS: runtime.GOOS, TempDir: ts.Getenv("TMPDIR")}, ipckey.Segment, args[1],
		ipckey.LegacyDefaultType(runtime.GOOS))
	ts.Check(err)
	for {
		info, err := bridge.Inspect(key)
		ts.Check(err)
		if info.Attached == want {
			return
		}
		runtime.Gosched()
	}
}

func cmdQt(ts *testscript.TestScript, _ bool, args []string) {
	cmd := exec.Command("go", "run", "./tests/qt/builds", args[0])
	cmd.Dir = "../.."
	library, err := cmd.Output()
	ts.Check(err)
	ts.Setenv(args[1], strings.TrimSpace(string(library)))
}
