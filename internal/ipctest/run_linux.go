package ipctest

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// inside marks the process that runs the tests.
const inside = "SHMBRIDGE_IPCTEST"

// Run runs the tests of m and returns the exit status of the test binary.
func Run(m *testing.M) int { return run(m, os.Getenv("TMPDIR")) }

// RunOnDisk is Run with a TMPDIR whose files have the inode numbers of removed ones, as on most machines, and which processes
// outside see as well.
func RunOnDisk(m *testing.M) int { return run(m) }

// run mounts a file system of their own on dirs.
func run(m *testing.M, dirs ...string) int {
	if os.Getenv(inside) == "" {
		return outer()
	}
	if err := Furnish(dirs...); err != nil {
		fmt.Fprintln(os.Stderr, "FAIL:", err)
		return 1
	}
	status := m.Run()
	left, err := Leftovers(os.Getenv("TMPDIR"))
	if err != nil {
		left = append(left, err.Error())
	}
	for _, what := range left {
		fmt.Fprintln(os.Stderr, "FAIL: the tests left behind:", what)
		status = 1
	}
	return status
}

// outer runs this test binary again, isolated, and cleans up after it.
func outer() int {
	dir, err := os.MkdirTemp("", "shmbridge-test-")
	if err == nil {
		defer os.RemoveAll(dir)
		err = os.Chmod(dir, 0o755) // tests that act as another user look inside
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "FAIL:", err)
		return 1
	}
	cmd := exec.Command(os.Args[0], os.Args[1:]...)
	cmd.Env = append(os.Environ(), inside+"=1", "TMPDIR="+dir)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	Isolate(cmd)
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "FAIL: tests in namespaces of their own:", err)
		return 1
	}
	return 0
}
