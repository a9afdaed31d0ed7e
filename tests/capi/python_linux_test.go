package capi

import (
	"os/exec"
	"strings"
	"testing"
)

func TestPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Fatal(err)
	}
	for _, keyType := range []string{systemV, posix} {
		out := run(t, python, "python/ctypes_demo.py", built(t, "stage/lib/libshmbridge.so"), keyType)
		if !strings.HasSuffix(out, "from Python: ok\n") {
			t.Errorf("%s: %s", keyType, out)
		}
	}
}
