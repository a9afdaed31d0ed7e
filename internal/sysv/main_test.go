//go:build linux

package sysv

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/shmbridge/shmbridge/internal/ipctest"
)

// newKey makes a key file of its own and returns its key.
func newKey(t *testing.T) int32 {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	if _, _, err := CreateKeyFile(path); err != nil {
		t.Fatal(err)
	}
	file, err := StatKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file.Key('Q')
}

// newSem makes a semaphore set that the test removes.
func newSem(t *testing.T, value int) int {
	t.Helper()
	id, err := Semget(newKey(t), 1, 0o600|Create|Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := Semrm(id); err != nil && !isGone(err) {
			t.Errorf("remove semaphore set %d: %v", id, err)
		}
	})
	if err := SemSetValue(id, value); err != nil {
		t.Fatal(err)
	}
	return id
}

// newShm makes a segment that the test removes.
func newShm(t *testing.T, size int) int {
	t.Helper()
	id, err := Shmget(newKey(t), size, 0o600|Create|Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := Shmrm(id); err != nil && !isGone(err) {
			t.Errorf("remove segment %d: %v", id, err)
		}
	})
	return id
}

func isGone(err error) bool { return errnoOf(err) == EINVAL || errnoOf(err) == EIDRM }

func wantValue(t *testing.T, id, want int) {
	t.Helper()
	got, err := SemValue(id)
	if err != nil || got != want {
		t.Fatalf("value %d, %v; want %d", got, err, want)
	}
}

func TestMain(m *testing.M) { os.Exit(ipctest.Run(m)) }
