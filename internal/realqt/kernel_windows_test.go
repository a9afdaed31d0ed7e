//go:build amd64

package realqt

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// What the kernel knows of named sections and semaphores: the tests compare Qt's answers with it.

var (
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")
	ntdll    = windows.NewLazySystemDLL("ntdll.dll")

	openFileMapping  = kernel32.NewProc("OpenFileMappingW")
	openSemaphore    = kernel32.NewProc("OpenSemaphoreW")
	heapWalk         = kernel32.NewProc("HeapWalk")
	getHeapHandle    = windows.NewLazySystemDLL("ucrtbase.dll").NewProc("_get_heap_handle")
	ntQuerySemaphore = ntdll.NewProc("NtQuerySemaphore")
)

// tempVariable is the environment variable that tells Qt the directory of temporary files.
const tempVariable = "TMP"

// notOfBuilds are the tests that need one library only.
const notOfBuilds = "^TestLoad|^TestEachBuild$"

// usualLibraries is the first that INTEROP_QT names: Windows has none of its own.
func usualLibraries() []string {
	given := strings.Fields(os.Getenv("INTEROP_QT"))
	return given[:min(1, len(given))]
}

// hasGui reports whether QtGui is beside a library.
func hasGui(t *testing.T, q *Qt) bool {
	_, err := os.Stat(filepath.Join(filepath.Dir(libraryOf(t)), q.generation.gui.file))
	return err == nil
}

// nativePrefix begins the native key that Qt derives from a key.
func nativePrefix(*Qt) string { return "" }

// sizeOf returns the size of a segment created with size bytes: whole pages.
func sizeOf(size int) int { return (size + 4095) &^ 4095 }

// lockName returns the name of the semaphore that is the lock of a segment with a legacy name.
func lockName(m *SharedMemory) string {
	if m.qt.Version() == "6.6.0" {
		return m.NativeKey() + "_sem"
	}
	return strings.Replace(m.NativeKey(), "qipc_sharedmemory_", "qipc_systemsem_", 1)
}

func lockValue(t *testing.T, m *SharedMemory) int {
	t.Helper()
	return semaphoreValue(t, lockName(m))
}

// open opens a named object.
func open(t *testing.T, function *windows.LazyProc, access uint32, name string) (windows.Handle, error) {
	t.Helper()
	utf16, err := windows.UTF16PtrFromString(name)
	if err != nil {
		t.Fatal(err)
	}
	handle, _, err := function.Call(uintptr(access), 0, uintptr(unsafe.Pointer(utf16)))
	if handle != 0 {
		err = nil
	}
	return windows.Handle(handle), err
}

// semaphoreValue returns the value of a named semaphore, and -1 if there is none.
func semaphoreValue(t *testing.T, name string) int {
	t.Helper()
	const queryState = 1 // SEMAPHORE_QUERY_STATE
	handle, err := open(t, openSemaphore, queryState, name)
	if errors.Is(err, windows.ERROR_FILE_NOT_FOUND) {
		return -1
	}
	if err != nil {
		t.Fatalf("OpenSemaphore %s: %v", name, err)
	}
	defer func() { _ = windows.CloseHandle(handle) }()
	var basic struct{ current, maximum uint32 }
	status, _, _ := ntQuerySemaphore.Call(uintptr(handle), 0, uintptr(unsafe.Pointer(&basic)), unsafe.Sizeof(basic), 0)
	if status != 0 || basic.maximum != 0x7fffffff {
		t.Fatalf("NtQuerySemaphore %s: status %#x, %+v", name, status, basic)
	}
	return int(basic.current)
}

// sectionOf returns the first bytes of a named section, and nil if there is none.
func sectionOf(t *testing.T, name string) []byte {
	t.Helper()
	handle, err := open(t, openFileMapping, windows.FILE_MAP_READ, name)
	if errors.Is(err, windows.ERROR_FILE_NOT_FOUND) {
		return nil
	}
	if err != nil {
		t.Fatalf("OpenFileMapping %s: %v", name, err)
	}
	defer func() { _ = windows.CloseHandle(handle) }()
	view, err := windows.MapViewOfFile(handle, windows.FILE_MAP_READ, 0, 0, 0)
	if err != nil {
		t.Fatalf("MapViewOfFile %s: %v", name, err)
	}
	defer func() { _ = windows.UnmapViewOfFile(view) }()
	var region windows.MemoryBasicInformation
	if err := windows.VirtualQuery(view, &region, unsafe.Sizeof(region)); err != nil {
		t.Fatal(err)
	}
	return bytes.Clone(bytesAt(view, int(region.RegionSize)))
}

// reserve returns memory that must not be touched.
func reserve(t *testing.T, size int) []byte {
	t.Helper()
	address, err := windows.VirtualAlloc(0, uintptr(size), windows.MEM_RESERVE, windows.PAGE_NOACCESS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = windows.VirtualFree(address, 0, windows.MEM_RELEASE) })
	return bytesAt(address, size)
}

func bytesAt(address uintptr, size int) []byte {
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&address))), size)
}

// wantGone wants nothing to be left of a segment.
func wantGone(t *testing.T, m *SharedMemory) {
	t.Helper()
	if section := sectionOf(t, m.NativeKey()); section != nil {
		t.Errorf("%s is still there, with %d bytes", m.NativeKey(), len(section))
	}
}

// leftIPC has nothing to list: the kernel removes an object with the last process that has it open.
func leftIPC(map[int]bool) []string { return nil }

// heapEntry is a PROCESS_HEAP_ENTRY.
type heapEntry struct {
	data     uintptr
	size     uint32
	overhead uint8
	region   uint8
	flags    uint16
	_        [24]byte
}

// allocated returns how many bytes of C memory are in use.
func allocated(t *testing.T) (total int) {
	t.Helper()
	const busy = 4 // PROCESS_HEAP_ENTRY_BUSY
	heap, _, _ := getHeapHandle.Call()
	for entry := new(heapEntry); ; {
		more, _, err := heapWalk.Call(heap, uintptr(unsafe.Pointer(entry)))
		if more == 0 {
			if !errors.Is(err, windows.ERROR_NO_MORE_ITEMS) {
				t.Fatalf("HeapWalk: %v", err)
			}
			return total
		}
		if entry.flags&busy != 0 {
			total += int(entry.size)
		}
	}
}
