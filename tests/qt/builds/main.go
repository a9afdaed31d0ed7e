//go:build linux

// Builds brings real Qt core libraries, of the versions that no Linux distribution has side by side, and such for Windows,
// into .cache/qt:
//
//	go run ./tests/qt/builds [-j N] [VERSION...]
//
// It downloads the wheels of tests/qt/builds.txt that are not there yet with pip, checks them, unpacks of each the Qt core
// library with the ICU that it needs, tries to load the library, and prints its path, one line a version, on standard
// output. No VERSION means all for Linux. What is complete stays: an interrupted run is continued by the next, and a run with nothing
// to do asks neither pip nor the network.
//
// The libraries are for x86-64. Those for Windows have versions such as 6.8.3-windows, and come with the Visual C++ libraries
// that they need; they are not loaded, but their version is read.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"
)

const (
	manifestFile = "tests/qt/builds.txt"
	cacheDir     = ".cache/qt"
)

const usage = `usage: go run ./tests/qt/builds [-j N] [VERSION...]

Downloads builds of Qt, for Linux or Windows on x86-64, into ` + cacheDir + ` and prints the paths of their core libraries.
The versions are those of ` + manifestFile + `, all for Linux if no VERSION is given. What is there is not downloaded again.
A version with ` + guiSuffix + ` after it, 6.8.3` + guiSuffix + `, has Qt Gui and Qt Widgets, too; it is for Linux.

`

func main() {
	jobs := flag.Int("j", 4, "how many builds to work on at once")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := run(os.Stdout, os.Stderr, *jobs, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run makes the builds of the versions, of all for Linux for none, complete, at most jobs at once, and prints the paths of their
// libraries in the order of the manifest. Builds that fail do not keep the others from being completed and printed.
func run(stdout, stderr io.Writer, jobs int, versions []string) error {
	if jobs < 1 {
		return fmt.Errorf("-j %d: at least one build at a time", jobs)
	}
	builds, err := readManifest(manifestFile)
	if err != nil {
		return err
	}
	if builds, err = choose(builds, versions); err != nil {
		return err
	}
	c, err := openCache(cacheDir)
	if err != nil {
		return err
	}
	missing := func() bool { return slices.ContainsFunc(builds, c.lacks) }
	if missing() {
		if err := c.lock(stderr); err != nil {
			return err
		}
		defer c.unlock()
	}
	shown := newProgress(stderr)
	if missing() { // still, after another run had the lock
		if err := errors.Join(checkLinker(), checkPip()); err != nil {
			return err
		}
		shown.begin(c, builds)
	}
	return c.completeAll(stdout, shown, jobs, builds)
}

// completeAll completes the builds, jobs at once, and prints the paths.
func (c *cache) completeAll(stdout io.Writer, shown *progress, jobs int, builds []build) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	paths, errs := make([]string, len(builds)), make([]error, len(builds))
	free := make(chan struct{}, jobs)
	var all sync.WaitGroup
	for i, b := range builds {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			paths[i], errs[i] = c.complete(ctx, shown, b)
		})
	}
	all.Wait()
	shown.end()
	if ctx.Err() != nil {
		return errors.New("interrupted; what is complete stays, run this again to go on")
	}
	failed := 0
	for i, path := range paths {
		if errs[i] != nil {
			failed++
			errs[i] = fmt.Errorf("get Qt %s: %w", builds[i].name(), errs[i])
			continue
		}
		fmt.Fprintln(stdout, path)
	}
	if failed > 0 {
		errs = append(errs, fmt.Errorf("%d of %d Qt builds are not ready; what is complete stays, run this again to go on", failed, len(builds)))
	}
	return errors.Join(errs...)
}
