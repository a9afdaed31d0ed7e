package capi

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestInstallationForWindows builds and installs the library for Windows, moves what was installed to another place, and lets
// programs outside use it there.
func TestInstallationForWindows(t *testing.T) {
	build, prefix, toolchain := t.TempDir(), filepath.Join(t.TempDir(), "moved"), absolute(t, "cmake/mingw-w64-x86_64.cmake")
	does(t, nil, "cmake", "-S", absolute(t, "."), "-B", build, "-G", "Ninja", "--toolchain", toolchain)
	does(t, nil, "cmake", "--build", build)
	does(t, nil, "cmake", "--install", build, "--prefix", prefix+".before")
	if again := does(t, nil, "cmake", "--build", build); strings.Contains(again, "Compiling") {
		t.Errorf("nothing has changed, and it is built again:\n%s", again)
	}
	if err := os.Rename(prefix+".before", prefix); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"bin/shmbridge.dll", "lib/libshmbridge.dll.a", "lib/libshmbridge.a", "lib/shmbridge.def", "lib/pkgconfig/shmbridge.pc", "lib/cmake/shmbridge/shmbridgeTargets.cmake", "include/shmbridge.h"} {
		content := []byte(read(t, filepath.Join(prefix, file)))
		for _, place := range []string{build, absolute(t, ".")} {
			if bytes.Contains(content, []byte(place)) {
				t.Errorf("%s says where it was built: %s", file, place)
			}
		}
	}

	command, library := wine(t), []byte(read(t, filepath.Join(prefix, "bin/shmbridge.dll")))
	cmake, pkgConfig := t.TempDir(), t.TempDir()
	does(t, nil, "cmake", "-S", absolute(t, "tests/capi/consumers/cmake"), "-B", cmake, "-G", "Ninja", "--toolchain", toolchain,
		"-DCMAKE_PREFIX_PATH="+prefix, "-DCMAKE_EXE_LINKER_FLAGS=-static")
	does(t, nil, "cmake", "--build", cmake)
	greetOnWindows(t, command, cmake, library, "C", "C++")
	does(t, []string{"PKG_CONFIG_PATH=" + filepath.Join(prefix, "lib/pkgconfig")}, "make", "-C", pkgConfig,
		"-f", absolute(t, "tests/capi/consumers/pkg-config/Makefile"), "CC="+mingwC, "c-shmbridge", "c-static")
	greetOnWindows(t, command, pkgConfig, library, "C")
}

// greetOnWindows runs the programs of a consumer, beside which the library lies. The static ones must do without it.
func greetOnWindows(t *testing.T, wine, dir string, library []byte, languages ...string) {
	t.Helper()
	beside := filepath.Join(dir, "shmbridge.dll")
	for _, kind := range []string{"static", "shmbridge"} {
		if kind == "shmbridge" {
			if err := os.WriteFile(beside, library, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, language := range languages {
			path := filepath.Join(dir, map[string]string{"C": "c-", "C++": "cpp-"}[language]+kind+".exe")
			if out, want := run(t, wine, path), "hello from shmbridge "+headerVersion(t)+" in "+language+"\r\n"; out != want {
				t.Errorf("%s says %q, want %q", path, out, want)
			}
			if shared := slices.Contains(openDLL(t, path).needs(t), "shmbridge.dll"); shared != (kind == "shmbridge") {
				t.Errorf("%s needs shmbridge.dll: %v", path, shared)
			}
		}
	}
}
