//go:build linux

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

// checkPip fails, with what to do, if pip cannot run.
func checkPip() error {
	out, err := exec.Command("python3", "-m", "pip", "--version").CombinedOutput()
	if err == nil {
		return nil
	}
	return fmt.Errorf("pip is needed to download Qt builds; install the Debian package python3-pip: python3 -m pip: %w", saying(err, out))
}

// download puts the wheel of a build into dir and returns its path. It goes through pip and so by the machine's own
// configuration of it: index, proxy, certificates. The pip holds the lock too, for as long as it lives; that it may itself
// be a program that starts another, as version managers for Python have it, is why it gets a process group of its own.
func download(ctx context.Context, b build, dir string, lock *os.File) (string, error) {
	requirement := b.pkg + "==" + b.release
	var stderr bytes.Buffer
	pip := exec.CommandContext(ctx, "python3", "-m", "pip", "download", "--quiet", "--no-input",
		"--disable-pip-version-check", "--no-cache-dir", "--no-deps", "--only-binary=:all:", "--implementation=cp",
		"--python-version="+b.python, "--platform="+b.tag, "--dest="+dir, requirement)
	pip.Env = append(os.Environ(), "TMPDIR="+dir)
	pip.Stderr = &stderr
	pip.ExtraFiles = []*os.File{lock}
	pip.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	pip.Cancel = func() error { return syscall.Kill(-pip.Process.Pid, syscall.SIGINT) }
	if err := pip.Run(); err != nil {
		return "", fmt.Errorf("pip download %s: %w", requirement, saying(err, stderr.Bytes()))
	}
	found, err := fs.Glob(os.DirFS(dir), "*.whl")
	if err == nil && len(found) != 1 {
		err = fmt.Errorf("pip download %s: brought %d wheels, not one", requirement, len(found))
	}
	if err != nil {
		return "", err
	}
	wheel := filepath.Join(dir, found[0])
	return wheel, checkSum(wheel, b.sha256)
}

// checkSum fails unless a file has the SHA-256 want.
func checkSum(file, want string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return err
	}
	if got := fmt.Sprintf("%x", sum.Sum(nil)); got != want {
		return errors.New(filepath.Base(file) + " has SHA-256 " + got + ", " + manifestFile + " says " + want +
			"; it is not used. Run this again; if that does not help, the package index serves another file")
	}
	return nil
}

var retrying = regexp.MustCompile(`WARNING: Retrying .* after (connection broken by .*)`)

// saying adds to the error of a program the last line of what it printed, where it says why it failed. A pip that cannot
// reach its index says there that the index has nothing; the reason is in the warnings before.
func saying(err error, out []byte) error {
	text := strings.TrimSpace(string(out))
	if text == "" {
		return err
	}
	last := text[strings.LastIndexByte(text, '\n')+1:]
	if warning := retrying.FindStringSubmatch(text); warning != nil {
		last += "; before that: " + warning[1]
	}
	return fmt.Errorf("%w: %s", err, last)
}
