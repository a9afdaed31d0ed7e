//go:build linux

package sysv

import (
	"errors"
	"os"
	"testing"
)

func errnoOf(err error) error {
	var sys *os.SyscallError
	if errors.As(err, &sys) {
		return sys.Err
	}
	return nil
}

func TestSegmentLife(t *testing.T) {
	id := newShm(t, 4097)
	a, err := Shmat(id, false)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Shmat(id, true)
	if err != nil {
		t.Fatal(err)
	}
	copy(a, "hello")
	if string(b[:5]) != "hello" || len(b) != 4097 {
		t.Errorf("the other mapping has %d bytes, %q", len(b), b[:5])
	}
	info, err := Shmstat(id)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size != 4097 || info.Attached != 2 || info.Mode != 0o600 || int(info.UID) != os.Geteuid() ||
		info.CreatorPID != os.Getpid() || info.LastPID != os.Getpid() || info.AtTime == 0 || info.DtTime != 0 {
		t.Errorf("%+v", info)
	}
	if err := Shmrm(id); err != nil {
		t.Fatal(err)
	}
	for _, mem := range [][]byte{a, b} {
		if err := Shmdt(mem); err != nil {
			t.Error(err)
		}
	}
	if _, err := Shmstat(id); errnoOf(err) != EINVAL && errnoOf(err) != EIDRM {
		t.Errorf("after the last detach: %v, want EINVAL or EIDRM", err)
	}
}

func TestShmgetErrors(t *testing.T) {
	key := newKey(t)
	if _, err := Shmget(key, 0, 0o600); errnoOf(err) != ENOENT {
		t.Errorf("missing: %v, want ENOENT", err)
	}
	if _, err := Shmget(key, 0, 0o600|Create|Exclusive); errnoOf(err) != EINVAL {
		t.Errorf("size 0: %v, want EINVAL", err)
	}
	id, err := Shmget(key, 1, 0o600|Create|Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := Shmrm(id); err != nil {
			t.Error(err)
		}
	}()
	if _, err := Shmget(key, 1, 0o600|Create|Exclusive); errnoOf(err) != EEXIST {
		t.Errorf("again: %v, want EEXIST", err)
	}
	if found, err := Shmget(key, 0, 0); err != nil || found != id {
		t.Errorf("found %d, %v; want %d", found, err, id)
	}
}

func TestShmErrorsNameTheCall(t *testing.T) {
	_, at := Shmat(-1, false)
	_, stat := Shmstat(-1)
	for err, call := range map[error]string{at: "shmat", stat: "shmctl", Shmrm(-1): "shmctl", Shmdt(nil): "shmdt"} {
		var sys *os.SyscallError
		if !errors.As(err, &sys) || sys.Syscall != call || sys.Err != EINVAL {
			t.Errorf("%v, want %s: EINVAL", err, call)
		}
	}
}
