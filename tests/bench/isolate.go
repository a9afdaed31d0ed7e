package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"
)

// inside marks the process that measures: it says how the names of its segments begin.
const inside = "SHMBRIDGE_BENCH"

func isolated() bool { return namePrefix() != "" }

func namePrefix() string { return os.Getenv(inside) }

// newNamePrefix is random, and letters only, so that every native key has it.
func newNamePrefix() string {
	return "Bench" + strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, rand.Text())
}

// isolate runs this program again with args, in a TMPDIR and where possible an IPC namespace of its own. It fails if
// files or POSIX objects are left, and removes them.
func isolate(args []string) error {
	dir, err := tempDir()
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	prefix := newNamePrefix()
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it ends its workers before itself
	cmd.Env = append(os.Environ(), inside+"="+prefix, "TMPDIR="+dir)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = namespace()
	return errors.Join(cmd.Run(), removeLeft(dir+"/*", shmDir+"/*"+prefix+"*"))
}

// removeLeft removes what matches and says so.
func removeLeft(patterns ...string) error {
	var left []string
	for _, pattern := range patterns {
		files, _ := filepath.Glob(pattern)
		left = append(left, files...)
	}
	if len(left) == 0 {
		return nil
	}
	err := fmt.Errorf("left behind, and removed now: %q", left)
	for _, file := range left {
		err = errors.Join(err, os.RemoveAll(file))
	}
	return err
}

// shmDir is where POSIX objects are, and a file system in memory.
const shmDir = "/dev/shm"

// tempDir makes a directory, in memory where there is such a file system: ext4 looks for an inode that was not freed in
// the last five seconds when it makes a file, and after thousands of iterations that is most of what create takes.
func tempDir() (string, error) {
	const pattern = "shmbridge-bench-"
	if dir, err := os.MkdirTemp(shmDir, pattern); err == nil {
		return dir, nil
	}
	return os.MkdirTemp("", pattern)
}
