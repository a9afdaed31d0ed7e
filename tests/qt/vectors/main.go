// Vectors writes what QDataStream of real Qt makes of values into the files that the tests of qtcompat/datastream read, or
// says which of these files are not what real Qt makes:
//
//	go run ./tests/qt/vectors [-bin DIR] [-dir DIR] [-w] [LIBRARY...]
//
// The values are those of the programs that the CMake target qtvectors builds, which run with the system's Qt 5 and Qt 6
// and with each LIBRARY: the core library of a Qt that has Qt Gui and Qt Widgets beside it, as
// `go run ./tests/qt/builds 6.12.0-gui` prints it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

func main() {
	bin := flag.String("bin", "build/bin", "`directory` of the programs")
	dir := flag.String("dir", "qtcompat/datastream/testdata/vectors", "`directory` of the files")
	write := flag.Bool("w", false, "write the files")
	flag.Parse()
	if err := run(*bin, *dir, *write, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "vectors:", err)
		os.Exit(1)
	}
}

// run compares or writes the file of each Qt, newest first.
func run(bin, dir string, write bool, libraries []string) error {
	all, err := qts(bin, libraries)
	if err != nil {
		return err
	}
	fresh := map[string]*vectors{}
	for _, q := range all {
		version, v, err := q.run()
		if err != nil {
			return err
		}
		fresh[version] = v
	}
	versions := make([]string, 0, len(fresh))
	for version := range fresh {
		versions = append(versions, version)
	}
	slices.SortFunc(versions, newerFirst)
	var errs []error
	for _, version := range versions {
		if write {
			errs = append(errs, save(dir, version, fresh[version]))
		} else {
			errs = append(errs, check(dir, version, fresh[version]))
		}
	}
	return errors.Join(errs...)
}

func save(dir, version string, fresh *vectors) error {
	text, err := content(dir, version, fresh)
	if err != nil {
		return err
	}
	return os.WriteFile(fileName(dir, version), []byte(text), 0o644)
}

// check fails, with the first line that differs, if the file of a version is not what a fresh run makes.
func check(dir, version string, fresh *vectors) error {
	name := fileName(dir, version)
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("no file for Qt %s: write it with -w: %w", version, err)
	}
	if err != nil {
		return err
	}
	want, err := content(dir, version, fresh)
	if err != nil {
		return err
	}
	have, made := withoutPNG(string(text)), withoutPNG(want)
	for i := range max(len(have), len(made)) {
		if i >= len(have) || i >= len(made) || have[i] != made[i] {
			return fmt.Errorf("%s:%d is not what Qt %s makes:\n%s\nit makes:\n%s", name, i+1, version, line(have, i), line(made, i))
		}
	}
	return nil
}

func withoutPNG(text string) []string {
	return strings.Split(png.ReplaceAllString(text, "PNG"), "\n")
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}
