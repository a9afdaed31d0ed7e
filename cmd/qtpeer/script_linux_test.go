package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// TestScripts runs testdata/script/*.txtar, each with a TMPDIR that must be empty when it ends. Beyond testscript's own
// commands they have:
//
//	status N COMMAND...  COMMAND ends with exit status N
//	launch ID ARG...     starts qtpeer in the background
//	says ID PATTERN      waits for the next line of its standard output, which matches; a match of (...) goes into $ID
//	signal ID NAME       sends it SIGNAME
//	ended ID [N]         waits for its end with exit status N or 0, and provides its standard error and other output
//	waiting N NAME       waits until N processes wait for the lock of the segment NAME
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setUpScript,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": cmdStatus, "launch": cmdLaunch, "says": cmdSays, "signal": cmdSignal, "ended": cmdEnded,
			"waiting": cmdWaiting,
		},
	})
}

func setUpScript(env *testscript.Env) error {
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	bin := filepath.Join(env.WorkDir, ".bin")
	env.Setenv("PATH", bin+":"+env.Getenv("PATH"))
	launched := map[string]*background{}
	env.Values[launchedKey{}] = launched
	env.Defer(func() {
		for _, p := range launched {
			p.kill()
		}
		if left, _ := filepath.Glob(env.Getenv("TMPDIR") + "/*"); len(left) > 0 {
			env.T().Log("left behind: ", left)
			env.T().FailNow()
		}
	})
	return errors.Join(os.Mkdir(bin, 0o700), os.Symlink(binary, filepath.Join(bin, "qtpeer")))
}

// background is qtpeer in the background.
type background struct {
	cmd    *exec.Cmd
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

func exitStatus(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return 0
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
	binary, err := os.Executable()
	ts.Check(err)
	stderr, err := os.Create(ts.MkAbs("." + args[0] + ".stderr"))
	ts.Check(err)
	defer stderr.Close()
	cmd := exec.Command(binary, args[1:]...)
	cmd.Args[0] = "qtpeer"
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "TMPDIR", "WORK"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	cmd.Stderr = stderr
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Value(launchedKey{}).(map[string]*background)[args[0]] = &background{cmd, bufio.NewReader(out), stderr.Name()}
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
	signals := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "KILL": os.Kill}
	ts.Check(launchedAs(ts, args[0]).cmd.Process.Signal(signals[args[1]]))
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

func cmdWaiting(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	key, err := ipckey.Legacy(ipckey.Env{GOOS: "linux", TempDir: ts.Getenv("TMPDIR")}, ipckey.Semaphore, args[1], ipckey.SystemV)
	ts.Check(err)
	for {
		info, err := bridge.InspectSemaphore(key)
		ts.Check(err)
		if info.Waiting == want {
			return
		}
		runtime.Gosched()
	}
}
