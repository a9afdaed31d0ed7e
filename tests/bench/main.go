// Bench measures shmbridge and real Qt doing the same work, in one run, by turns, and prints what ours takes as a share
// of what Qt takes. Each side works in a process of its own: Go in this program started again, libshmbridge in capibench
// (tests/capi/bench), Qt in the programs that the CMake target qtbench builds (tests/qt/bench). Workers of the Windows family are
// programs for Windows in Wine and on one CPU, on both sides: this one built for Windows, bench.exe, and qtbench.exe
// (tests/qt/bench/windows).
//
//	bench [-bin DIR] [-wine PROGRAM] [-row REGEXP] [-json FILE] [LIBRARY...]
//
// System V and streams are measured against the system's Qt 5 and Qt 6, POSIX and Windows against each LIBRARY: the core library of
// a Qt from 6.6 on, or of a Qt for Windows, in a directory named after its version, as `go run ./tests/qt/builds` prints it.
//
// It works on random keys in a TMPDIR and a Wine, and as root in an IPC namespace, of its own and leaves nothing behind.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"
)

// limit is when everything is given up: some process hangs.
const limit = 10 * time.Minute

func main() {
	if err := run(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 4 && args[0] == workerArg {
		return serve(place{args[1], args[3]}, args[2], os.Stdin, os.Stdout)
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	bin := flags.String("bin", "build/bin", "`directory` of qtpeer, capibench, bench.exe, qtbench.exe and the programs that the CMake target qtbench builds")
	runner := flags.String("wine", ".cache/wine/wine", "the `program` that runs programs for Windows")
	match := flags.String("row", "", "measure the rows that match this `regexp` only: lock, attach, create, key, handover, in, out, read, c-lock, posix-lock, windows-lock, stream-read-list, ...")
	file := flags.String("json", "", "write the results to this `file` as well")
	if err := flags.Parse(args); err != nil {
		return err
	}
	wanted, err := regexp.Compile(*match)
	if err != nil {
		return fmt.Errorf("-row: %w", err)
	}
	if !isolated() {
		return isolate(args)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	l := newLab(ctx, *bin, *runner)
	r, err := l.measureAll(flags.Args(), wanted)
	if err := errors.Join(err, l.wine.close()); err != nil {
		return err
	}
	return errors.Join(r.print(os.Stdout), r.save(*file))
}

func (l *lab) measureAll(libraries []string, wanted *regexp.Regexp) (report, error) {
	r := report{Rounds: rounds}
	builds, err := l.useLibraries(libraries)
	if err != nil {
		return r, err
	}
	for _, row := range rowsAgainst(builds) {
		if !wanted.MatchString(row.id) {
			continue
		}
		fmt.Fprintf(os.Stderr, "measures %s: %s\n", row.id, row.work)
		results, err := row.measure(l)
		if err != nil {
			return r, fmt.Errorf("%s: %w", row.id, cmp.Or(context.Cause(l.ctx), err))
		}
		r.Results = append(r.Results, results...)
	}
	if len(r.Results) == 0 {
		return r, fmt.Errorf("-row %v matches no row", wanted)
	}
	r.Machine = l.machine()
	return r, nil
}
