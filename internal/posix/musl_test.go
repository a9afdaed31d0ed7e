//go:build linux

package posix

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file of musl's name and size counts where musl is the system's C library, and nowhere else.
func TestSemaphoreOfMusl(t *testing.T) {
	musl, glibc := muslLoader, glibcLoader
	defer func() { muslLoader, glibcLoader = musl, glibc }()
	there := filepath.Join(t.TempDir(), "ld.so")
	if err := os.WriteFile(there, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	missing := there + ".missing"
	for _, c := range []struct {
		libc        string
		musl, glibc string
		size        int64
		refused     bool
	}{
		{"musl", there, missing, imageSize, true},
		{"musl, shared memory", there, missing, imageSize + 1, false},
		{"both", there, there, imageSize, false},
		{"glibc", missing, there, imageSize, false},
		{"neither", missing, missing, imageSize, false},
	} {
		muslLoader, glibcLoader = c.musl, c.glibc
		_, name := newShm(t, c.size)
		_, opened := SemOpen(name)
		created := semCreate(name)
		if c.refused {
			for _, err := range []error{opened, created} {
				if !errors.Is(err, ErrLayout) || !strings.Contains(err.Error(), "musl") || !strings.Contains(err.Error(), Dir+name) {
					t.Errorf("%s: %v, want ErrLayout, musl and the path", c.libc, err)
				}
			}
			continue
		}
		if !errors.Is(opened, os.ErrNotExist) || created != nil {
			t.Errorf("%s: open %v, create %v; want ENOENT, nil", c.libc, opened, created)
		}
		removeSems(t, name)
	}
}
