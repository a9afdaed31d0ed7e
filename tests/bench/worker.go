package main

import (
	"bufio"
	"fmt"
	"io"
	"runtime"
	"time"
)

// workerArg as the first argument makes this program Go's worker, which takes the arguments of tests/qt/bench/main.cpp
// and speaks its protocol.
const workerArg = "worker"

func serve(at place, name string, in io.Reader, out io.Writer) error {
	prepare, ok := works[name]
	if at.family == stream {
		prepare, ok = streamWorks[name]
	}
	if !ok {
		return fmt.Errorf("no such work: %q", name)
	}
	w, err := prepare(at)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "ready", runtime.Version())
	for lines := bufio.NewScanner(in); lines.Scan(); {
		var times int
		if _, err := fmt.Sscan(lines.Text(), &times); err != nil {
			return err
		}
		start := time.Now()
		if err := w.do(times); err != nil {
			return err
		}
		fmt.Fprintln(out, time.Since(start).Nanoseconds())
	}
	if w.end != nil {
		return w.end()
	}
	return nil
}
