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
	"lock":   {4096, []string{""}},
	"attach": {4096, []string{""}},
	"ring":   {1, []string{"0", "1", "2"}},
	"in":     {64 << 20, []string{""}},
	"out":    {64 << 20, []string{""}},
	"read":   {1 << 20, []string{""}},
}

// lab is where the sides work.
type lab struct {
	ctx      context.Context
	bin      string            // directory of the programs
	segments []*bridge.Segment // those of the sides at work
	versions map[string]string // what the programs say they are
}

// stock makes the segments that a side needs for a work, keeps them alive, and returns how their names begin. Every
// side gets its own, so that none meets another.
func (l *lab) stock(work string) (name string, err error) {
	name = "Bench" + rand.Text()
	for _, suffix := range stocks[work].suffixes {
		if err := l.fill(name+suffix, stocks[work].size); err != nil {
			return "", err
		}
	}
	return name, nil
}

// fill makes a segment and touches all of it, so that no side pays for its pages.
func (l *lab) fill(name string, size int) error {
	key, err := bridge.LegacyKey(name)
	if err != nil {
		return err
	}
	s, err := bridge.Create(l.ctx, key, size)
	if err != nil {
		return err
	}
	l.segments = append(l.segments, s)
	_, err = s.WriteAt(content(size), 0)
	return err
}

// clear removes the segments.
func (l *lab) clear() (err error) {
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
		return "", fmt.Errorf("%w: build it with: make qtpeer peers && cmake --build build --target qtbench", err)
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
