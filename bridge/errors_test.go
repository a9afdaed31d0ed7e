package bridge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestCodeOf(t *testing.T) {
	kernel := func(errno syscall.Errno) error { return os.NewSyscallError("shmget", errno) }
	for _, c := range []struct {
		err  error
		code Code
	}{
		{nil, CodeNoError},
		{kernel(syscall.EACCES), CodePermissionDenied},
		{kernel(syscall.EEXIST), CodeAlreadyExists},
		{kernel(syscall.ENOENT), CodeNotFound},
		{kernel(syscall.EIO), CodeUnknownError},
		{fmt.Errorf("%w: %w", errKeyFile, kernel(syscall.EACCES)), CodeKeyError},
		{fmt.Errorf("%w 0: %w", ErrSize, kernel(syscall.EINVAL)), CodeInvalidSize},
		{fs.ErrNotExist, CodeNotFound},
		{context.DeadlineExceeded, CodeTimeout},
		{context.Canceled, CodeCanceled},
		{fs.ErrClosed, CodeDetached},
		{errors.ErrUnsupported, CodeUnsupported},
		{ipckey.ErrEmptyKey, CodeKeyError},
	} {
		for _, err := range []error{c.err, wrap("attach", ipckey.Key{}, c.err)} {
			if got := CodeOf(err); got != c.code {
				t.Errorf("%v: code %d, want %d", err, got, c.code)
			}
		}
	}
}

// The numbers are part of the interface: 0 to 8 are QSharedMemory::SharedMemoryError.
func TestCodesNeverChange(t *testing.T) {
	for i, c := range []Code{CodeNoError, CodePermissionDenied, CodeInvalidSize, CodeKeyError, CodeAlreadyExists, CodeNotFound, CodeLockError, CodeOutOfResources, CodeUnknownError} {
		if int(c) != i {
			t.Errorf("code %d should be %d", c, i)
		}
	}
	for i, c := range []Code{CodeTimeout, CodeCanceled, CodeDetached, CodeNotLocked, CodeReadOnly, CodeInUse, CodeLockLost, CodeRange, CodeUnsupported} {
		if int(c) != 100+i {
			t.Errorf("code %d should be %d", c, 100+i)
		}
	}
}

func TestErrorText(t *testing.T) {
	cause := hinted{os.NewSyscallError("shmget", syscall.ENOENT), "do this"}
	legacy := ipckey.Key{Type: ipckey.SystemV, Native: "/tmp/qipc_x", Legacy: "demo"}
	native := ipckey.Key{Type: ipckey.SystemV, Native: "/tmp/x"}
	reason := syscall.ENOENT.Error()
	for key, want := range map[ipckey.Key]string{
		legacy: `attach "demo" (systemv:/tmp/qipc_x): shmget: ` + reason + `: do this`,
		native: `attach (systemv:/tmp/x): shmget: ` + reason + `: do this`,
	} {
		err := wrap("attach", key, cause)
		if err.Error() != want {
			t.Errorf("%s\nwant %s", err, want)
		}
		var sys *os.SyscallError
		if !errors.As(err, &sys) || sys.Err != syscall.ENOENT {
			t.Errorf("the kernel's error is lost in %#v", err)
		}
	}
	if wrap("attach", legacy, nil) != nil {
		t.Error("an error without a cause")
	}
}

func TestErrorKeepsEverythingThatWentWrong(t *testing.T) {
	second := errors.New("second")
	err := wrap("detach", ipckey.Key{}, errors.Join(hinted{syscall.EACCES, "a hint"}, second))
	if !errors.Is(err, second) || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("lost a cause: %v", err)
	}
}
