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
	if at.family == windows {
		w.do = yielding(w.do)
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

// yielding does work in parts, with a turn for other goroutines between them. From a goroutine that has made nothing but system
// calls for 10 ms, the runtime's monitor takes the processor all the time until it has yielded (retake in Go 1.26's
// runtime/proc.go). Programs that also do something else do not get there, and the monitor's timers are calls of Wine's server, which
// serves one at a time.
func yielding(do func(times int) error) func(times int) error {
	const parts = 8
	return func(times int) error {
		for part := max(1, times/parts); times > part; times -= part {
			if err := do(part); err != nil {
				return err
			}
			runtime.Gosched()
		}
		return do(times)
	}
}
