package ipckey

import "strconv"

// Type is the kind of kernel object that a key names: QNativeIpcKey::Type, with Qt's values. 1 to 0xff are System V
// with that number as ftok's project id; SystemV is the id of every Qt except 5.6 to 5.8. An id of 0x80 or more makes
// a negative key_t, which QSharedMemory takes for a failure of ftok (measured with Qt 6.8.2 and 6.11.2).
type Type uint16

// The types that Qt has names for. The zero Type is invalid.
const (
	SystemV       Type = 0x51 // 'Q'
	PosixRealtime Type = 0x100
	Windows       Type = 0x101
)

// Family returns the kernel interface that objects of type t belong to, FamilyNone for an invalid type.
func (t Type) Family() Family {
	switch {
	case t == PosixRealtime:
		return FamilyPosix
	case t == Windows:
		return FamilyWindows
	case 1 <= t && t <= 0xff:
		return FamilySystemV
	}
	return FamilyNone
}

// String returns the scheme of t in a key's text form: "systemv", "systemv-82" for a project id other than SystemV's,
// "posix", "windows". An invalid type, which has no scheme, is "Type(0)".
func (t Type) String() string {
	switch family := t.Family(); {
	case family == FamilyNone:
		return "Type(" + strconv.Itoa(int(t)) + ")"
	case family == FamilySystemV && t != SystemV:
		return "systemv-" + strconv.Itoa(int(t))
	default:
		return family.String()
	}
}

// Family is a kernel interface with its own name space of segments and semaphores.
type Family uint8

// The families. FamilyNone is that of an invalid Type.
const (
	FamilyNone Family = iota
	FamilySystemV
	FamilyPosix
	FamilyWindows
)

// String returns "systemv", "posix" or "windows", "none" for every other value.
func (f Family) String() string {
	switch f {
	case FamilySystemV:
		return "systemv"
	case FamilyPosix:
		return "posix"
	case FamilyWindows:
		return "windows"
	}
	return "none"
}

// LegacyDefaultType returns the type of the keys that a Qt program names by a string, on goos, a value of runtime.GOOS:
// QNativeIpcKey::legacyDefaultTypeForOs of a Qt in its default configuration. It is the one to use for every program of
// before Qt 6.6, and later for those that call QSharedMemory(QString), QSystemSemaphore(QString), setKey,
// setNativeKey(QString) or legacyNativeKey without a type.
//
// A Qt configured with QT_POSIX_IPC, and every sandboxed program on macOS, uses PosixRealtime instead.
func LegacyDefaultType(goos string) Type {
	switch goos {
	case "windows":
		return Windows
	case "ios": // always sandboxed
		return PosixRealtime
	}
	return SystemV
}

// DefaultType returns the type of the keys that a program of Qt 6.6 and later makes as QNativeIpcKey, on goos, a value of
// runtime.GOOS: QNativeIpcKey::DefaultTypeForOs. It is the one to use for programs that call platformSafeKey or
// QNativeIpcKey(QString) without a type. Except on Windows it is not LegacyDefaultType: the same string then leads to
// another kind of object.
func DefaultType(goos string) Type {
	if goos == "windows" {
		return Windows
	}
	return PosixRealtime
}
