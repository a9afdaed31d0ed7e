//go:build !linux

package ipctest

import (
	"os/exec"
	"testing"
)

// Run runs the tests of m and returns the exit status of the test binary.
func Run(m *testing.M) int { return m.Run() }

// Isolate changes nothing here.
func Isolate(*exec.Cmd) {}

// Furnish has nothing to do here.
func Furnish(...string) error { return nil }

// Leftovers has nothing to look at here.
func Leftovers(string) ([]string, error) { return nil, nil }
