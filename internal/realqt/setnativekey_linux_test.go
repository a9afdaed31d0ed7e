//go:build amd64 || arm64

package realqt

import "testing"

// The type of a key that has no other, and what the text of an empty one is.
const (
	usualType = systemV
	usualText = "systemv:"
)

// foreignKeys are keys, with their types, of which Qt sets none.
var foreignKeys = map[string]uint16{"windows:a": win32}

// ownKeys are keys that Qt sets: of the types that this platform has, and of none.
var ownKeys = []NativeIpcKey{
	{systemV, "/a", "", "systemv:/a"},
	{0x52, "a", "", "systemv-82:a"},
	{posix, "/a", "", "posix:/a"},
	{posix, "/é%41?legacyKey=b#c", "", "posix:/é%2541%3FlegacyKey=b%23c"},
	{posix, "", "", "posix:"},
	{0, "a", "", ""},
}

var kindsOfKeys = map[string]kindOfKey{
	"POSIX": func(t *testing.T, q *Qt) (NativeIpcKey, func() int) {
		name := randomKey()
		posixFile(t, name)
		return parsed(t, q, "posix:/"+name), posixValue(t, posixFile(t, "sem."+name))
	},
	"POSIX with a legacy name": func(t *testing.T, q *Qt) (NativeIpcKey, func() int) {
		name := randomKey()
		key, semaphore := legacy(t, q, false, name, posix), legacy(t, q, true, name, posix)
		posixFile(t, key.Native[1:])
		lock := semaphore.Native[1:]
		if q.Version() == "6.6.0" { // there the lock has the name of the segment
			lock = key.Native[1:]
		}
		return key, posixValue(t, posixFile(t, "sem."+lock))
	},
	"System V": func(t *testing.T, q *Qt) (NativeIpcKey, func() int) {
		key := parsed(t, q, "systemv:"+q.TempPath()+"/"+randomKey())
		return key, systemVValue(t, key.Native)
	},
	"System V with a legacy name": func(t *testing.T, q *Qt) (NativeIpcKey, func() int) {
		name := randomKey()
		key, lock := legacy(t, q, false, name, systemV), legacy(t, q, true, name, systemV)
		if q.Version() == "6.6.0" {
			lock = key
		}
		return key, systemVValue(t, lock.Native)
	},
}

func posixValue(t *testing.T, file string) func() int {
	return func() int {
		value, _ := posixSemaphore(t, file)
		return int(value)
	}
}

func systemVValue(t *testing.T, keyFile string) func() int {
	return func() int { return semctl(semaphoreOf(t, keyFile), getValue) }
}

// Qt takes an invalid key without an error, fails at the first use, and takes a valid one after it.
func TestSetNativeKeyOfAnInvalidKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for name, kind := range kindsOfKeys {
			key, _ := kind(t, q)
			m := newMemoryOf(t, q, key.Text)
			must(t, m.Create(1, false), m)
			setNativeKeyOf(t, m, "nonsense")
			if m.IsAttached() || m.Error() != noError || m.Create(1, false) || m.Error() != keyError {
				t.Errorf("%s: attached %v, error %d %q", name, m.IsAttached(), m.Error(), m.ErrorString())
			}
			wantKeyOf(t, m, NativeIpcKey{})
			next, _ := kind(t, q)
			setNativeKeyOf(t, m, next.Text)
			must(t, m.Create(1, false), m)
			wantKeyOf(t, m, next)
		}
	})
}
