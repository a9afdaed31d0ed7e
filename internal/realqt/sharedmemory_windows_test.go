//go:build amd64

package realqt

import (
	"testing"

	"golang.org/x/sys/windows"
)

func TestCreateMakesANamedSection(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		m := newMemory(t, q, randomKey())
		if sectionOf(t, m.NativeKey()) != nil {
			t.Error("the section is there before create")
		}
		must(t, m.Create(5, false), m)
		copy(m.Data(), "hello")
		if section := sectionOf(t, m.NativeKey()); len(section) != 4096 || string(section[:6]) != "hello\x00" {
			t.Errorf("the section has %d bytes, %q", len(section), section[:min(6, len(section))])
		}
		native := m.NativeKey()
		m.Close()
		if sectionOf(t, native) != nil {
			t.Error("the section is there after Close")
		}
	})
}

func TestSizesAreWholePages(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		for size, want := range map[int]int{1: 4096, 4096: 4096, 4097: 8192, 65537: 69632} {
			key := randomKey()
			m, other := newMemory(t, q, key), newMemory(t, q, key)
			must(t, m.Create(size, false), m)
			must(t, other.Attach(true), other)
			if m.Size() != want || other.Size() != want {
				t.Errorf("created with %d: size %d, attached to %d, want %d", size, m.Size(), other.Size(), want)
			}
		}
	})
}

// The handle that a failed create got keeps the name.
func TestAFailedCreateKeepsTheName(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key := randomKey()
		m, other := newMemory(t, q, key), newMemory(t, q, key)
		must(t, m.Create(1, false), m)
		if other.Create(1, false) || other.Error() != alreadyExists {
			t.Errorf("created twice: error %d %q", other.Error(), other.ErrorString())
		}
		native := m.NativeKey()
		must(t, m.Detach(), m)
		if sectionOf(t, native) == nil {
			t.Error("the section is gone, although a failed create has it open")
		}
		if other.Attach(false) || other.Error() != notFound {
			t.Errorf("attached after that: error %d %q", other.Error(), other.ErrorString())
		}
		wantGone(t, m)
	})
}

// The last handle takes the name along, views or not: whoever is attached alone gets a new section.
func TestCreateWhileAttachedAlone(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		m := newMemory(t, q, randomKey())
		must(t, m.Create(1, false), m)
		m.Data()[0] = 7
		must(t, m.Create(5000, false), m)
		if m.Size() != 8192 || m.Data()[0] != 0 {
			t.Errorf("size %d, first byte %d", m.Size(), m.Data()[0])
		}
	})
}

// Nothing but a holder's own Unlock or Detach changes the lock.
func TestLifeOfALock(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		key := randomKey()
		holder, other := newMemory(t, q, key), newMemory(t, q, key)
		want := func(what string, n int) {
			t.Helper()
			if got := lockValue(t, holder); got != n {
				t.Errorf("%s: the semaphore is %d, want %d", what, got, n)
			}
		}
		want("new", -1)
		must(t, holder.Create(1, false), holder)
		want("created", 1)
		must(t, other.Attach(false), other)
		must(t, holder.Lock(), holder)
		want("locked", 0)
		newSemaphore(t, q, key, 1, true)
		want("made again", 0)
		must(t, holder.Detach(), holder)
		want("detached", 1)
	})
}

// Before Qt 6.6 an object of a native key has no lock.
func TestSetNativeKeyAndLock(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		m := newMemory(t, q, "")
		m.SetNativeKey(randomKey())
		must(t, m.Create(1, false), m)
		if locked := m.Lock(); locked != hasNativeIpcKey(t, q) || locked != (semaphoreValue(t, m.NativeKey()+"_sem") == 0) {
			t.Errorf("locked %v, error %d %q", locked, m.Error(), m.ErrorString())
		}
	})
}

// Qt 5 sees the low 32 bits of a size: none. Qt 6 asks the kernel for the whole size.
func TestSizeIsPassedAsWideAsInQt(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		want := "QSharedMemory::create: create size is less then 0"
		if q.generation.longSize {
			want = "QSharedMemory::create: out of resources"
		}
		m := newMemory(t, q, randomKey())
		if m.Create(1<<62, false) || m.ErrorString() != want {
			t.Errorf("create of 2^62 bytes: %q, want %q", m.ErrorString(), want)
		}
	})
}

// take makes an event of the name of m, which m finds there.
func take(t *testing.T, m *SharedMemory) {
	t.Helper()
	name, err := windows.UTF16PtrFromString(m.NativeKey())
	if err != nil {
		t.Fatal(err)
	}
	event, err := windows.CreateEvent(nil, 0, 0, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = windows.CloseHandle(event) })
}

func TestMemoryErrors(t *testing.T) {
	const unknownError = 8
	nothing := func(*testing.T, *SharedMemory) {}
	tests := []struct {
		what    string
		key     string
		prepare func(*testing.T, *SharedMemory)
		fail    func(*SharedMemory) bool
		code    int
		text    string
		text66  string // from Qt 6.6, if it differs
	}{
		{"lock before create", randomKey(), nothing, (*SharedMemory).Lock, lockError,
			"QSharedMemory::lock: unable to lock", ""},
		{"attach to nothing", randomKey(), nothing, attach, notFound, "QSharedMemory::handle: doesn't exist", ""},
		{"create of no bytes", randomKey(), nothing, create(0), invalidSize,
			"QSharedMemory::create: create size is less then 0", ""},
		{"create of -1 bytes", randomKey(), nothing, create(-1), invalidSize,
			"QSharedMemory::create: create size is less then 0", ""},
		{"attach without a key", "", nothing, attach, keyError, "QSharedMemory::handle: unable to make key", ""},
		{"create without a key", "", nothing, create(1), keyError, "QSharedMemory::create: key error", ""},
		{"create over an event", randomKey(), take, create(1), unknownError,
			"QSharedMemory::create: unknown error 6", "QSharedMemory::create: unknown error: Invalid handle."},
	}
	eachQt(t, func(t *testing.T, q *Qt) {
		for _, test := range tests {
			m := newMemory(t, q, test.key)
			test.prepare(t, m)
			want := test.text
			if test.text66 != "" && hasNativeIpcKey(t, q) {
				want = test.text66
			}
			if ok := test.fail(m); ok || m.Error() != test.code || m.ErrorString() != want {
				t.Errorf("%s: %v, error %d %q; want false, %d %q",
					test.what, ok, m.Error(), m.ErrorString(), test.code, want)
			}
		}
	})
}
