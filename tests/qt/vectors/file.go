package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const header = `# What QDataStream of Qt %s writes and reads again%s.
# A line has, after tabs: type, stream versions, byte order, precision, bytes, value, what Qt reads from the bytes.
# That is = for the value, or another value, or ! and the status of the stream; +N: N bytes are left.
`

const footer = `# All of that Qt: %d vectors, SHA-256 %s
`

// files returns the versions of Qt that have a file in a directory, newest first.
func files(dir string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "qt-*.txt"))
	var versions []string
	for _, name := range names {
		versions = append(versions, strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "qt-"), ".txt"))
	}
	slices.SortFunc(versions, newerFirst)
	return versions, err
}

// newerFirst compares versions.
func newerFirst(a, b string) int { return slices.Compare(numbers(b), numbers(a)) }

func numbers(version string) (n []int) {
	for part := range strings.SplitSeq(version, ".") {
		i, _ := strconv.Atoi(part)
		n = append(n, i)
	}
	return n
}

func fileName(dir, version string) string { return filepath.Join(dir, "qt-"+version+".txt") }

// readNewer returns the vectors of the files of the versions newer than version, older over newer, and the oldest of these.
func readNewer(dir, version string) (base *vectors, oldest string, err error) {
	versions, err := files(dir)
	if err != nil {
		return nil, "", err
	}
	base = newVectors()
	for _, v := range versions {
		if newerFirst(v, version) >= 0 {
			break
		}
		text, err := os.ReadFile(fileName(dir, v))
		if err != nil {
			return nil, "", err
		}
		older := newVectors()
		if err := older.parse(string(text)); err != nil {
			return nil, "", fmt.Errorf("%s: %w", fileName(dir, v), err)
		}
		base, oldest = base.plus(older), v
	}
	return base, oldest, nil
}

// content returns what the file of a version of Qt should have: the vectors that those of newer versions lack or have otherwise.
func content(dir, version string, fresh *vectors) (string, error) {
	base, oldest, err := readNewer(dir, version)
	if err != nil {
		return "", err
	}
	beyond := ""
	if oldest != "" {
		beyond = ", where that is not what qt-" + oldest + ".txt and those of newer versions have"
	}
	return fmt.Sprintf(header, version, beyond) + fresh.minus(base).lines() + fmt.Sprintf(footer, len(fresh.results), fresh.sum()), nil
}

// sum returns a sum of all vectors, PNG files left out.
func (v *vectors) sum() string {
	masked := &vectors{values: v.values, results: map[key]result{}}
	for k, r := range v.results {
		masked.results[k] = r.withoutPNG()
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(masked.lines())))
}
