package living

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// TestCrowd has thousands of other programs' objects and files around.
func TestCrowd(t *testing.T) {
	const each = 2500 // of segments and of semaphores, files and POSIX objects
	dir := t.TempDir()
	for i := range each {
		key := int32(0x52000000 + i)
		segment, err := sysv.Shmget(key, 1, 0o600|sysv.Create|sysv.Exclusive)
		if err != nil {
			t.Fatal(err)
		}
		set, err := sysv.Semget(key, 1, 0o600|sysv.Create|sysv.Exclusive)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := errors.Join(sysv.Shmrm(segment), sysv.Semrm(set)); err != nil {
				t.Error(err)
			}
		}()
		for _, path := range []string{filepath.Join(dir, fmt.Sprintf("file%d", i)), filepath.Join(shmDir, fmt.Sprintf("object%d", i))} {
			if err := os.WriteFile(path, []byte("not Qt's"), 0o600); err != nil {
				t.Fatal(err)
			}
			defer os.Remove(path)
		}
	}
	crowd := look(t, dir)
	leave(t, systemV, "left", dir)
	leave(t, posix, "left", dir)
	for _, args := range [][]string{{"ls"}, {"clean"}, {"clean", "--yes"}} {
		begin := time.Now()
		runs(t, dir, args...)
		t.Logf("%v among %d objects and files: %v", args, len(crowd), time.Since(begin))
	}
	wantAsBefore(t, crowd, dir)
}
