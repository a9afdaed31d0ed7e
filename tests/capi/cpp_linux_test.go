package capi

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

var cppPrograms = []string{"owners", "keys", "segments", "locks", "semaphores", "bare"}

func TestCpp(t *testing.T) {
	for _, program := range cppPrograms {
		t.Run(program, func(t *testing.T) { run(t, "cpp-"+program) })
	}
}

// The programs also do what they should as others compile them: clang evaluates arguments in another order than gcc does.
func TestCppOtherwiseCompiled(t *testing.T) {
	for _, compiler := range [][]string{
		{"clang++", "-std=c++20", "-O2"},
		{"g++", "-std=c++20", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"},
	} {
		t.Run(strings.Join(compiler, " "), func(t *testing.T) {
			for _, program := range cppPrograms {
				run(t, compileCpp(t, compiler, program))
			}
		})
	}
}

// compileCpp compiles a program as the compiler, with its flags, does, for the library in build/stage.
func compileCpp(t *testing.T, compiler []string, program string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), program)
	stage := built(t, "stage")
	args := slices.Concat(compiler[1:], []string{"-Wall", "-Wextra", "-Wpedantic", "-Werror", "-pthread", "-o", path,
		"-I" + filepath.Join(stage, "include"), "cpp/" + program + ".cpp"})
	if program == "bare" {
		args = append(args, "cpp/unit.cpp", "-fno-exceptions", "-fno-rtti")
	}
	lib := filepath.Join(stage, "lib")
	args = append(args, "-L"+lib, "-lshmbridge", "-Wl,-rpath,"+lib)
	if out, err := exec.Command(compiler[0], args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return path
}

func TestCppWithoutExceptionsEndsTheProgram(t *testing.T) {
	out, err := try(t, "cpp-bare", "value")
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGABRT {
		t.Errorf("value() of an Error: %v, want an abort\n%s", err, out)
	}
}

// Each header can be the only one, for every compiler, and defines no macro but those that begin with SHMBRIDGE.
func TestHeadersStandAlone(t *testing.T) {
	include := filepath.Join(built(t, "stage"), "include")
	for _, header := range []string{"shmbridge.h", "shmbridge_result.hpp", "shmbridge.hpp", "shmbridge_qt.hpp", "shmbridge_qt_key.hpp", "shmbridge_qt_semaphore.hpp"} {
		languages := []string{"-std=c++17", "-std=c++20"}
		if strings.HasSuffix(header, ".h") {
			languages = append(languages, "-std=c11", "-std=c17")
		}
		for _, language := range languages {
			for _, compiler := range []string{"gcc", "clang"} {
				unit := filepath.Join(t.TempDir(), "unit."+map[bool]string{true: "cpp", false: "c"}[strings.Contains(language, "++")])
				if err := os.WriteFile(unit, []byte("#include <"+header+">\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				out, err := exec.Command(compiler, language, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I"+include, "-fsyntax-only", unit).CombinedOutput()
				if err != nil {
					t.Errorf("%s %s %s: %v\n%s", compiler, language, header, err, out)
				}
			}
		}
	}
}

func TestHeadersLeakNoMacro(t *testing.T) {
	include := filepath.Join(built(t, "stage"), "include")
	all, err := exec.Command("g++", "-std=c++17", "-I"+include, "-E", "-dD", filepath.Join(include, "shmbridge.hpp")).Output()
	if err != nil {
		t.Fatal(err)
	}
	ours, macros := false, 0
	for line := range strings.Lines(string(all)) {
		if strings.HasPrefix(line, "# ") {
			ours = strings.Contains(line, include)
		} else if name, ok := strings.CutPrefix(line, "#define "); ok && ours {
			macros++
			if !strings.HasPrefix(name, "SHMBRIDGE_") {
				t.Errorf("a macro of another's name: %s", line)
			}
		}
	}
	if macros < 5 {
		t.Errorf("only %d macros were seen", macros)
	}
}
