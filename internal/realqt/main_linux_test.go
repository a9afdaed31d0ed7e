//go:build amd64 || arm64

package realqt

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestMain gives all tests one private directory of key files, in which nothing may be left when they end, as well as no
// segment or semaphore that this process or one of its peers made.
func TestMain(m *testing.M) {
	if lib := os.Getenv(peerVariable); lib != "" {
		runPeer(lib)
		return
	}
	dir, err := os.MkdirTemp("", "realqt")
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir) // Qt 5.12 to 6.9.1 report the canonical path
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Setenv("TMPDIR", dir)
	code := m.Run()
	left := append(leftFiles(dir), leftIPC()...)
	for _, what := range left {
		fmt.Fprintln(os.Stderr, "left behind:", what)
		code = 1
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// eachQt runs a test with each library.
func eachQt(t *testing.T, test func(t *testing.T, q *Qt)) {
	for _, lib := range []string{"qt5", "qt6"} {
		t.Run(lib, func(t *testing.T) { test(t, load(t, lib)) })
	}
}

func load(t *testing.T, lib string) *Qt {
	t.Helper()
	q, err := Load(lib)
	if err != nil {
		t.Fatalf("%v\nrun `make deps` to install what the tests need", err)
	}
	return q
}

// randomKey returns a key that nobody else uses. Its letters show in the names of key files.
func randomKey() string { return "realqt-test-" + rand.Text() }

func newMemory(t *testing.T, q *Qt, key string) *SharedMemory {
	m := q.NewSharedMemory(key)
	t.Cleanup(m.Close)
	return m
}

func newSemaphore(t *testing.T, q *Qt, key string, initial int, create bool) *SystemSemaphore {
	s := q.NewSystemSemaphore(key, initial, create)
	t.Cleanup(s.Close)
	return s
}

// must fails the test at once if a step that it needs did not work.
func must(t *testing.T, ok bool, o interface{ ErrorString() string }) {
	t.Helper()
	if !ok {
		t.Fatalf("failed: %q", o.ErrorString())
	}
}
