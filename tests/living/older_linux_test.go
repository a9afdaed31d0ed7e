package living

import (
	"encoding/json"
	"testing"
)

// TestCleanOlderThan leaves what was made a moment ago.
func TestCleanOlderThan(t *testing.T) {
	dir := t.TempDir()
	calm := look(t, dir)
	leave(t, systemV, "test", dir)
	leave(t, posix, "test", dir)
	left := look(t, dir)
	for _, args := range [][]string{{"clean", "--json"}, {"clean", "--yes", "--json", "--older-than", "1h"}} {
		if r := runs(t, dir, args...); !json.Valid([]byte(r.out)) {
			t.Errorf("%v: %v", args, r)
		}
		wantAsBefore(t, left, dir)
	}
	runs(t, dir, "clean", "--yes", "--older-than", "1ms")
	wantAsBefore(t, calm, dir)
}
