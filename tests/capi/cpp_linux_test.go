package capi

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestCpp(t *testing.T) {
	for _, program := range []string{"owners", "keys", "segments", "locks", "semaphores", "bare"} {
		t.Run(program, func(t *testing.T) { run(t, "cpp-"+program) })
	}
}

// Each header can be the only one, for every compiler, and defines no macro but those that begin with SHMBRIDGE.
func TestHeadersStandAlone(t *testing.T) {
	include := filepath.Join(built(t, "stage"), "include")
	for _, header := range []string{"shmbridge.h", "shmbridge.hpp", "shmbridge_qt.hpp"} {
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
