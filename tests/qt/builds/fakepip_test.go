//go:build linux && amd64

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// pipVariable names the directory of the fake pip. Files in it are its wheels, PACKAGE-RELEASE.whl, and orders:
//
//	missing                  say that there is no pip
//	alone                    refuse to download beside another one
//	PACKAGE-RELEASE.nothing  download nothing and say that all is well
//	PACKAGE-RELEASE.reads    while downloading half of it, open the named pipe in this file for reading and wait for its end
//	PACKAGE-RELEASE.writes   the same for writing; each waits for the other
const pipVariable = "FAKE_PIP"

// fakePip is the program python3, of which only `-m pip` is there. It returns its exit status.
func fakePip(args []string) int {
	pip := os.Getenv(pipVariable)
	log, err := os.OpenFile(filepath.Join(pip, "calls"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fail(err)
	}
	fmt.Fprintln(log, strings.Join(args, " "))
	if _, err := os.Stat(filepath.Join(pip, "missing")); err == nil {
		return fail("a warning\n/usr/bin/python3: No module named pip")
	}
	if args[2] == "--version" {
		return 0
	}
	if busy, err := os.Open(filepath.Join(pip, "alone")); err == nil {
		if err := syscall.Flock(int(busy.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			return fail("another pip runs")
		}
	}
	return fakeDownload(pip, args)
}

func fakeDownload(pip string, args []string) int {
	var dest string
	for _, arg := range args {
		if value, found := strings.CutPrefix(arg, "--dest="); found {
			dest = value
		}
	}
	requirement := args[len(args)-1]
	name := strings.Replace(requirement, "==", "-", 1)
	wheel, err := os.ReadFile(filepath.Join(pip, name+".whl"))
	if err != nil {
		return fail("WARNING: something\nERROR: No matching distribution found for " + requirement)
	}
	if os.Getenv("TMPDIR") != dest {
		return fail("pip's temporary files are to be in its destination")
	}
	if _, err := os.Stat(filepath.Join(pip, name+".nothing")); err == nil {
		return 0
	}
	partial := filepath.Join(dest, "pip-partial")
	if err := os.WriteFile(partial, wheel[:len(wheel)/2], 0o644); err != nil {
		return fail(err)
	}
	for order, flag := range map[string]int{".reads": os.O_RDONLY, ".writes": os.O_WRONLY} {
		if err := meet(filepath.Join(pip, name+order), flag); err != nil {
			return fail(err)
		}
	}
	if err := os.WriteFile(partial, wheel, 0o644); err != nil {
		return fail(err)
	}
	if err := os.Rename(partial, filepath.Join(dest, name+"-py3-none-any.whl")); err != nil {
		return fail(err)
	}
	return 0
}

// meet opens the named pipe that a file names, if that is there, which takes as long as the other end is closed. A reader
// then waits for the writer to close it.
func meet(order string, flag int) error {
	fifo, err := os.ReadFile(order)
	if err != nil {
		return nil
	}
	pipe, err := os.OpenFile(string(fifo), flag, 0)
	if err != nil {
		return err
	}
	defer pipe.Close()
	if flag == os.O_RDONLY {
		_, err = io.Copy(io.Discard, pipe)
	}
	return err
}

func fail(why any) int {
	fmt.Fprintln(os.Stderr, why)
	return 1
}
