package capi

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// limit is how long a program may take.
const limit = time.Minute

// built is a directory of build: what "make capi" has built.
func built(t *testing.T, dir string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("../../build", dir))
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		t.Fatalf("%v: run make capi first", err)
	}
	return path
}

// run runs a program of build/bin, or one with a path, and returns what it prints; it must succeed in time. It has a
// TMPDIR of its own, which must be empty when it ends.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := try(t, program, args...)
	if err != nil {
		t.Fatalf("%s %q: %v\n%s", filepath.Base(program), args, err, out)
	}
	return out
}

// try is run for a program that may fail. Then what it leaves behind is removed, lest the next one meets it: with ftok(3)
// a new file may have the key of one that is gone.
func try(t *testing.T, program string, args ...string) (string, error) {
	t.Helper()
	if !filepath.IsAbs(program) {
		program = filepath.Join(built(t, "bin"), program)
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGABRT) } // Go prints where it is
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if err != nil {
		removeAll(t)
	} else if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%s %q left behind: %v", filepath.Base(program), args, left)
	}
	return out.String(), err
}

// removeAll empties the IPC namespace and the /dev/shm that ipctest has made.
func removeAll(t *testing.T) {
	t.Helper()
	if out, err := exec.Command("ipcrm", "--all").CombinedOutput(); err != nil {
		t.Errorf("ipcrm: %v: %s", err, out)
	}
	files, err := filepath.Glob("/dev/shm/*")
	for _, file := range files {
		err = errors.Join(err, os.Remove(file))
	}
	if err != nil {
		t.Error(err)
	}
}
