package ipctest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

func TestMain(m *testing.M) { os.Exit(Run(m)) }

func TestLeftoversSeesEachKind(t *testing.T) {
	dir := t.TempDir()
	if left, err := Leftovers(dir); err != nil || len(left) != 0 {
		t.Fatalf("before: %q, %v", left, err)
	}
	if _, err := sysv.CreateKeyFile(filepath.Join(dir, "qipc_x")); err != nil {
		t.Fatal(err)
	}
	shm, err := sysv.Shmget(0x51000001, 1, 0o600|sysv.Create)
	if err != nil {
		t.Fatal(err)
	}
	sem, err := sysv.Semget(0x51000001, 1, 0o600|sysv.Create)
	if err != nil {
		t.Fatal(err)
	}
	left, err := Leftovers(dir)
	if err != nil || len(left) != 3 {
		t.Errorf("%q, %v; want a segment, a semaphore and a file", left, err)
	}
	if got := strings.Join(left, "\n"); !strings.Contains(got, "qipc_x") {
		t.Errorf("no key file in %q", got)
	}
	if err := sysv.Shmrm(shm); err != nil {
		t.Error(err)
	}
	if err := sysv.Semrm(sem); err != nil {
		t.Error(err)
	}
}

func TestTmpdirIsPrivate(t *testing.T) {
	if dir := os.Getenv("TMPDIR"); !strings.HasPrefix(filepath.Base(dir), "shmbridge-test-") {
		t.Errorf("TMPDIR=%s", dir)
	}
}
