package capi

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// memcheck sees what Go does to C's memory, which compiled-in checks do not: overruns and leaks of what it allocates there.
// It mistakes Go's change of stacks, where a goroutine is interrupted or scanned, so that must not be; and it cannot follow
// programs that start themselves again.
func TestMemcheck(t *testing.T) {
	valgrind, err := exec.LookPath("valgrind")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GODEBUG", "asyncpreemptoff=1")
	t.Setenv("GOGC", "off")
	for _, program := range []string{"copy", "errors", "keys", "text"} {
		run(t, valgrind, "--quiet", "--error-exitcode=1", "--suppressions=valgrind.supp",
			"--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite",
			filepath.Join(built(t, "bin"), "c-"+program))
	}
}
