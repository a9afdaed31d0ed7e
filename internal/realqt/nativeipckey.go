package realqt

import (
	"errors"
	"fmt"
	"unsafe"
)

// NativeIpcKey is a copy of the values of a QNativeIpcKey. Text is "" in the cases in which toString() is null: of an invalid
// key and of a type beyond 0x101.
type NativeIpcKey struct {
	Type   uint16 // 1 to 0xff System V with that id for ftok, 0x100 POSIX, 0x101 Windows, 0 invalid
	Native string // nativeKey()
	Legacy string // the name that legacyNativeKey, or legacyKey= in a text, gave the key; otherwise empty
	Text   string // toString()
}

// The functions below need Qt 6.6: with an older one they fail with an error that is errors.ErrUnsupported, and have no other.
// Text that is not UTF-8 becomes U+FFFD on the way to Qt, and an unpaired surrogate on the way back.

// ParseKey returns QNativeIpcKey::fromString(text). A text that Qt rejects gives a key of type 0.
func (q *Qt) ParseKey(text string) (NativeIpcKey, error) {
	return q.copyOfKey(q.keyFrom(text, parseKey))
}

// LegacyKey returns QSystemSemaphore::legacyNativeKey(name, keyType), or that of QSharedMemory if semaphore is false: the key
// that all versions of Qt derive from the name. A type that the platform lacks gives an empty native key.
func (q *Qt) LegacyKey(semaphore bool, name string, keyType uint16) (NativeIpcKey, error) {
	return q.copyOfKey(q.keyFrom(name, func(fn *keyFunctions, name *value) ipcKey {
		if semaphore {
			return fn.SemaphoreKeyLegacy(name, keyType)
		}
		return fn.MemoryKeyLegacy(name, keyType)
	}))
}

// PlatformSafeKey returns QSystemSemaphore::platformSafeKey(name, keyType), or that of QSharedMemory if semaphore is false. For
// System V, Qt makes the user's run time directory if it is missing. A type that the platform lacks gives an empty native key.
func (q *Qt) PlatformSafeKey(semaphore bool, name string, keyType uint16) (NativeIpcKey, error) {
	return q.copyOfKey(q.keyFrom(name, func(fn *keyFunctions, name *value) ipcKey {
		if semaphore {
			return fn.SemaphoreKeySafe(name, keyType)
		}
		return fn.MemoryKeySafe(name, keyType)
	}))
}

// NewSharedMemoryOf returns QSharedMemory(QNativeIpcKey::fromString(text)). It creates and attaches nothing.
func (q *Qt) NewSharedMemoryOf(text string) (m *SharedMemory, err error) {
	err = q.withKey(q.keyFrom(text, parseKey), func(fn *keyFunctions, key *ipcKey) {
		m = &SharedMemory{q.newObject()}
		fn.MemoryNewOfKey(m.this(), key, nil)
	})
	return m, err
}

// NewSystemSemaphoreOf is [Qt.NewSystemSemaphore] of QNativeIpcKey::fromString(text).
func (q *Qt) NewSystemSemaphoreOf(text string, initial int, create bool) (s *SystemSemaphore, err error) {
	err = q.withKey(q.keyFrom(text, parseKey), func(fn *keyFunctions, key *ipcKey) {
		s = &SystemSemaphore{q.newObject()}
		fn.SemaphoreNewOfKey(s.this(), key, int32(initial), semaphoreMode(create))
	})
	return s, err
}

// SetNativeKeyOf calls QSharedMemory::setNativeKey(QNativeIpcKey::fromString(text)), which detaches and changes the key. With a
// type that the platform lacks it changes nothing, and [SharedMemory.Error] is 3 KeyError; it is left alone otherwise. An
// invalid key is taken, and fails at its first use, except on Windows, which treats it like a type that it lacks (measured with
// Qt 6.6.0 to 6.12.0).
func (m *SharedMemory) SetNativeKeyOf(text string) error {
	return m.qt.withKey(m.qt.keyFrom(text, parseKey), func(fn *keyFunctions, key *ipcKey) { fn.MemorySetIpcKey(m.this(), key) })
}

// SetNativeKeyOfType calls QSharedMemory::setNativeKey(QNativeIpcKey(key, keyType)), which detaches and changes the key, as
// [SharedMemory.SetNativeKeyOf] says.
func (m *SharedMemory) SetNativeKeyOfType(key string, keyType uint16) error {
	newKey := func(*keyFunctions) ipcKey { return ipcKey{native: *m.qt.newString(key), keyType: keyType} }
	return m.qt.withKey(newKey, func(fn *keyFunctions, key *ipcKey) { fn.MemorySetIpcKey(m.this(), key) })
}

// NativeIpcKey returns QSharedMemory::nativeIpcKey(). Without a key its type is System V (0x51), on Windows 0x101, and Native
// is empty.
func (m *SharedMemory) NativeIpcKey() (NativeIpcKey, error) {
	return m.qt.copyOfKey(func(fn *keyFunctions) ipcKey { return fn.MemoryNativeIpcKey(m.this()) })
}

// ipcKey is a QNativeIpcKey as C++ has it in memory, by GCC and by MSVC (Qt 6.8 src/corelib/ipc/tipccommon.h). Like a value it
// may be moved.
type ipcKey struct {
	private *value // QNativeIpcKeyPrivate, which begins with the legacy key; nil if there never was one
	native  value
	keyType uint16
	_       [unsafe.Sizeof(uintptr(0)) - unsafe.Sizeof(uint16(0))]byte
}

func parseKey(fn *keyFunctions, text *value) ipcKey { return fn.KeyFromString(text) }

// keyFrom makes a key of text.
func (q *Qt) keyFrom(text string, derive func(*keyFunctions, *value) ipcKey) func(*keyFunctions) ipcKey {
	return func(fn *keyFunctions) ipcKey {
		str := q.newString(text)
		defer q.releaseString(str)
		return derive(fn, str)
	}
}

// withKey lets use have the key that newKey makes.
func (q *Qt) withKey(newKey func(*keyFunctions) ipcKey, use func(*keyFunctions, *ipcKey)) error {
	fn, err := q.keys()
	if err != nil {
		return err
	}
	key := newKey(fn)
	defer q.releaseKey(fn, &key)
	use(fn, &key)
	return nil
}

// copyOfKey copies the key that newKey makes.
func (q *Qt) copyOfKey(newKey func(*keyFunctions) ipcKey) (copied NativeIpcKey, err error) {
	err = q.withKey(newKey, func(fn *keyFunctions, key *ipcKey) {
		copied = NativeIpcKey{Type: key.keyType, Native: q.copyString(&key.native), Text: q.takeString(fn.KeyToString(key))}
		if key.private != nil {
			copied.Legacy = q.copyString(key.private)
		}
	})
	return copied, err
}

// releaseKey does what the destructor does, which is an inline function.
func (q *Qt) releaseKey(fn *keyFunctions, key *ipcKey) {
	if key.private != nil {
		fn.KeyDestroyLegacy(key)
	}
	q.releaseString(&key.native)
}

func (q *Qt) bindKeys(lib library) (*keyFunctions, error) {
	fn := new(keyFunctions)
	if err := bind(fn, lib, keyNames); err != nil {
		return nil, fmt.Errorf("realqt: Qt %s has no QNativeIpcKey, which came with Qt 6.6 (%w): %w", q.version, err,
			errors.ErrUnsupported)
	}
	return fn, nil
}
