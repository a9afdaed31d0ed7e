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

func TestSemTry(t *testing.T) {
	id := newSem(t, 1)
	if err := SemTry(id, -1, true); err != nil {
		t.Fatal(err)
	}
	wantValue(t, id, 0)
	if err := SemTry(id, -1, true); errnoOf(err) != unix.EAGAIN {
		t.Errorf("take from 0: %v, want EAGAIN", err)
	}
	if err := SemTry(id, 3, true); err != nil {
		t.Fatal(err)
	}
	wantValue(t, id, 3)
	if err := SemTry(id, SemMax, false); errnoOf(err) != unix.ERANGE {
		t.Errorf("3 + %d: %v, want ERANGE", SemMax, err)
	}
	wantValue(t, id, 3)
}

func TestSemTryDoesNotAllocate(t *testing.T) {
	id := newSem(t, 1)
	allocs := testing.AllocsPerRun(100, func() {
		if SemTry(id, -1, true) != nil || SemTry(id, 1, true) != nil {
			t.Fatal("free semaphore not taken")
		}
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
	if uid, err := SemOwner(id); err != nil || int(uid) != os.Geteuid() {
		t.Errorf("owner %d, %v", uid, err)
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
	for _, err := range []error{SemTry(id, -1, true), Semrm(id), SemSetValue(id, 1)} {
		if !isGone(err) {
			t.Errorf("after removal: %v, want EINVAL or EIDRM", err)
		}
	}
	if _, err := SemOwner(id); !isGone(err) {
		t.Errorf("owner after removal: %v", err)
	}
}
