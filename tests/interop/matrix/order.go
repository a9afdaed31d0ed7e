package main

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/tests/interop"
)

// compareIDs orders peers: ours first, as builtPeers has them, then Qt by version.
func compareIDs(a, b string) int {
	return cmp.Or(slices.Compare(rank(a), rank(b)), strings.Compare(a, b))
}

func rank(id string) []int {
	for i, b := range built {
		if b.id == id && !strings.HasPrefix(id, "qt-") {
			return []int{0, i}
		}
	}
	var major, minor, patch int
	_, _ = fmt.Sscanf(id, "qt-%d.%d.%d", &major, &minor, &patch) // one without a version comes before the others
	return []int{1, major, minor, patch}
}

// archOf is the GOARCH of a peer's program.
func archOf(id string) string {
	for _, arch := range []string{"386", "arm64"} {
		if strings.HasSuffix(id, "-"+arch) {
			return arch
		}
	}
	if isWindows(id) {
		return "amd64"
	}
	return runtime.GOARCH
}

// isWindows reports whether a peer is a Windows program.
func isWindows(id string) bool { return interop.Home(id) != interop.Usual }
