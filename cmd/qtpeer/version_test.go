package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The version is that of the C library, whose header has it for CMake, pkg-config and the programs that include it.
func TestVersionIsTheHeaders(t *testing.T) {
	header, err := os.ReadFile("../../include/shmbridge.h")
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, m := range regexp.MustCompile(`#define SHMBRIDGE_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)`).FindAllStringSubmatch(string(header), -1) {
		parts = append(parts, m[1])
	}
	if got := strings.Join(parts, "."); got != version {
		t.Errorf("shmbridge.h says %s, qtpeer %s", got, version)
	}
}
