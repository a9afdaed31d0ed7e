// Sbom writes what is in the binaries of a release, as a CycloneDX document, to standard output:
//
//	sbom VERSION SECONDS FILE...
//
// VERSION is that of the release and SECONDS its time, in seconds since 1970. Each FILE is a program or a shared library: the
// modules and the Go in it are those that the Go linker has recorded there. The same files make the same document.
package main

import (
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func run(args []string, to io.Writer) error {
	if len(args) < 3 {
		return fmt.Errorf("usage: sbom VERSION SECONDS FILE..., with one FILE at least; got %q", args)
	}
	seconds, err := strconv.ParseInt(args[1], 10, 64)
	if err != nil {
		return fmt.Errorf("the time of the release: %w; it is a number of seconds since 1970", err)
	}
	var binaries []binary
	for _, file := range args[2:] {
		b, err := inspect(file)
		if err != nil {
			return err
		}
		binaries = append(binaries, b)
	}
	out := json.NewEncoder(to)
	out.SetIndent("", "  ")
	return out.Encode(describe(args[0], time.Unix(seconds, 0), binaries))
}

// inspect reads what the document says about a file.
func inspect(file string) (binary, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return binary{}, err
	}
	info, err := buildinfo.ReadFile(file)
	if err != nil {
		return binary{}, fmt.Errorf("%s: %w; it has to be made by the Go linker", file, err)
	}
	return binary{file, content, info}, nil
}
