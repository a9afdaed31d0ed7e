package capi

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// program is one of directory c, with arguments to run it with.
type program struct {
	name string
	args []string
}

func (p program) String() string { return strings.Join(append([]string{p.name}, p.args...), " ") }

var programs = []program{
	{name: "closing"},
	{name: "copy"},
	{name: "counter", args: []string{systemV, "1", "1", "4", "4000"}}, // one handle, many threads
	{name: "counter", args: []string{posix, "1", "1", "4", "4000"}},
	{name: "counter", args: []string{systemV, "1", "4", "1", "4000"}}, // many handles of one process
	{name: "counter", args: []string{posix, "1", "4", "1", "4000"}},
	{name: "counter", args: []string{systemV, "3", "2", "2", "2000"}}, // many processes
	{name: "counter", args: []string{posix, "3", "2", "2", "2000"}},
	{name: "cycles"},
	{name: "environment"},
	{name: "errors"},
	{name: "find"},
	{name: "fork"},
	{name: "full"},
	{name: "handlers", args: []string{library}},
	{name: "handles"},
	{name: "infos"},
	{name: "interrupts"},
	{name: "keys"},
	{name: "late", args: []string{library}},
	{name: "locks"},
	{name: "lost"},
	{name: "mask"},
	{name: "owners"},
	{name: "permission"},
	{name: "reuse"},
	{name: "segments"},
	{name: "semaphores"},
	{name: "shortage"},
	{name: "stale"},
	{name: "text"},
	{name: "waits"},
}

// Arguments of programs.
const (
	systemV = "0x51" // SHMBRIDGE_TYPE_SYSTEMV
	posix   = "0x100"
	library = "LIBRARY" // its path
)

// arguments are those of p where the library is at path.
func (p program) arguments(path string) []string {
	args := slices.Clone(p.args)
	if i := slices.Index(args, library); i >= 0 {
		args[i] = path
	}
	return args
}

func TestPrograms(t *testing.T) {
	path := built(t, "stage/lib/libshmbridge.so")
	for _, p := range programs {
		t.Run(p.String(), func(t *testing.T) { run(t, "c-"+p.name, p.arguments(path)...) })
	}
}

func TestEveryProgramIsRun(t *testing.T) {
	sources, err := filepath.Glob("c/*.c")
	if err != nil || len(sources) == 0 {
		t.Fatalf("%q, %v", sources, err)
	}
	for _, source := range sources {
		name := strings.TrimSuffix(filepath.Base(source), ".c")
		if !slices.ContainsFunc(programs, func(p program) bool { return p.name == name }) {
			t.Errorf("%s is not among the programs", source)
		}
	}
}

// What holds for every function of the header is tested for those in the table of c/calls.h.
func TestEveryFunctionIsCalled(t *testing.T) {
	header, table := read(t, "../../include/shmbridge.h"), read(t, "c/calls.h")
	functions := regexp.MustCompile(`(?s)int32_t shmbridge_(\w+)\(([^)]*)\);`).FindAllStringSubmatch(header, -1)
	calls := 0
	for _, f := range functions {
		name, parameters := f[1], f[2]
		if !strings.HasSuffix(parameters, "shmbridge_error *err") {
			continue
		}
		calls++
		if !strings.Contains(table, ", "+name+", (") {
			t.Errorf("shmbridge_%s is not in the table", name)
		}
	}
	if want := strings.Count(table, ", err)) \\\n") + 1; calls != want {
		t.Errorf("%d functions in the header, %d in the table", calls, want)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
