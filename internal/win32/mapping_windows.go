package win32

import (
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// fileMapAllAccess is FILE_MAP_ALL_ACCESS (winnt.h), without the right to execute.
const fileMapAllAccess = 0xf001f

// CreateMapping makes a mapping of size bytes of memory that are zero, for reading and writing. Where one has the name, it fails with
// ERROR_ALREADY_EXISTS and opens nothing.
func CreateMapping(name string, size int64) (Handle, error) {
	p, err := utf16("CreateFileMapping", name)
	if err != nil {
		return 0, err
	}
	h, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, uint32(size>>32), uint32(size), p)
	if err == nil {
		return Handle(h), nil
	}
	if h != 0 {
		_ = windows.CloseHandle(h)
	}
	return 0, os.NewSyscallError("CreateFileMapping", err)
}

// OpenMapping opens the mapping of that name for reading and writing.
func OpenMapping(name string) (Handle, error) {
	p, err := utf16("OpenFileMapping", name)
	if err != nil {
		return 0, err
	}
	h, err := call(openFileMapping, fileMapAllAccess, 0, uintptr(unsafe.Pointer(p)))
	return Handle(h), err
}

// MapView maps all of a mapping, until UnmapView: whole pages, however many bytes its maker asked for. Writing to a view that is
// for reading only faults.
func MapView(h Handle, readOnly bool) ([]byte, error) {
	access := uint32(fileMapAllAccess)
	if readOnly {
		access = windows.FILE_MAP_READ
	}
	addr, err := windows.MapViewOfFile(windows.Handle(h), access, 0, 0, 0)
	if err != nil {
		return nil, os.NewSyscallError("MapViewOfFile", err)
	}
	var info windows.MemoryBasicInformation
	if err := windows.VirtualQuery(addr, &info, unsafe.Sizeof(info)); err != nil {
		return nil, os.NewSyscallError("VirtualQuery", err)
	}
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&addr))), info.RegionSize), nil
}

// UnmapView ends a view. Its memory must not be touched any more.
func UnmapView(mem []byte) error {
	return os.NewSyscallError("UnmapViewOfFile", windows.UnmapViewOfFile(uintptr(unsafe.Pointer(unsafe.SliceData(mem)))))
}

// sectionBasicInformation is SECTION_BASIC_INFORMATION (ntifs.h).
type sectionBasicInformation struct {
	base       uintptr
	attributes uint32
	size       int64
}

// MappingSize returns how many bytes MapView would map.
func MappingSize(h Handle) (int64, error) {
	var info sectionBasicInformation
	err := nt("NtQuerySection", ntQuerySection, uintptr(h), 0, uintptr(unsafe.Pointer(&info)), unsafe.Sizeof(info), 0)
	page := int64(syscall.Getpagesize())
	return (info.size + page - 1) / page * page, err
}
