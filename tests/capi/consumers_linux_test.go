package capi

import (
	"bytes"
	"debug/elf"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// does runs a command with these additions to the environment, and returns what it prints; it must succeed.
func does(t *testing.T, env []string, command ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%q: %v\n%s", command, err, out)
	}
	return string(out)
}

// absolute is the path of something in the repository.
func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("../..", path))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestInstallation builds and installs the library as a distribution would, with both generators, moves what was
// installed to another place, and lets programs outside use it there, built with both compilers.
func TestInstallation(t *testing.T) {
	for _, test := range []struct{ generator, libdir, c, cxx string }{{"Ninja", "lib", "gcc", "g++"}, {"Unix Makefiles", "lib/x86_64-linux-gnu", "clang", "clang++"}} {
		t.Run(test.generator, func(t *testing.T) {
			build, stage, prefix := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "moved")
			does(t, nil, "cmake", "-S", absolute(t, "."), "-B", build, "-G", test.generator, "-DCMAKE_INSTALL_PREFIX=/opt/shmbridge", "-DCMAKE_INSTALL_LIBDIR="+test.libdir)
			does(t, nil, "cmake", "--build", build)
			does(t, []string{"DESTDIR=" + stage}, "cmake", "--install", build)
			if again := does(t, nil, "cmake", "--build", build); strings.Contains(again, "Compiling") {
				t.Errorf("nothing has changed, and it is built again:\n%s", again)
			}
			if err := os.Rename(filepath.Join(stage, "opt/shmbridge"), prefix); err != nil {
				t.Fatal(err)
			}
			checkLibrary(t, filepath.Join(prefix, test.libdir), build)
			checkQtpeer(t, prefix)
			consumeByCMake(t, test.generator, prefix, test.c, test.cxx)
			consumeByPkgConfig(t, filepath.Join(prefix, test.libdir), test.c, test.cxx)
		})
	}
}

// checkLibrary looks at the links to the library, and for traces of where it was built.
func checkLibrary(t *testing.T, libdir, build string) {
	t.Helper()
	soname := "libshmbridge.so." + headerNumber(t, "ABI_VERSION")
	file := fmt.Sprintf("libshmbridge.so.%s.%s.%s", headerNumber(t, "VERSION_MAJOR"), headerNumber(t, "VERSION_MINOR"), headerNumber(t, "VERSION_PATCH"))
	for link, want := range map[string]string{"libshmbridge.so": soname, soname: file} {
		if to, err := os.Readlink(filepath.Join(libdir, link)); err != nil || to != want {
			t.Errorf("%s leads to %q, %v; want %s", link, to, err, want)
		}
	}
	library, err := elf.Open(filepath.Join(libdir, file))
	if err != nil {
		t.Fatal(err)
	}
	defer library.Close()
	for tag, want := range map[elf.DynTag][]string{elf.DT_SONAME: {soname}, elf.DT_RUNPATH: nil, elf.DT_RPATH: nil} {
		if got, err := library.DynString(tag); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v is %q, %v; want %q", tag, got, err, want)
		}
	}
	for _, path := range []string{filepath.Join(libdir, file), filepath.Join(libdir, "pkgconfig/shmbridge.pc"), filepath.Join(libdir, "cmake/shmbridge/shmbridgeTargets.cmake")} {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
		}
		for _, place := range []string{build, absolute(t, ".")} {
			if bytes.Contains(content, []byte(place)) {
				t.Errorf("%s says where it was built: %s", path, place)
			}
		}
	}
}

// headerNumber is the value of a macro.
func headerNumber(t *testing.T, macro string) string {
	t.Helper()
	header, err := os.ReadFile(absolute(t, "include/shmbridge.h"))
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`(?m)^#define SHMBRIDGE_` + macro + ` (\d+)$`).FindSubmatch(header)
	if match == nil {
		t.Fatalf("shmbridge.h has no number %s", macro)
	}
	return string(match[1])
}

func consumeByCMake(t *testing.T, generator, prefix, c, cxx string) {
	t.Helper()
	build := t.TempDir()
	does(t, nil, "cmake", "-S", absolute(t, "tests/capi/consumers/cmake"), "-B", build, "-G", generator,
		"-DCMAKE_PREFIX_PATH="+prefix, "-DCMAKE_C_COMPILER="+c, "-DCMAKE_CXX_COMPILER="+cxx)
	does(t, nil, "cmake", "--build", build)
	greet(t, build)
}

func consumeByPkgConfig(t *testing.T, libdir, c, cxx string) {
	t.Helper()
	build := t.TempDir()
	does(t, []string{"PKG_CONFIG_PATH=" + filepath.Join(libdir, "pkgconfig")}, "make", "-C", build,
		"-f", absolute(t, "tests/capi/consumers/pkg-config/Makefile"), "CC="+c, "CXX="+cxx)
	greet(t, build)
}

// greet runs the programs of a consumer. The static ones must do without the shared library.
func greet(t *testing.T, dir string) {
	t.Helper()
	for program, language := range map[string]string{"c-shmbridge": "C", "c-static": "C", "cpp-shmbridge": "C++", "cpp-static": "C++"} {
		path := filepath.Join(dir, program)
		if out := run(t, path); !strings.HasPrefix(out, "hello from shmbridge ") || !strings.HasSuffix(out, " in "+language+"\n") {
			t.Errorf("%s says %q", program, out)
		}
		file, err := elf.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		needed, err := file.ImportedLibraries()
		if shared := slices.ContainsFunc(needed, func(l string) bool { return strings.Contains(l, "shmbridge") }); err != nil || shared != strings.HasSuffix(program, "-shmbridge") {
			t.Errorf("%s needs %q, %v", program, needed, err)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestWithoutGo configures where there is no Go, or an old one: the message says what to do.
func TestWithoutGo(t *testing.T) {
	old := filepath.Join(t.TempDir(), "go")
	if err := os.WriteFile(old, []byte("#!/bin/sh\necho go1.4.2\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for executable, want := range map[string]string{"GO_EXECUTABLE-NOTFOUND": "install Go 1.26", old: "needs Go 1.26"} {
		cmd := exec.CommandContext(t.Context(), "cmake", "-S", absolute(t, "."), "-B", t.TempDir(), "-DGO_EXECUTABLE="+executable,
			"-DCMAKE_FIND_USE_SYSTEM_ENVIRONMENT_PATH=OFF", "-DCMAKE_SYSTEM_IGNORE_PATH=/usr/local/bin;/usr/bin", "-DCMAKE_C_COMPILER=/usr/bin/cc",
			"-DCMAKE_LINKER=/usr/bin/ld", "-DCMAKE_AR=/usr/bin/ar", "-DCMAKE_MAKE_PROGRAM=/usr/bin/make")
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(strings.Join(strings.Fields(string(out)), " "), want) {
			t.Errorf("%s: %v, want %q:\n%s", executable, err, want, out)
		}
	}
}
