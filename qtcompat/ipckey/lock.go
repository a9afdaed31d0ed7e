package ipckey

import "fmt"

// LockRule is a way in which Qt chooses the lock that guards a segment, a semaphore of its own. Programs that choose
// differently share the memory but do not exclude each other.
type LockRule uint8

// The rules.
const (
	// LockCommon is that of Qt 6.6.1 and later: a key with a Legacy name is guarded by the semaphore that
	// QSystemSemaphore has under this name, any other key by a semaphore of the same native key.
	LockCommon LockRule = iota
	// LockByNative is that of Qt 6.6.0 alone: every key is guarded by a semaphore of the same native key. For legacy
	// keys this was a mistake, since no other version does so.
	LockByNative
	// LockLegacyOnly is that of Qt 6.5 and earlier: as LockCommon for a key with a Legacy name; any other key has no
	// lock at all.
	LockLegacyOnly
)

const (
	windowsLockSuffix = "_sem"
	windowsLockLen    = windowsNameLen - len(windowsLockSuffix) - 1 // of what precedes it
)

// Semaphore returns the key of the lock that guards the segment k, by env.Rules.Lock. The lock of a System V or POSIX
// key that is not derived from a Legacy name has the same native key, that of a Windows key a name that ends in "_sem".
// That of a key with a Legacy name is Legacy(env, Semaphore, k.Legacy, k.Type), whatever its Native: env must be that
// of the other programs that lock the segment.
//
// Errors: ErrNoLock, ErrEmptyKey, ErrUnsupportedType, and ErrNotUTF8 for a Windows name that would be cut inside a
// character.
func (k Key) Semaphore(env Env) (Key, error) {
	if k.Legacy != "" && env.Rules.Lock != LockByNative {
		return Legacy(env, Semaphore, k.Legacy, k.Type)
	}
	native, err := lockNative(env, k)
	if err != nil {
		return Key{}, fmt.Errorf("lock of the segment %.80q: %w", k.Native, err)
	}
	return Key{Type: k.Type, Native: native}, nil
}

func lockNative(env Env, k Key) (string, error) {
	if err := check(Semaphore, k.Native, k.Type); err != nil {
		return "", err
	}
	if env.Rules.Lock == LockLegacyOnly {
		return "", ErrNoLock
	}
	if k.Type != Windows {
		return k.Native, nil
	}
	native, err := cut(k.Native, windowsLockLen)
	return native + windowsLockSuffix, err
}
