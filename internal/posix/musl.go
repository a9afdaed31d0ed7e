//go:build linux

package posix

import (
	"fmt"
	"path/filepath"
)

// Where the program loaders of the C libraries are.
var muslLoader, glibcLoader = "/lib/ld-musl-*", "/lib*/ld-linux*"

// rejectMusl fails with ErrLayout if programs linked with musl use a semaphore of this name. Theirs has a file without
// "sem." (musl src/thread/sem_open.c) and of the same size, so that a semaphore of ours beside it would exclude nobody.
// Shared memory of the same name and size looks the same from outside: only on a system of musl does it count as one.
func rejectMusl(name string) error {
	there, err := ShmStat(name)
	if err != nil || there.Size != imageSize || !exists(muslLoader) || exists(glibcLoader) {
		return nil
	}
	path, _ := file("", name)
	return fmt.Errorf("sem_open: %s: %w: it is one of musl, which this system's programs use: share System V objects with them instead",
		path, ErrLayout)
}

func exists(pattern string) bool {
	found, _ := filepath.Glob(pattern)
	return len(found) > 0
}
