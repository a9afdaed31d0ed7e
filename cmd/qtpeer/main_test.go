package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

// TestMain makes the test binary the program itself when it is started under the name qtpeer.
func TestMain(m *testing.M) {
	if strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe") == "qtpeer" {
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

// tempDir is t.TempDir, which fails at its end in Wine 8: that lacks what os.RemoveAll asks of Windows.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "qtpeer-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		var all []string
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			all = append(all, path)
			return err
		})
		for _, path := range slices.Backward(all) {
			err = errors.Join(err, os.Remove(path))
		}
		if err != nil {
			t.Error(err)
		}
	})
	return dir
}

// letters returns a random name of letters only, so that no other program has an object of that name.
func letters() string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r - '0' + 'a'
		}
		return r
	}, rand.Text())
}

func exitStatus(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return 0
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
