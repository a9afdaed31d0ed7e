package win32

import (
	"context"
	"math"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// SemaphoreMax is the largest value of a semaphore that CreateSemaphore makes.
const SemaphoreMax = math.MaxInt32

// CreateSemaphore opens the semaphore of that name, whatever its value, or makes one with the value initial.
func CreateSemaphore(name string, initial int) (Handle, error) {
	p, err := utf16("CreateSemaphore", name)
	if err != nil {
		return 0, err
	}
	h, err := call(createSemaphore, 0, uintptr(initial), SemaphoreMax, uintptr(unsafe.Pointer(p)))
	return Handle(h), err
}

// OpenSemaphore opens the semaphore of that name.
func OpenSemaphore(name string) (Handle, error) {
	p, err := utf16("OpenSemaphore", name)
	if err != nil {
		return 0, err
	}
	h, err := call(openSemaphore, windows.SEMAPHORE_ALL_ACCESS, 0, uintptr(unsafe.Pointer(p)))
	return Handle(h), err
}

// Release adds n to a semaphore. Above its maximum it is ERROR_TOO_MANY_POSTS, and the value stays.
func Release(h Handle, n int) error {
	_, err := call(releaseSemaphore, uintptr(h), uintptr(n), 0)
	return err
}

// TryWait takes one from a semaphore if it has one, and reports whether it did.
func TryWait(h Handle) (bool, error) {
	event, err := windows.WaitForSingleObject(windows.Handle(h), 0)
	return err == nil && event == windows.WAIT_OBJECT_0, os.NewSyscallError("WaitForSingleObject", err)
}

// Wait takes one from a semaphore and waits for it until ctx ends. If both come at once it takes one; what it fails
// with, context.Cause of ctx, therefore always means that nothing was taken. It takes a thread while it waits.
func Wait(ctx context.Context, h Handle) error {
	ended, err := windows.CreateEvent(nil, 1, 0, nil)
	if err != nil {
		return os.NewSyscallError("CreateEvent", err)
	}
	defer func() { _ = windows.CloseHandle(ended) }()
	set := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		_ = windows.SetEvent(ended)
		close(set)
	})
	event, err := windows.WaitForMultipleObjects([]windows.Handle{windows.Handle(h), ended}, false, windows.INFINITE)
	if !stop() {
		<-set
	}
	if err != nil {
		return os.NewSyscallError("WaitForMultipleObjects", err)
	}
	if event != windows.WAIT_OBJECT_0 {
		return context.Cause(ctx)
	}
	return nil
}

// semaphoreBasicInformation is SEMAPHORE_BASIC_INFORMATION, which NtQuerySemaphore fills.
type semaphoreBasicInformation struct{ value, max int32 }

// Value returns the value of a semaphore. How many wait for it cannot be asked.
func Value(h Handle) (int, error) {
	var info semaphoreBasicInformation
	err := nt("NtQuerySemaphore", ntQuerySemaphore, uintptr(h), 0, uintptr(unsafe.Pointer(&info)), unsafe.Sizeof(info), 0)
	return int(info.value), err
}
