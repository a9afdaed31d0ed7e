package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// wine runs programs for Windows. It is what tests/qt/wine/get.sh makes.
type wine struct {
	program string
	prefix  string // the directory by which its programs find each other, "" before the first
}

func (w *wine) command(ctx context.Context, args ...string) (*exec.Cmd, error) {
	if w.prefix == "" {
		if err := w.open(); err != nil {
			return nil, err
		}
	}
	cmd := exec.CommandContext(ctx, w.program, args...)
	cmd.Env = w.environ()
	return cmd, nil
}

// open makes a prefix in which nobody else's programs are.
func (w *wine) open() (err error) {
	if _, err := os.Stat(w.program); err != nil {
		return fmt.Errorf("%w: get it with: make wine", err)
	}
	w.prefix, err = os.MkdirTemp("", "wine-")
	return err
}

// environ tells Go's worker of all CPUs, though it is kept on one: with a single processor the Go runtime takes that from every
// system call that takes a while.
func (w *wine) environ() []string {
	return append(os.Environ(), "WINEPREFIX="+w.prefix, fmt.Sprint("GOMAXPROCS=", max(2, runtime.NumCPU())))
}

// close ends what still runs of Wine, and removes the prefix.
func (w *wine) close() error {
	if w.prefix == "" {
		return nil
	}
	end := exec.Command(filepath.Join(filepath.Dir(w.program), "wineserver"), "-k")
	end.Env = w.environ()
	err := end.Run()
	if ended := (*exec.ExitError)(nil); errors.As(err, &ended) { // before we asked
		err = nil
	}
	return errors.Join(err, os.RemoveAll(w.prefix))
}

// windowsPath is how a program for Windows finds a file: Wine has the root directory as a drive.
func windowsPath(path string) string { return "Z:" + path }
