// Table makes Markdown tables of the results of the interop tests (INTEROP_RESULTS): how many cases each Qt has passed
// with Go, and with C, in each family and with each form of key.
//
//	go run ./tests/interop/table [-w README.md] RESULTS...
//
// With -w the tables take the place of what is between the lines "<!-- compatibility -->" and "<!-- /compatibility -->" of a
// file; without, they are printed.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	file := flag.String("w", "", "put the tables into a `file`")
	flag.Parse()
	if err := run(*file, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func run(file string, results []string) error {
	if len(results) == 0 {
		return errors.New("no results: name a file that INTEROP_RESULTS named when the interop tests ran")
	}
	var cells []cell
	for _, path := range results {
		more, err := readCells(path)
		if err != nil {
			return err
		}
		cells = append(cells, more...)
	}
	text := tables(cells)
	if file == "" {
		_, err := fmt.Print(text)
		return err
	}
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	updated, err := replace(string(old), text)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, []byte(updated), 0o644)
}

const (
	begin = "<!-- compatibility -->\n"
	end   = "<!-- /compatibility -->\n"
)

// replace puts the tables between the two marks.
func replace(document, tables string) (string, error) {
	before, rest, ok := strings.Cut(document, begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", fmt.Errorf("want the lines %q and %q", begin, end)
	}
	return before + begin + tables + end + after, nil
}

// cell is a line of results: a case that two peers have played.
type cell struct {
	name, world      string // of the case; family and form of key
	creator, partner string
	passed           bool
}

func readCells(path string) (cells []cell, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		w := strings.Split(lines.Text(), "\t")
		if len(w) != 6 || w[5] != "pass" && w[5] != "fail" {
			return nil, fmt.Errorf("%s: %q is no result: want case, family, form, creator, partner, and pass or fail, with tabs between", path, lines.Text())
		}
		cells = append(cells, cell{w[0], w[1] + " " + w[2], w[3], w[4], w[5] == "pass"})
	}
	return cells, lines.Err()
}
