package bridge

import (
	"os"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
	"golang.org/x/sys/windows"
)

// What QSharedMemoryPrivate::setErrorString of qsharedmemory_win.cpp makes of them, and of those that it calls unknown what says more.
func TestCodeOfSystemErrors(t *testing.T) {
	for errno, code := range map[syscall.Errno]Code{
		windows.ERROR_ALREADY_EXISTS:      CodeAlreadyExists,
		windows.ERROR_FILE_NOT_FOUND:      CodeNotFound,
		windows.ERROR_COMMITMENT_LIMIT:    CodeInvalidSize,
		windows.ERROR_NO_SYSTEM_RESOURCES: CodeOutOfResources,
		windows.ERROR_NOT_ENOUGH_MEMORY:   CodeOutOfResources,
		windows.ERROR_ACCESS_DENIED:       CodePermissionDenied,
		windows.ERROR_DISK_FULL:           CodeOutOfResources,
		windows.ERROR_TOO_MANY_POSTS:      CodeOutOfResources,
		windows.ERROR_INVALID_HANDLE:      CodeUnknownError,
		windows.ERROR_GEN_FAILURE:         CodeUnknownError,
	} {
		if got := CodeOf(wrap("create", ipckey.Key{}, os.NewSyscallError("CreateFileMapping", errno))); got != code {
			t.Errorf("%d: code %d, want %d", errno, got, code)
		}
	}
}
