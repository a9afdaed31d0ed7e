package bridge

import (
	"errors"
	"strings"
	"testing"
)

func TestListWithoutFamilies(t *testing.T) {
	all, err := List()
	if can := len(backends) > 0; can != (err == nil) {
		t.Fatalf("%v, %v", all, err)
	}
	if err != nil && (all != nil || !errors.Is(err, errors.ErrUnsupported) || CodeOf(err) != CodeUnsupported || !strings.HasPrefix(err.Error(), "list objects: unsupported operation")) {
		t.Errorf("%v, %v", all, err)
	}
}

func TestLegacyName(t *testing.T) {
	const sha = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3" // of "test"
	for base, want := range map[string]string{
		"qipc_sharedmemory_test" + sha:  "test",
		"qipc_systemsem_test" + sha:     "test",
		"qipc_sharedmemory_tes" + sha:   "", // of a name with more than letters
		"qipc_sharedmemory_" + sha:      "",
		"qipc_sharedmemory_":            "",
		"/qipc_sharedmemory_test" + sha: "",
		"test" + sha:                    "",
		"":                              "",
	} {
		if name := legacyName(base); name != want {
			t.Errorf("%s: %q, want %q", base, name, want)
		}
	}
	if lock, isLegacy := lockName("qipc_sharedmemory_test" + sha); lock != "qipc_systemsem_test"+sha || !isLegacy {
		t.Errorf("lock %s, %v", lock, isLegacy)
	}
	if _, isLegacy := lockName("test"); isLegacy {
		t.Error("a bare name has the lock of a legacy key")
	}
}
