package ipckey

import (
	"os"
	"os/exec"
	"testing"
)

// TestLegacyInFIPSOnlyProcess derives keys in a process that may use approved algorithms only, where a plain call of
// SHA-1 panics.
func TestLegacyInFIPSOnlyProcess(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^TestLegacyVectors$", "-test.v")
	cmd.Env = append(os.Environ(), "GODEBUG=fips140=only")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %v\n%s", cmd, err, out)
	}
}
