package win32

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Kinds of named objects, as the kernel calls them.
const (
	KindMapping   = "Section"
	KindSemaphore = "Semaphore"
)

// Named is an object that has a name: one by which this process opens it, with Global\ in front unless the object is of this
// session.
type Named struct{ Kind, Name string }

// List returns the named objects of all kinds that this session's programs have, and those of all sessions together. A name that
// is not UTF-16 has its unpaired surrogates as in WTF-8.
func List() ([]Named, error) {
	const global = `\BaseNamedObjects`
	var session uint32
	if err := windows.ProcessIdToSessionId(windows.GetCurrentProcessId(), &session); err != nil {
		return nil, os.NewSyscallError("ProcessIdToSessionId", err)
	}
	if session == 0 { // that of services has no directory of its own
		return directory(global, "")
	}
	own, err := directory(fmt.Sprintf(`\Sessions\%d%s`, session, global), "")
	if err != nil {
		return nil, err
	}
	all, err := directory(global, `Global\`)
	return append(own, all...), err
}

// directoryInformation is OBJECT_DIRECTORY_INFORMATION, which NtQueryDirectoryObject fills.
type directoryInformation struct{ name, kind windows.NTUnicodeString }

// directory lists a directory of the kernel's, and puts prefix before the names.
func directory(path, prefix string) (all []Named, err error) {
	h, err := openDirectory(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, Close(h)) }()
	const roomForLongest = 1 << 18 // a name has at most 64 KiB
	buffer := make([]uint64, roomForLongest/8)
	entry := (*directoryInformation)(unsafe.Pointer(&buffer[0]))
	for position := uint32(0); ; {
		err := nt("NtQueryDirectoryObject", ntQueryDirectoryObject, uintptr(h), uintptr(unsafe.Pointer(entry)), roomForLongest,
			1, 0, uintptr(unsafe.Pointer(&position)), 0)
		if errors.Is(err, windows.ERROR_NO_MORE_ITEMS) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, Named{Kind: entry.kind.String(), Name: prefix + entry.name.String()})
	}
}

func openDirectory(path string) (h Handle, err error) {
	name, err := windows.NewNTUnicodeString(path)
	if err != nil {
		return 0, err
	}
	const query = 1 // DIRECTORY_QUERY
	attributes := windows.OBJECT_ATTRIBUTES{ObjectName: name}
	attributes.Length = uint32(unsafe.Sizeof(attributes))
	err = nt("NtOpenDirectoryObject", ntOpenDirectoryObject, uintptr(unsafe.Pointer(&h)), query, uintptr(unsafe.Pointer(&attributes)))
	if err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	return h, nil
}
