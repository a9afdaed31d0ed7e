package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
)

// inside marks the process that measures.
const inside = "SHMBRIDGE_BENCH"

func isolated() bool { return os.Getenv(inside) != "" }

// isolate runs this program again with args, in a TMPDIR and where possible an IPC namespace of its own. It fails if
// files are left there, and removes them.
func isolate(args []string) error {
	dir, err := tempDir()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return errors.Join(err, os.Remove(dir))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Env = append(os.Environ(), inside+"=1", "TMPDIR="+dir)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = namespace()
	err = cmd.Run()
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		err = errors.Join(err, fmt.Errorf("left behind, and removed now: %q", left))
	}
	return errors.Join(err, os.RemoveAll(dir))
}

// tempDir makes a directory, in memory where there is such a file system: ext4 looks for an inode that was not freed in
// the last five seconds when it makes a file, and after thousands of iterations that is most of what create takes.
func tempDir() (string, error) {
	const pattern = "shmbridge-bench-"
	if dir, err := os.MkdirTemp("/dev/shm", pattern); err == nil {
		return dir, nil
	}
	return os.MkdirTemp("", pattern)
}
