//go:build linux

package proc

import (
	"os"
	"os/exec"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// lasting starts a process that lasts until the test ends.
func lasting(t *testing.T, attr *syscall.SysProcAttr, env ...string) int {
	t.Helper()
	cmd := exec.Command("cat")
	cmd.SysProcAttr, cmd.Env = attr, append(os.Environ(), env...)
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	return cmd.Process.Pid
}

func TestStartedAfter(t *testing.T) {
	before := time.Now().Add(-time.Minute).Unix()
	pid := lasting(t, nil)
	for _, c := range []struct {
		pid  int
		at   int64
		want bool
	}{
		{pid, before, true},
		{pid, time.Now().Unix(), false},
		{pid, time.Now().Add(time.Minute).Unix(), false},
		{1, time.Now().Unix(), false},
		{1 << 30, before, false}, // nobody
	} {
		if got := StartedAfter(c.pid, c.at); got != c.want {
			t.Errorf("process %d, %d: %v, want %v", c.pid, c.at, got, c.want)
		}
	}
}

func TestVariables(t *testing.T) {
	value := t.TempDir()
	if values := Variables("SHMBRIDGE_TEST_VARIABLE"); slices.Contains(values, value) {
		t.Errorf("%q", values)
	}
	lasting(t, nil, "SHMBRIDGE_TEST_VARIABLE="+value)
	lasting(t, nil, "SHMBRIDGE_TEST_VARIABLE="+value, "SHMBRIDGE_TEST_VARIABLE_2=no")
	if values := Variables("SHMBRIDGE_TEST_VARIABLE", "SHMBRIDGE_TEST_EMPTY"); len(values) != 1 || values[0] != value {
		t.Errorf("%q, want %q", values, value)
	}
}

func TestElsewhere(t *testing.T) {
	path := t.TempDir() + "/file"
	attr := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWIPC}
	if os.Geteuid() != 0 {
		attr.Cloneflags |= syscall.CLONE_NEWUSER
	}
	lasting(t, attr)
	if p, found := Elsewhere(path); found {
		t.Errorf("what does not exist is shared by %+v", p)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p, found := Elsewhere(path)
	theirs, err := os.Readlink("/proc/" + strconv.Itoa(p.PID) + "/ns/ipc")
	ours, err2 := os.Readlink("/proc/self/ns/ipc")
	if !found || err != nil || err2 != nil || theirs == ours {
		t.Errorf("%+v, %v: %s, %v; ours is %s, %v", p, found, theirs, err, ours, err2)
	}
}
