package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// team is the processes of one side.
type team []*worker

// time takes the time of the last one, because all work while its clock runs.
func (t team) time(times int) (d time.Duration, err error) {
	for _, w := range t {
		if _, err := fmt.Fprintln(w.in, times); err != nil {
			return 0, err
		}
	}
	for _, w := range t {
		if d, err = w.answer(); err != nil {
			return 0, err
		}
	}
	return d, nil
}

func (t team) close() (err error) {
	for _, w := range t { // first all, because one may wait for another
		err = errors.Join(err, w.in.Close())
	}
	for _, w := range t {
		err = errors.Join(err, w.wait())
	}
	return err
}

// worker is a process that has prepared a work.
type worker struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func startWorker(l *lab, program, work string, at place) (*worker, error) {
	cmd, err := l.workerCommand(program, work, at)
	if err != nil {
		return nil, err
	}
	w := &worker{cmd: cmd}
	w.in, err = w.cmd.StdinPipe()
	out, err2 := w.cmd.StdoutPipe()
	if err := errors.Join(err, err2); err != nil {
		return nil, err
	}
	w.out = bufio.NewReader(out)
	start := w.cmd.Start
	if at.family == windows {
		start = func() error { return onOneCPU(w.cmd.Start) }
	}
	if err := start(); err != nil {
		return nil, err
	}
	ready, err := w.line()
	version := strings.TrimPrefix(ready, "ready ")
	number, _, _ := strings.Cut(version, " ")
	want, isQt := strings.CutPrefix(strings.TrimSuffix(program, onWindows), "qt")
	if err == nil && isQt && !strings.HasPrefix(number+".", want+".") {
		err = fmt.Errorf("%q runs with Qt %s instead of %s", cmd.Args, version, want)
	}
	if err != nil {
		return nil, errors.Join(err, w.in.Close(), w.wait())
	}
	l.versions[program] = version
	return w, nil
}

func (l *lab) workerCommand(program, work string, at place) (*exec.Cmd, error) {
	args := []string{at.family, work, at.name}
	if at.family == windows {
		return l.windowsWorkerCommand(program, args)
	}
	var path string
	var err error
	switch program {
	case "go":
		path, err = os.Executable()
		args = append([]string{workerArg}, args...)
	case "libshmbridge":
		path, err = l.program("capibench")
	default:
		name := "qtbench-"
		if at.family == stream {
			name = "qtstream-"
		}
		path, err = l.program(name + program[:len("qt6")])
	}
	cmd := exec.CommandContext(l.ctx, path, args...)
	cmd.Stderr = os.Stderr
	if library := l.libraries[program]; library != "" {
		cmd.Env = append(os.Environ(), "LD_LIBRARY_PATH="+filepath.Dir(library))
	}
	return cmd, err
}

func (l *lab) windowsWorkerCommand(program string, args []string) (*exec.Cmd, error) {
	name := "qtbench.exe"
	if program == "go" {
		name = "bench.exe"
		args = append([]string{workerArg}, args...)
	}
	path, err := l.program(name)
	if err != nil {
		return nil, err
	}
	cmd, err := l.wine.command(l.ctx, append([]string{path}, args...)...)
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	if library := l.libraries[program]; library != "" {
		cmd.Env = append(cmd.Env, "QTCORE="+windowsPath(library))
	}
	return cmd, nil
}

func (w *worker) line() (string, error) {
	line, err := w.out.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("%q ended: %w", w.cmd.Args, err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func (w *worker) answer() (time.Duration, error) {
	line, err := w.line()
	if err != nil {
		return 0, err
	}
	return time.ParseDuration(line + "ns")
}

func (w *worker) wait() error {
	if err := w.cmd.Wait(); err != nil {
		return fmt.Errorf("%q: %w", w.cmd.Args, err)
	}
	return nil
}
