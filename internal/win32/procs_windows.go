package win32

import (
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"
)

// What golang.org/x/sys/windows lacks.
var (
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")
	ntdll    = windows.NewLazySystemDLL("ntdll.dll")

	openFileMapping  = kernel32.NewProc("OpenFileMappingW")
	createSemaphore  = kernel32.NewProc("CreateSemaphoreW")
	openSemaphore    = kernel32.NewProc("OpenSemaphoreW")
	releaseSemaphore = kernel32.NewProc("ReleaseSemaphore")

	ntQueryObject    = ntdll.NewProc("NtQueryObject")
	ntQuerySection   = ntdll.NewProc("NtQuerySection")
	ntQuerySemaphore = ntdll.NewProc("NtQuerySemaphore")

	ntOpenDirectoryObject  = ntdll.NewProc("NtOpenDirectoryObject")
	ntQueryDirectoryObject = ntdll.NewProc("NtQueryDirectoryObject")
)

// call calls a function that returns 0 when it fails. Its error has the name without the W for UTF-16.
//
//go:uintptrescapes
func call(proc *windows.LazyProc, args ...uintptr) (uintptr, error) {
	r, _, errno := syscall.SyscallN(proc.Addr(), args...)
	if r == 0 {
		return 0, os.NewSyscallError(strings.TrimSuffix(proc.Name, "W"), errno)
	}
	return r, nil
}

// nt calls a function that returns an NTSTATUS. Its error is the one that kernel32's functions give for that status.
//
//go:uintptrescapes
func nt(name string, proc *windows.LazyProc, args ...uintptr) error {
	if err := proc.Find(); err != nil {
		return err
	}
	if status, _, _ := syscall.SyscallN(proc.Addr(), args...); int32(status) < 0 {
		return os.NewSyscallError(name, windows.NTStatus(status).Errno())
	}
	return nil
}

// maxName is how many units of a name count: RtlInitUnicodeString cuts off what is beyond them.
const maxName = 32766

// utf16 converts a name. An unpaired surrogate, which is not UTF-8, is written as in WTF-8.
func utf16(function, name string) (*uint16, error) {
	units, err := windows.UTF16FromString(name)
	switch {
	case err != nil, windows.UTF16ToString(units) != name: // it has a NUL, or is another name than the kernel would see
		err = windows.ERROR_INVALID_NAME
	case len(units) > maxName+1:
		err = windows.ERROR_FILENAME_EXCED_RANGE
	}
	if err != nil {
		return nil, os.NewSyscallError(function, err)
	}
	return &units[0], nil
}
