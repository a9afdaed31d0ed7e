package main

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestOnOneCPU(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	affinity := func() (cpus unix.CPUSet) {
		if err := unix.SchedGetaffinity(0, &cpus); err != nil {
			t.Fatal(err)
		}
		return cpus
	}
	before := affinity()
	var out []byte
	err := onOneCPU(func() (err error) {
		out, err = exec.Command("grep", "Cpus_allowed_list", "/proc/self/status").Output()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var cpu int
	if n, err := fmt.Sscanf(strings.TrimSpace(string(out)), "Cpus_allowed_list: %d", &cpu); n != 1 || strings.ContainsAny(string(out), ",-") || !before.IsSet(cpu) {
		t.Errorf("a process may use the CPUs %q, %v; want one", out, err)
	}
	if after := affinity(); after != before {
		t.Errorf("this thread may use the CPUs %v afterwards, want %v", after, before)
	}
	failure := errors.New("failure")
	if err := onOneCPU(func() error { return failure }); !errors.Is(err, failure) {
		t.Errorf("%v, want %v", err, failure)
	}
	if after := affinity(); after != before {
		t.Errorf("this thread may use the CPUs %v after a failure, want %v", after, before)
	}
}
