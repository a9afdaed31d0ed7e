//go:build linux

package sysv

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

const (
	EINVAL = unix.EINVAL
	EIDRM  = unix.EIDRM
	ENOENT = unix.ENOENT
	EEXIST = unix.EEXIST
)

func try(t *testing.T, id int, n int16, want bool) {
	t.Helper()
	if ok, err := SemTry(id, n, true); ok != want || err != nil {
		t.Fatalf("add %d: %v, %v; want %v", n, ok, err, want)
	}
}

func TestSemTry(t *testing.T) {
	id := newSem(t, 1)
	try(t, id, -1, true)
	wantValue(t, id, 0)
	try(t, id, -1, false)
	try(t, id, 3, true)
	wantValue(t, id, 3)
	if _, err := SemTry(id, SemMax, false); errnoOf(err) != unix.ERANGE {
		t.Errorf("3 + %d: %v, want ERANGE", SemMax, err)
	}
	wantValue(t, id, 3)
}

func TestSemTryDoesNotAllocate(t *testing.T) {
	id := newSem(t, 1)
	allocs := testing.AllocsPerRun(100, func() {
		try(t, id, -1, true)
		try(t, id, 1, true)
	})
	if allocs != 0 {
		t.Errorf("%v allocations for a pair", allocs)
	}
}

func TestSemStateBeforeAndAfterFirstUse(t *testing.T) {
	id, err := Semget(newKey(t), 1, 0o600|Create|Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := Semrm(id); err != nil {
			t.Error(err)
		}
	}()
	if pid, err := SemLastPID(id); err != nil || pid != 0 {
		t.Errorf("fresh set: last pid %d, %v; want 0", pid, err)
	}
	wantValue(t, id, 0)
	if err := SemSetValue(id, 7); err != nil {
		t.Fatal(err)
	}
	wantValue(t, id, 7)
	if pid, err := SemLastPID(id); err != nil || pid != os.Getpid() {
		t.Errorf("after SETVAL: last pid %d, %v; want %d", pid, err, os.Getpid())
	}
	if uid, mode, err := SemOwner(id); err != nil || int(uid) != os.Geteuid() || mode != 0o600 {
		t.Errorf("owner %d, mode %o, %v", uid, mode, err)
	}
}

func TestSemgetErrors(t *testing.T) {
	key := newKey(t)
	if _, err := Semget(key, 1, 0o600); errnoOf(err) != ENOENT {
		t.Errorf("missing: %v, want ENOENT", err)
	}
	id, err := Semget(key, 1, 0o600|Create|Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Semget(key, 1, 0o600|Create|Exclusive); errnoOf(err) != EEXIST {
		t.Errorf("again: %v, want EEXIST", err)
	}
	if err := Semrm(id); err != nil {
		t.Fatal(err)
	}
	_, tryErr := SemTry(id, -1, true)
	for _, err := range []error{tryErr, Semrm(id), SemSetValue(id, 1)} {
		if !isGone(err) {
			t.Errorf("after removal: %v, want EINVAL or EIDRM", err)
		}
	}
	if _, _, err := SemOwner(id); !isGone(err) {
		t.Errorf("owner after removal: %v", err)
	}
}
