package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

// TestMain makes the test binary the program itself when it is started under the name qtpeer.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "qtpeer" {
		main()
	}
	os.Exit(ipctest.Run(m))
}

// qtpeer is the program, not started yet.
func qtpeer(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, args...)
	cmd.Args[0] = "qtpeer"
	return cmd
}

func readString(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return string(b)
}

// Every command can be learned from its help, whose lines fit a terminal.
func TestEveryCommandIsExplained(t *testing.T) {
	var check func(cmd *cobra.Command)
	check = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			check(sub)
		}
		if !strings.HasPrefix(cmd.Example, "  qtpeer ") && !strings.Contains(cmd.Example, "| qtpeer ") {
			t.Errorf("%s: the example %q does not show the command", cmd.CommandPath(), cmd.Example)
		}
		if strings.Contains(cmd.Use, "NAME") && !strings.Contains(cmd.Example, "posix") {
			t.Errorf("%s: the example %q has no POSIX object", cmd.CommandPath(), cmd.Example)
		}
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: short text %q", cmd.CommandPath(), cmd.Short)
		}
		for line := range strings.Lines(cmd.Example + "\n" + cmd.Long + "\n" + cmd.UsageString()) {
			if len(line) > 122 {
				t.Errorf("%s: a help line of %d characters: %s", cmd.CommandPath(), len(line), line)
			}
		}
	}
	check(newRoot(new(options)))
}
