package ipckey

import (
	"errors"
	"strconv"
)

// Key names one segment or one semaphore: QNativeIpcKey. Keys are equal, with ==, exactly when Qt's are. The zero Key
// is invalid.
type Key struct {
	// Type is the kind of kernel object.
	Type Type
	// Native is the kernel's name for the object: the path of a key file, the name of a POSIX object with its slash,
	// or the name of a Windows kernel object.
	Native string
	// Legacy is the application's name that Native was derived from by Legacy, otherwise empty. It decides which
	// semaphore guards a segment, and is a part of the text form.
	Legacy string
}

// Kind is a kind of Qt object: a name leads to one native key for a segment and to another for a semaphore.
type Kind uint8

// The kinds.
const (
	Segment   Kind = iota // QSharedMemory
	Semaphore             // QSystemSemaphore
)

// String returns "segment" or "semaphore", "Kind(2)" and so on for every other value.
func (k Kind) String() string {
	switch k {
	case Segment:
		return "segment"
	case Semaphore:
		return "semaphore"
	}
	return "Kind(" + strconv.Itoa(int(k)) + ")"
}

// Env is what derivation needs to know about the machine and the process. It must describe the Qt program: a key
// derived for another temporary directory names another object.
type Env struct {
	// GOOS is the operating system, a value of runtime.GOOS. It matters on Apple's systems only, whose POSIX names
	// are short.
	GOOS string
	// TempDir is the result of [TempDir]: where legacy System V keys have their key files.
	TempDir string
	// RuntimeDir is QStandardPaths::RuntimeLocation: where platform-safe System V keys have their key files. It is
	// the result of the function [RuntimeDir], on macOS ~/Library/Application Support (by Qt's documentation).
	RuntimeDir string
	// Rules are those of the Qt program's version, a result of RulesOf.
	Rules Rules
}

// Errors that derivation and Parse report, to be tested with errors.Is.
var (
	// ErrEmptyKey: the name, or the native key, is empty. Qt derives an empty key and fails later, with KeyError.
	ErrEmptyKey = errors.New("empty key")
	// ErrNotUTF8: the text is not valid UTF-8 or would be cut inside a character. A QString can hold such text, as
	// unpaired surrogates, but Qt versions disagree about the name that results: Qt 5.15 to 6.8 hash each one as
	// '?', 6.9 and later drop it.
	ErrNotUTF8 = errors.New("not valid UTF-8")
	// ErrNUL: the native key would contain a NUL, where the kernel takes it to end.
	ErrNUL = errors.New("NUL in a native key")
	// ErrNoLock: the segment has no lock, by LockLegacyOnly. Qt creates and attaches such a segment without locking,
	// and QSharedMemory::lock fails with LockError (measured with Qt 4.8.7, 5.15.18 and 6.5.3).
	ErrNoLock = errors.New("no lock: before Qt 6.6 a segment with a native key has none")
	// ErrUnsupportedType: the type, or the scheme of a text form, is none of Qt's.
	ErrUnsupportedType = errors.New("unsupported key type")
)
