package ipckey

import (
	"cmp"
	"crypto/fips140"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Lengths in UTF-16 units, as Qt counts them (src/corelib/ipc/qtipccommon.cpp and qsharedmemory.cpp).
const (
	appleNameLen   = 29  // of a POSIX name on Apple's systems, without its slash
	windowsNameLen = 260 // MAX_PATH
)

// SafeRule is a way in which Qt makes platform-safe Windows keys of long names: of more than 256 UTF-16 units, or of 249
// after Global\. Programs that do so differently do not meet.
type SafeRule uint8

// The rules.
const (
	// SafeCut is that of Qt 6.7 and later: the native key is cut to 260 units, so that names which differ behind that
	// are one.
	SafeCut SafeRule = iota
	// SafeWhole is that of Qt 6.6: the native key has the whole name.
	SafeWhole
)

// Legacy returns the key that QSharedMemory(name) or QSystemSemaphore(name) uses if its type is t:
// legacyNativeKey(name, t) of Qt 6.6, and the rule of every Qt since 4.4. Pass LegacyDefaultType for t unless the Qt program says otherwise.
//
// A name with a NUL is legal. A name of more than about 196 letters makes a native key that is too long for a file
// name on Unix; that is for the kernel to refuse, as it does with Qt.
//
// POSIX names on Apple's systems are by the source of Qt 6.4 and later, not measured. A sandboxed program uses the name
// itself there; this function does so for iOS, where every program is sandboxed, and for macOS the equivalent is
// Key{Type: PosixRealtime, Native: name}.
//
// Errors: ErrEmptyKey, ErrNotUTF8, ErrUnsupportedType, and on iOS ErrNUL.
func Legacy(env Env, kind Kind, name string, t Type) (Key, error) {
	native, err := legacyNative(env, kind, name, t)
	if err != nil {
		return Key{}, fmt.Errorf("legacy %v key of %.80q: %w", kind, name, err)
	}
	return Key{Type: t, Native: native, Legacy: name}, nil
}

func legacyNative(env Env, kind Kind, name string, t Type) (string, error) {
	if err := check(kind, name, t); err != nil {
		return "", err
	}
	if t.Family() == FamilyPosix && env.GOOS == "ios" {
		return name, checkNUL(name)
	}
	if t.Family() == FamilyPosix && env.GOOS == "darwin" {
		return "/" + string(appendSHA1(nil, name)[:appleNameLen]), nil
	}
	b := make([]byte, 0, 256) // enough for a file name in /tmp
	switch t.Family() {
	case FamilySystemV:
		b = append(append(b, env.TempDir...), '/')
	case FamilyPosix:
		b = append(b, '/')
	}
	if kind == Semaphore {
		b = append(b, "qipc_systemsem_"...)
	} else {
		b = append(b, "qipc_sharedmemory_"...)
	}
	return string(appendSHA1(appendLetters(b, name), name)), nil
}

// appendSHA1 appends the SHA-1 of s as 40 lower-case digits. It makes a name and protects nothing, so a program that
// may otherwise use approved algorithms only (GODEBUG=fips140=only) must not die of it.
func appendSHA1(b []byte, s string) []byte {
	var sum [sha1.Size]byte
	fips140.WithoutEnforcement(func() { sum = sha1.Sum([]byte(s)) })
	return hex.AppendEncode(b, sum[:])
}

// appendLetters appends the ASCII letters of name.
func appendLetters(b []byte, name string) []byte {
	for _, c := range []byte(name) {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
			b = append(b, c)
		}
	}
	return b
}

// PlatformSafe returns the key that QSharedMemory::platformSafeKey(name, t) or QSystemSemaphore::platformSafeKey(name,
// t) returns in Qt 6.6 and later. Pass DefaultType for t unless the Qt program says otherwise. A long Windows name may be
// cut, by env.Rules.Safe.
//
// Errors: ErrEmptyKey, ErrNotUTF8, ErrNUL, ErrUnsupportedType.
func PlatformSafe(env Env, kind Kind, name string, t Type) (Key, error) {
	native, err := safeNative(env, kind, name, t)
	if err != nil {
		return Key{}, fmt.Errorf("platform-safe %v key of %.80q: %w", kind, name, err)
	}
	return Key{Type: t, Native: native}, nil
}

func safeNative(env Env, kind Kind, name string, t Type) (string, error) {
	if err := cmp.Or(check(kind, name, t), checkNUL(name)); err != nil {
		return "", err
	}
	switch t.Family() {
	case FamilyWindows:
		return windowsSafe(env.Rules.Safe, kind, name)
	case FamilyPosix:
		if env.GOOS == "darwin" || env.GOOS == "ios" {
			return cut("/"+name, 1+appleNameLen)
		}
		return "/" + name, nil
	}
	if strings.HasPrefix(name, "/") {
		return name, nil
	}
	return env.RuntimeDir + "/" + name, nil
}

func windowsSafe(rule SafeRule, kind Kind, name string) (string, error) {
	namespace, prefix := "", "shm_"
	for _, candidate := range []string{`Local\`, `Global\`} {
		if rest, ok := strings.CutPrefix(name, candidate); ok {
			namespace, name = candidate, rest
			break
		}
	}
	if kind == Semaphore {
		prefix = "sem_"
	}
	if rule == SafeWhole {
		return namespace + prefix + name, nil
	}
	return cut(namespace+prefix+name, windowsNameLen)
}

// check refuses what no key can be derived from.
func check(kind Kind, name string, t Type) error {
	switch {
	case kind > Semaphore:
		return fmt.Errorf("kind is %d, neither Segment nor Semaphore", kind)
	case t.Family() == FamilyNone:
		return fmt.Errorf("%w %v", ErrUnsupportedType, t)
	case name == "":
		return ErrEmptyKey
	case !utf8.ValidString(name):
		return ErrNotUTF8
	}
	return nil
}

// checkNUL refuses what the kernel would take for a shorter name.
func checkNUL(native string) error {
	if strings.Contains(native, "\x00") {
		return ErrNUL
	}
	return nil
}

// cut returns the start of s, at most n UTF-16 units of it. It is an error if the last of them is half a character,
// since UTF-8 has no such thing.
func cut(s string, n int) (string, error) {
	for i, r := range s {
		if n == 0 {
			return s[:i], nil
		}
		n--
		if r > 0xffff {
			n--
		}
		if n < 0 {
			return "", fmt.Errorf("%w where Qt cuts it off: use a shorter name", ErrNotUTF8)
		}
	}
	return s, nil
}
