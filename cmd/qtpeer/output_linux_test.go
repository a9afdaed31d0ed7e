package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

func TestWriteOutputReplacesFiles(t *testing.T) {
	dir := tempDir(t)
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("a longer old text"), 0o600); err != nil {
		t.Fatal(err)
	}
	old, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if err := os.Symlink("file", link); err != nil {
		t.Fatal(err)
	}
	if err := writeOutput(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got := readString(t, file); got != "new" {
		t.Errorf("the file has %q", got)
	}
	if to, err := os.Readlink(link); err != nil || to != "file" {
		t.Errorf("the link is %q, %v", to, err)
	}
	if b, err := io.ReadAll(old); err != nil || string(b) != "a longer old text" {
		t.Errorf("a reader of the old file finds %q, %v: it was written over", b, err)
	}
	wantFiles(t, dir, "file", "link")
}

func TestNewFileHasTheUsualMode(t *testing.T) {
	file := filepath.Join(tempDir(t), "file")
	defer syscall.Umask(syscall.Umask(0o027))
	if err := writeOutput(file, nil); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// A pipe or a device is written, not replaced.
func TestWriteOutputToPipe(t *testing.T) {
	pipe := filepath.Join(tempDir(t), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	reader, err := os.OpenFile(pipe, os.O_RDWR, 0) // so that opening does not wait
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := writeOutput(pipe, []byte("through")); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 7)
	if _, err := io.ReadFull(reader, got); err != nil || string(got) != "through" {
		t.Errorf("%q, %v", got, err)
	}
	if info, err := os.Stat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("the pipe has become %v, %v", info, err)
	}
}

func TestReadToTerminal(t *testing.T) {
	t.Setenv("TMPDIR", tempDir(t))
	terminal := openTerminal(t)
	for args, want := range map[string]string{
		"read test":               "usage", // before anything is looked for
		"read test --as qimage":   "usage",
		"read test --as text":     "not-found",
		"read test -o -":          "not-found",
		"read test --output out":  "not-found",
		"stream encode int":       "usage",
		"stream encode int --hex": "bad-data", // as there is no input
		"stream encode int -o -":  "bad-data",
	} {
		var stderr strings.Builder
		cmd := qtpeer(t, append(strings.Fields(args), "--json")...)
		cmd.Stdout, cmd.Stderr = terminal, &stderr
		if err := cmd.Run(); err == nil || !strings.Contains(stderr.String(), `"code":"`+want+`"`) {
			t.Errorf("%s: %v, %q; want %s", args, err, stderr.String(), want)
		}
	}
}

// openTerminal returns the program's side of a new pseudo-terminal.
func openTerminal(t *testing.T) *os.File {
	t.Helper()
	_, terminal := openTerminalPair(t)
	return terminal
}

// openTerminalPair returns the user's and the program's side of a new pseudo-terminal.
func openTerminalPair(t *testing.T) (control, terminal *os.File) {
	t.Helper()
	control, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0) // so that Close ends a Read
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { control.Close() })
	n := 0
	onDescriptor(t, control, func(fd int) error {
		if n, err = unix.IoctlGetInt(fd, unix.TIOCGPTN); err != nil {
			return err
		}
		return unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	})
	if terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { terminal.Close() })
	return control, terminal
}

// onDescriptor runs fn with the descriptor of a file.
func onDescriptor(t *testing.T, file *os.File, fn func(fd int) error) {
	t.Helper()
	conn, err := file.SyscallConn()
	if err == nil {
		err = errors.Join(conn.Control(func(fd uintptr) { err = fn(int(fd)) }), err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A reader of the ready line that has gone ends create, and nothing stays.
func TestCreateWithoutReader(t *testing.T) {
	dir := tempDir(t)
	t.Setenv("TMPDIR", dir)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	var stderr strings.Builder
	cmd := qtpeer(t, "create", "test", "--size", "4", "--hold", "1h")
	cmd.Stdout, cmd.Stderr = w, &stderr
	if err := cmd.Run(); exitStatus(err) != 1 || !strings.Contains(stderr.String(), "broken pipe") {
		t.Errorf("%v, %q", err, stderr.String())
	}
	wantFiles(t, dir)
}
