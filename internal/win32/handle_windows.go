package win32

import (
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Handle is an open object, until Close.
type Handle windows.Handle

// Close closes a handle. The object goes with the last one.
func Close(h Handle) error {
	return os.NewSyscallError("CloseHandle", windows.CloseHandle(windows.Handle(h)))
}

// objectBasicInformation is the beginning of PUBLIC_OBJECT_BASIC_INFORMATION (winternl.h) as NtQueryObject fills it.
type objectBasicInformation struct {
	attributes, access, handles, pointers uint32
	_                                     [10]uint32
}

// Handles returns how many handles of all processes there are to the object, of which h is one.
func Handles(h Handle) (int, error) {
	var info objectBasicInformation
	err := nt("NtQueryObject", ntQueryObject, uintptr(h), 0, uintptr(unsafe.Pointer(&info)), unsafe.Sizeof(info), 0)
	return int(info.handles), err
}

// Owner returns the SID of the user who owns the object, in the form S-1-5-..., and whether that is this process's user, or
// the group that owns what this process makes, as administrators' is. An object without owner, which Wine has, and which the
// one user of that Wine has made, is own.
func Owner(h Handle) (sid string, own bool, err error) {
	sd, err := windows.GetSecurityInfo(windows.Handle(h), windows.SE_KERNEL_OBJECT, windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return "", false, os.NewSyscallError("GetSecurityInfo", err)
	}
	owner, _, err := sd.Owner()
	if err != nil {
		return "", false, os.NewSyscallError("GetSecurityDescriptorOwner", err)
	}
	if owner == nil {
		return "", true, nil
	}
	own, err = isOwn(owner)
	return owner.String(), own, err
}

func isOwn(owner *windows.SID) (bool, error) {
	token := windows.GetCurrentProcessToken()
	user, err := token.GetTokenUser()
	if err != nil {
		return false, os.NewSyscallError("GetTokenInformation", err)
	}
	if owner.Equals(user.User.Sid) {
		return true, nil
	}
	group := make([]byte, 256) // TOKEN_OWNER: a pointer to the SID that follows
	var n uint32
	if err := windows.GetTokenInformation(token, windows.TokenOwner, &group[0], uint32(len(group)), &n); err != nil {
		return false, os.NewSyscallError("GetTokenInformation", err)
	}
	return owner.Equals(*(**windows.SID)(unsafe.Pointer(&group[0]))), nil
}
