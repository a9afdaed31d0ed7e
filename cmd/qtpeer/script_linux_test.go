package main

import (
	"bufio"
	"crypto/rand"
	"crypto/sha1"
	"errors"
	"fmt"
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

// TestScripts runs testdata/script/*.txtar, each with a TMPDIR that must be empty when it ends. $NAME is a name of
// letters for POSIX objects, which all scripts share otherwise; $SHA is its SHA-1. Beyond testscript's own commands they
// have:
//
//	status N COMMAND...     COMMAND ends with exit status N
//	launch ID ARG...        starts qtpeer in the background
//	tell ID WORD...         writes a line to its standard input
//	says ID PATTERN         waits for the next line of its standard output, which matches; a match of (...) goes into $ID
//	signal ID NAME          sends it SIGNAME
//	ended ID [N]            waits for its end with exit status N or 0, and provides its standard error and other output
//	waiting N NAME [TYPE]   waits until N processes wait for the lock of the segment NAME
//	qt VERSION VARIABLE     provides the path of a real Qt library, downloaded once
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		WorkdirRoot:         t.TempDir(),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setUpScript,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": cmdStatus, "launch": cmdLaunch, "tell": cmdTell, "says": cmdSays, "signal": cmdSignal, "ended": cmdEnded,
			"waiting": cmdWaiting, "qt": cmdQt,
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
	name := scriptName(env.Getenv("TMPDIR"))
	env.Setenv("NAME", name)
	env.Setenv("SHA", fmt.Sprintf("%x", sha1.Sum([]byte(name))))
	launched := map[string]*background{}
	env.Values[launchedKey{}] = launched
	env.Defer(func() {
		for _, p := range launched {
			p.kill()
		}
		for _, files := range []string{env.Getenv("TMPDIR") + "/*", "/dev/shm/*" + name + "*"} {
			if left, _ := filepath.Glob(files); len(left) > 0 {
				env.T().Log("left behind: ", left)
				env.T().FailNow()
			}
		}
	})
	return errors.Join(os.Mkdir(bin, 0o700), os.Symlink(binary, filepath.Join(bin, "qtpeer")))
}

// scriptName returns a random name for which no two rules give the same project id for ftok, to a segment or its lock.
func scriptName(tempDir string) string {
	type id struct {
		kind ipckey.Kind
		id   uint8
	}
	for {
		name := strings.Map(letter, rand.Text())
		ids := map[id]bool{}
		for _, project := range []ipckey.ProjectRule{ipckey.ProjectFixed, ipckey.ProjectCRC32C, ipckey.ProjectHash31} {
			for _, kind := range []ipckey.Kind{ipckey.Segment, ipckey.Semaphore} {
				key, _ := ipckey.Legacy(ipckey.Env{TempDir: tempDir}, kind, name, ipckey.SystemV)
				ids[id{kind, key.ProjectID(ipckey.Rules{Project: project})}] = true
			}
		}
		if len(ids) == 6 {
			return name
		}
	}
}

// letter makes a small letter of a digit.
func letter(r rune) rune {
	if '0' <= r && r <= '9' {
		return r - '0' + 'a'
	}
	return r
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
	stderr, err := os.Create(ts.MkAbs("." + args[0] + ".stderr"))
	ts.Check(err)
	defer stderr.Close()
	cmd := exec.Command(ts.MkAbs(".bin/qtpeer"), args[1:]...)
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
	o := options{family: strings.Join(args[2:], " ")}
	t, err := o.keyType()
	ts.Check(err)
	key, err := ipckey.Legacy(ipckey.Env{GOOS: "linux", TempDir: ts.Getenv("TMPDIR")}, ipckey.Semaphore, args[1], t)
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

func cmdQt(ts *testscript.TestScript, _ bool, args []string) {
	cmd := exec.Command("go", "run", "./tests/qt/builds", args[0])
	cmd.Dir = "../.."
	library, err := cmd.Output()
	ts.Check(err)
	ts.Setenv(args[1], strings.TrimSpace(string(library)))
}
