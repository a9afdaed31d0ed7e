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
	object := "/dev/shm/sem.x"
	for _, path := range []string{filepath.Join(dir, "qipc_x"), object} {
		if _, _, err := sysv.CreateKeyFile(path); err != nil {
			t.Fatal(err)
		}
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
	if err != nil || len(left) != 4 {
		t.Errorf("%q, %v; want a segment, a semaphore and two files", left, err)
	}
	if got := strings.Join(left, "\n"); !strings.Contains(got, "/qipc_x") || !strings.Contains(got, object) {
		t.Errorf("no key file or no POSIX object in %q", got)
	}
	if err := os.Remove(object); err != nil {
		t.Error(err)
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

func TestShmIsPrivateAndForEverybody(t *testing.T) {
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mounts), shmSource+" "+shmDir+" tmpfs ") {
		t.Errorf("no file system of our own on %s in\n%s", shmDir, mounts)
	}
	info, err := os.Stat(shmDir)
	if want := os.ModeDir | os.ModeSticky | 0o777; err != nil || info.Mode() != want {
		t.Errorf("%v, %v; want %v", info.Mode(), err, want)
	}
	if _, err := Leftovers(filepath.Join(t.TempDir(), "missing")); !os.IsNotExist(err) {
		t.Errorf("leftovers of a directory that is not there: %v", err)
	}
}
