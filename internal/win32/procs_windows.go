package win32

import (
	"os"
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

// call calls a function that returns 0 when it fails.
//
//go:uintptrescapes
func call(proc *windows.LazyProc, args ...uintptr) (uintptr, error) {
	r, _, errno := syscall.SyscallN(proc.Addr(), args...)
	if r == 0 {
		return 0, os.NewSyscallError(proc.Name, errno)
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

// utf16 converts a name. What is not UTF-8, a surrogate of which the other half is missing, stays what it is.
func utf16(function, name string) (*uint16, error) {
	p, err := windows.UTF16PtrFromString(name)
	if err != nil {
		err = windows.ERROR_INVALID_NAME // it has a NUL
	}
	return p, os.NewSyscallError(function, err)
}
