package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
)

// stocks are what the works need: segments of a size in bytes, and how their names end.
var stocks = map[string]struct {
	size     int
	suffixes []string
}{
	"lock":      {4096, []string{""}},
	"trylock":   {4096, []string{""}},
	"tryheld":   {4096, []string{""}},
	"data":      {4096, []string{""}},
	"size":      {4096, []string{""}},
	"attach":    {4096, []string{""}},
	"attachnew": {4096, []string{""}},
	"ring":      {1, []string{"0", "1", "2"}},
	"in":        {64 << 20, []string{""}},
	"out":       {64 << 20, []string{""}},
	"read":      {1 << 20, []string{""}},
}

// lab is where the sides work.
type lab struct {
	ctx       context.Context
	bin       string // directory of the programs
	wine      wine
	libraries map[string]string // core libraries of the Qt that programs use instead of the system's
	segments  []*bridge.Segment // those of the sides at work
	keepers   team              // the processes that keep those of Windows
	versions  map[string]string // what the programs say they are
}

func newLab(ctx context.Context, bin, runner string) *lab {
	return &lab{ctx: ctx, bin: bin, wine: wine{program: runner}, libraries: map[string]string{}, versions: map[string]string{}}
}

// useLibraries lets programs use those core libraries and returns the versions, after which their directories are named.
func (l *lab) useLibraries(paths []string) (versions []string, err error) {
	for _, path := range paths {
		if path, err = filepath.Abs(path); err != nil {
			return nil, err
		}
		version := filepath.Base(filepath.Dir(path))
		l.libraries["qt"+version] = path
		versions = append(versions, version)
	}
	return versions, nil
}

// stock makes the segments that a side needs for a work, keeps them alive, and returns how their names begin. Every
// side gets its own, so that none meets another.
func (l *lab) stock(family, work string) (place, error) {
	at := place{family, namePrefix() + rand.Text()}
	for _, suffix := range stocks[work].suffixes {
		if err := l.fill(place{family, at.name + suffix}, stocks[work].size); err != nil {
			return place{}, err
		}
	}
	return at, nil
}

// fill makes a segment and touches all of it, so that no side pays for its pages.
func (l *lab) fill(at place, size int) error {
	if at.family == windows {
		return l.keep(at)
	}
	s, err := at.create(size)
	if err != nil {
		return err
	}
	l.segments = append(l.segments, s)
	_, err = s.WriteAt(content(size), 0)
	return err
}

// keep lets a process make a segment of keptSize bytes.
func (l *lab) keep(at place) error {
	w, err := startWorker(l, "go", "keep", at)
	if err == nil {
		l.keepers = append(l.keepers, w)
	}
	return err
}

// clear removes the segments.
func (l *lab) clear() error {
	err := l.keepers.close()
	l.keepers = nil
	for _, s := range l.segments {
		err = errors.Join(err, s.Detach(context.Background()))
	}
	l.segments = nil
	return err
}

func content(size int) []byte { return bytes.Repeat([]byte{'x'}, size) }

// program finds one of the programs that a side consists of.
func (l *lab) program(name string) (string, error) {
	path := filepath.Join(l.bin, name)
	if _, err := os.Stat(path); err != nil {
		command := "make build && cmake --build build --target qtbench"
		if filepath.Ext(name) == ".exe" {
			command = "make windows"
		}
		return "", fmt.Errorf("%w: build it with: %s", err, command)
	}
	return filepath.Abs(path)
}

// machine says what was measured, and on what.
func (l *lab) machine() map[string]string {
	m := map[string]string{"go": runtime.Version(), "cpus": fmt.Sprint(runtime.NumCPU())}
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m["kernel"] = strings.TrimSpace(string(release))
	}
	maps.Copy(m, l.versions)
	return m
}
