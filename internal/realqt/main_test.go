//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// libraries are those that eachQt runs a test with: the usual ones, or the one that TestEachBuild started this process for.
var libraries []string

// libraryVariable is the environment variable that has the library of a process of TestEachBuild.
const libraryVariable = "REALQT_TEST_LIBRARY"

// ours are the processes whose objects must be gone at the end.
var ours = map[int]bool{os.Getpid(): true}

// TestMain gives all tests one private directory of temporary files, in which nothing may be left when they end, as well as no
// segment or semaphore that this process or one of its peers made.
func TestMain(m *testing.M) {
	if lib := os.Getenv(peerVariable); lib != "" {
		runPeer(lib)
		return
	}
	libraries = usualLibraries()
	if lib := os.Getenv(libraryVariable); lib != "" {
		libraries = []string{lib}
	}
	if len(libraries) == 0 {
		fmt.Fprintln(os.Stderr, "no Qt to test with: INTEROP_QT must have the paths of Qt core libraries")
		os.Exit(1)
	}
	dir, err := os.MkdirTemp("", "realqt")
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir) // Qt 5.12 to 6.9.1 report the canonical path
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Setenv(tempVariable, dir)
	code := m.Run()
	for _, what := range append(leftFiles(dir), leftIPC(ours)...) {
		fmt.Fprintln(os.Stderr, "left behind:", what)
		code = 1
	}
	os.RemoveAll(dir)
	os.Remove(dir) // for Wine 8, which cannot do what RemoveAll asks for
	os.Exit(code)
}

// leftFiles lists the files in dir.
func leftFiles(dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	return files
}

// eachQt runs a test with each library.
func eachQt(t *testing.T, test func(t *testing.T, q *Qt)) {
	for _, lib := range libraries {
		t.Run(lib, func(t *testing.T) { test(t, load(t, lib)) })
	}
}

// libraryOf returns the library with which eachQt runs this test.
func libraryOf(t *testing.T) string {
	_, lib, _ := strings.Cut(t.Name(), "/")
	return lib
}

// isQt4 reports whether this is Qt 4, which knows no text beyond the locale's and has an own style of errors.
func isQt4(q *Qt) bool { return strings.HasPrefix(q.Version(), "4.") }

// release returns the major and the minor number of a Qt's version.
func release(t *testing.T, q *Qt) (major, minor int) {
	t.Helper()
	if _, err := fmt.Sscanf(q.Version(), "%d.%d", &major, &minor); err != nil {
		t.Fatalf("version %q: %v", q.Version(), err)
	}
	return major, minor
}

// hasNativeIpcKey reports whether this is Qt 6.6 or later, which brought QNativeIpcKey and with it new texts of errors.
func hasNativeIpcKey(t *testing.T, q *Qt) bool {
	t.Helper()
	major, minor := release(t, q)
	return major > 6 || major == 6 && minor >= 6
}

func load(t *testing.T, lib string) *Qt {
	t.Helper()
	q, err := Load(lib)
	if err != nil {
		t.Fatalf("%v\nrun `make deps` to install what the tests need", err)
	}
	return q
}

// keyPrefix begins each key of this process.
var keyPrefix = "realqt-test-" + rand.Text()

// randomKey returns a key that nobody else uses. Its letters show in the names of key files.
func randomKey() string { return keyPrefix + rand.Text() }

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
