package capi

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// wine is the command that runs a program for Windows. The programs of a test have a Windows of their own.
func wine(t *testing.T) string {
	t.Helper()
	t.Setenv("WINEPREFIX", t.TempDir())
	return needed(t, ".cache/wine/wine", "make wine")
}

// exe is a program for Windows.
func exe(t *testing.T, name string) string {
	t.Helper()
	return needed(t, "build/bin/"+name+".exe", "make windows")
}

// needed is the path of a file of the repository that a command makes.
func needed(t *testing.T, path, command string) string {
	t.Helper()
	path = absolute(t, path)
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v: run %s first", err, command)
	}
	return path
}

// windowsPath is how a program for Windows calls a file.
func windowsPath(path string) string { return "Z:" + strings.ReplaceAll(path, "/", `\`) }

// windowsPrograms are those of directories c, cpp and windows, by the name of the program, with arguments to run them with.
var windowsPrograms = []program{
	{name: "c-closing"},
	{name: "c-counter", args: []string{windows, "1", "1", "4", "400"}},
	{name: "c-counter", args: []string{windows, "1", "4", "1", "400"}},
	{name: "c-counter", args: []string{windows, "3", "2", "2", "200"}},
	{name: "c-errors"},
	{name: "c-handles"},
	{name: "c-keys"},
	{name: "c-locks"},
	{name: "c-semaphores"},
	{name: "c-text"},
	{name: "cpp-bare"},
	{name: "cpp-locks"},
	{name: "cpp-owners"},
	{name: "windows-classes"},
	{name: "windows-crash"},
	{name: "windows-info"},
	{name: "windows-late", args: []string{library}},
	{name: "windows-segments"},
	{name: "windows-semaphores"},
	{name: "windows-waits"},
}

const windows = "0x101" // SHMBRIDGE_TYPE_WINDOWS

func TestWindowsPrograms(t *testing.T) {
	command := wine(t)
	path := windowsPath(needed(t, "build/bin/shmbridge.dll", "make windows"))
	for _, p := range windowsPrograms {
		t.Run(p.String(), func(t *testing.T) {
			run(t, command, append([]string{exe(t, p.name)}, p.arguments(path)...)...)
		})
	}
}

func TestEveryWindowsProgramIsRun(t *testing.T) {
	isRun := func(name string) bool {
		return slices.ContainsFunc(windowsPrograms, func(p program) bool { return p.name == name })
	}
	sources, err := filepath.Glob("windows/*.c*")
	if err != nil || len(sources) == 0 {
		t.Fatalf("%q, %v", sources, err)
	}
	for _, source := range sources {
		if name, _, _ := strings.Cut(filepath.Base(source), "."); !isRun("windows-" + name) {
			t.Errorf("%s is not among the programs", source)
		}
	}
	list := regexp.MustCompile(`set\(programs ([^)]*)\)`).FindStringSubmatch(read(t, "c/CMakeLists.txt"))
	if list == nil {
		t.Fatal("c/CMakeLists.txt lists no programs for Windows")
	}
	for _, source := range strings.Fields(list[1]) {
		if !isRun("c-" + strings.TrimSuffix(source, ".c")) {
			t.Errorf("c/%s is not among the programs", source)
		}
	}
}
