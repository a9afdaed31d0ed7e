//go:build amd64

package realqt

import "testing"

// The type of a key that has no other, and what the text of an empty one is.
const (
	usualType = win32
	usualText = "windows:"
)

// foreignKeys are keys, with their types, of which Qt sets none. Unlike on Linux, an invalid one is among them.
var foreignKeys = map[string]uint16{"posix:/a": posix, "systemv:/a": systemV, "nonsense": 0}

// ownKeys are keys that Qt sets.
var ownKeys = []NativeIpcKey{
	{win32, "a", "", "windows:a"},
	{win32, `Global\a`, "", `windows:Global\a`},
	{win32, "é%41?legacyKey=b#c", "", "windows:é%2541%3FlegacyKey=b%23c"},
	{win32, "", "", "windows:"},
}

var kindsOfKeys = map[string]kindOfKey{
	"Windows": func(t *testing.T, q *Qt) (NativeIpcKey, func() int) {
		name := randomKey()
		return parsed(t, q, "windows:"+name), valueOf(t, name+"_sem")
	},
	"Windows with a legacy name": func(t *testing.T, q *Qt) (NativeIpcKey, func() int) {
		name := randomKey()
		key, lock := legacy(t, q, false, name, win32), legacy(t, q, true, name, win32)
		if q.Version() == "6.6.0" { // there the lock has the name of the segment
			lock.Native = key.Native + "_sem"
		}
		return key, valueOf(t, lock.Native)
	},
}

func valueOf(t *testing.T, semaphore string) func() int {
	return func() int { return semaphoreValue(t, semaphore) }
}
