//go:build (linux && (amd64 || arm64)) || (windows && amd64)

package realqt

import (
	"os"
	"testing"
)

// kindOfKey makes a key of a new name, and says what the semaphore of its lock is worth.
type kindOfKey func(t *testing.T, q *Qt) (key NativeIpcKey, lock func() int)

func parsed(t *testing.T, q *Qt, text string) NativeIpcKey {
	t.Helper()
	key, err := q.ParseKey(text)
	if err != nil || key.Text != text {
		t.Fatalf("%q is parsed as %+v %v", text, key, err)
	}
	return key
}

func legacy(t *testing.T, q *Qt, semaphore bool, name string, keyType uint16) NativeIpcKey {
	t.Helper()
	key, err := q.LegacyKey(semaphore, name, keyType)
	if err != nil || key.Legacy != name {
		t.Fatalf("the legacy key of %q: %+v %v", name, key, err)
	}
	return key
}

func setNativeKeyOf(t *testing.T, m *SharedMemory, text string) {
	t.Helper()
	if err := m.SetNativeKeyOf(text); err != nil {
		t.Fatal(err)
	}
}

// wantKeyOf wants a QSharedMemory to have a key.
func wantKeyOf(t *testing.T, m *SharedMemory, want NativeIpcKey) {
	t.Helper()
	got, err := m.NativeIpcKey()
	if err != nil || got != want || m.Key() != want.Legacy || m.NativeKey() != want.Native {
		t.Errorf("got  %+v %v, key %q, native key %q\nwant %+v", got, err, m.Key(), m.NativeKey(), want)
	}
}

func TestNativeIpcKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		wantKeyOf(t, newMemory(t, q, ""), NativeIpcKey{Type: usualType, Text: usualText})
		name := randomKey()
		wantKeyOf(t, newMemory(t, q, name), legacy(t, q, false, name, usualType))
		for _, kind := range kindsOfKeys {
			key, _ := kind(t, q)
			wantKeyOf(t, newMemoryOf(t, q, key.Text), key)
		}
	})
}

// An object of each kind of key gets one of each kind.
func TestSetNativeKeyOfDetaches(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for fromName, from := range kindsOfKeys {
			for toName, to := range kindsOfKeys {
				before, _ := from(t, q)
				after, _ := to(t, q)
				m := newMemoryOf(t, q, before.Text)
				must(t, m.Create(1, false), m)
				setNativeKeyOf(t, m, after.Text)
				if m.IsAttached() || m.Data() != nil || m.Error() != noError {
					t.Errorf("%s to %s: attached %v, %d bytes, error %d %q",
						fromName, toName, m.IsAttached(), len(m.Data()), m.Error(), m.ErrorString())
				}
				if _, err := os.Stat(before.Native); before.Type == systemV && !os.IsNotExist(err) {
					t.Errorf("%s to %s: the last to detach left the key file: %v", fromName, toName, err)
				}
				wantKeyOf(t, m, after)
			}
		}
	})
}

// Qt detaches at a new key even if it is the same.
func TestSetNativeKeyOfTheSameKey(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for name, kind := range kindsOfKeys {
			key, _ := kind(t, q)
			m := newMemoryOf(t, q, key.Text)
			must(t, m.Create(1, false), m)
			setNativeKeyOf(t, m, key.Text)
			if m.IsAttached() {
				t.Errorf("%s: still attached", name)
			}
			wantKeyOf(t, m, key)
		}
	})
}

func TestSetNativeKeyOfLeadsWhereTheConstructorDoes(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for name, kind := range kindsOfKeys {
			key, lock := kind(t, q)
			constructed, changed := newMemoryOf(t, q, key.Text), newMemory(t, q, randomKey())
			setNativeKeyOf(t, changed, key.Text)
			must(t, constructed.Create(64, false), constructed)
			must(t, changed.Attach(false), changed)
			constructed.Data()[0] = 'c'
			if got := changed.Data(); len(got) != sizeOf(64) || got[0] != 'c' {
				t.Errorf("%s: the other object wrote c, this one reads %q", name, got)
			}
			for _, m := range []*SharedMemory{constructed, changed} {
				must(t, m.Lock(), m)
				locked := lock()
				must(t, m.Unlock(), m)
				if unlocked := lock(); locked != 0 || unlocked != 1 {
					t.Errorf("%s: the semaphore is %d locked, %d unlocked", name, locked, unlocked)
				}
			}
		}
	})
}

func TestSetNativeKeyOfAForeignType(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for name, kind := range kindsOfKeys {
			for text, keyType := range foreignKeys {
				for _, set := range []func(m *SharedMemory) error{
					func(m *SharedMemory) error { return m.SetNativeKeyOf(text) },
					func(m *SharedMemory) error { return m.SetNativeKeyOfType("a", keyType) },
				} {
					key, _ := kind(t, q)
					m := newMemoryOf(t, q, key.Text)
					must(t, m.Create(1, false), m)
					err := set(m)
					if err != nil || !m.IsAttached() || m.Error() != keyError || m.ErrorString() != "QSharedMemory::setNativeKey: unsupported key type" {
						t.Errorf("%s to %s: %v, attached %v, error %d %q", name, text, err, m.IsAttached(), m.Error(), m.ErrorString())
					}
					wantKeyOf(t, m, key)
				}
			}
		}
	})
}

// What makes a text form mean something is a part of a native key like any other.
func TestSetNativeKeyOfType(t *testing.T) {
	eachQtWithKeys(t, func(t *testing.T, q *Qt) {
		for _, want := range ownKeys {
			for name, kind := range kindsOfKeys {
				key, _ := kind(t, q)
				m := newMemoryOf(t, q, key.Text)
				must(t, m.Create(1, false), m)
				if err := m.SetNativeKeyOfType(want.Native, want.Type); err != nil || m.IsAttached() || m.Error() != noError {
					t.Errorf("%s to %+v: %v, attached %v, error %d %q", name, want, err, m.IsAttached(), m.Error(), m.ErrorString())
				}
				wantKeyOf(t, m, want)
			}
		}
	})
}
