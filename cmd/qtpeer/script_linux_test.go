package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// scriptName returns a random name for which no two rules give the same project id for ftok, to a segment or its lock.
func scriptName(tempDir string) string {
	type id struct {
		kind ipckey.Kind
		id   uint8
	}
	for {
		name := letters()
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

// link gives this program another name.
func link(name string) error {
	program, err := os.Executable()
	return errors.Join(err, os.Symlink(program, name))
}

func isWine() bool { return false }

// leftBehind lists the key files in a TMPDIR and the POSIX objects of a name.
func leftBehind(tempDir, name string) (left []string) {
	for _, pattern := range []string{tempDir + "/*", "/dev/shm/*" + name + "*"} {
		files, _ := filepath.Glob(pattern)
		left = append(left, files...)
	}
	return left
}

// prepareSignals is to be called before a program is started to which sendSignal is to send one.
func prepareSignals(*exec.Cmd) {}

func sendSignal(process *os.Process, name string) error {
	signals := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP, "KILL": os.Kill}
	return process.Signal(signals[name])
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
