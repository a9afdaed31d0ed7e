//go:build !windows

package bridge

import (
	"os"
	"syscall"
	"testing"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func TestCodeOfSystemErrors(t *testing.T) {
	for errno, code := range map[syscall.Errno]Code{
		syscall.ENAMETOOLONG: CodeKeyError, syscall.ENOTDIR: CodeKeyError,
		syscall.ENOMEM: CodeOutOfResources, syscall.ENOSPC: CodeOutOfResources, syscall.EMFILE: CodeOutOfResources,
		syscall.ERANGE: CodeOutOfResources, syscall.EOVERFLOW: CodeOutOfResources,
	} {
		if got := CodeOf(wrap("create", ipckey.Key{}, os.NewSyscallError("shmget", errno))); got != code {
			t.Errorf("%v: code %d, want %d", errno, got, code)
		}
	}
}
