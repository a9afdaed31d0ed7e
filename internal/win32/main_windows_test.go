package win32

import (
	"crypto/rand"
	"errors"
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// newName makes a random name.
func newName() string { return "Test" + rand.Text() }

func createMapping(t *testing.T, name string, size int64) Handle {
	t.Helper()
	h, err := CreateMapping(name, size)
	if err != nil {
		t.Fatal(err)
	}
	closeLater(t, h)
	return h
}

func createSem(t *testing.T, name string, initial int) Handle {
	t.Helper()
	h, err := CreateSemaphore(name, initial)
	if err != nil {
		t.Fatal(err)
	}
	closeLater(t, h)
	return h
}

func closeLater(t *testing.T, h Handle) {
	t.Cleanup(func() { closeNow(t, h) })
}

func closeNow(t *testing.T, h Handle) {
	t.Helper()
	if err := Close(h); err != nil {
		t.Error(err)
	}
}

func wantValue(t *testing.T, h Handle, want int) {
	t.Helper()
	if got, err := Value(h); got != want || err != nil {
		t.Errorf("the value is %d, %v; want %d", got, err, want)
	}
}

// wantError wants the error of a function of Windows.
func wantError(t *testing.T, err error, function string, want syscall.Errno) {
	t.Helper()
	var e *os.SyscallError
	if !errors.As(err, &e) || e.Syscall != function || e.Err != want {
		t.Errorf("%v; want %v of %s", err, want, function)
	}
}

// access returns what a handle may be used for.
func access(t *testing.T, h Handle) uint32 {
	t.Helper()
	var info objectBasicInformation
	if err := nt("NtQueryObject", ntQueryObject, uintptr(h), 0, uintptr(unsafe.Pointer(&info)), unsafe.Sizeof(info), 0); err != nil {
		t.Fatal(err)
	}
	return info.access
}
