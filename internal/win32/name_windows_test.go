package win32

import (
	"cmp"
	"errors"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// kinds are the ways to an object of a name: making it, and opening it.
var kinds = map[string]struct {
	create, open         func(name string) (Handle, error)
	createCall, openCall string
}{
	"mapping":   {func(name string) (Handle, error) { return CreateMapping(name, 1) }, OpenMapping, "CreateFileMapping", "OpenFileMapping"},
	"semaphore": {func(name string) (Handle, error) { return CreateSemaphore(name, 1) }, OpenSemaphore, "CreateSemaphore", "OpenSemaphore"},
}

// long is a random name of n units.
func long(n int) string {
	name := newName()
	return name + strings.Repeat("x", n-len(name))
}

func TestNames(t *testing.T) {
	random := newName()
	for kind, k := range kinds {
		for name, same := range map[string]string{
			long(maxName): "", "/" + random + "/": "", " " + random: "", random + ".": "", random + "\u00e9\U0001f600": "",
			"\xed\xa0\x80" + random: "", random + "\xed\xb0\x80": "", // unpaired surrogates
			random: `Local\` + random, `Global\` + random: `Global\` + random,
		} {
			_, err := k.open(name)
			wantError(t, err, k.openCall, windows.ERROR_FILE_NOT_FOUND)
			made, err := k.create(name)
			if strings.HasPrefix(name, `Global\`) && errors.Is(err, windows.ERROR_ACCESS_DENIED) {
				continue // takes a privilege
			}
			opened, err2 := k.open(cmp.Or(same, name))
			if err := errors.Join(err, err2); err != nil {
				t.Errorf("%s %.20q: %v", kind, name, err)
				continue
			}
			if n, err := Handles(made); n != 2 || err != nil {
				t.Errorf("%s %.20q: %d handles, %v; want 2 to one object", kind, name, n, err)
			}
			closeNow(t, made)
			closeNow(t, opened)
		}
	}
}

// Names that differ are names of different objects.
func TestNamesAreNotFolded(t *testing.T) {
	random := newName()
	for kind, k := range kinds {
		h, err := k.create(random + "a\ufffd")
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range []string{"A\ufffd", "a\u00a0", "a", "a\ufffd ", "a\ufffd\ufffd", "a\xed\xa0\x80"} {
			_, err := k.open(random + other)
			if !errors.Is(err, windows.ERROR_FILE_NOT_FOUND) {
				t.Errorf("%s %q: %v", kind, other, err)
			}
		}
		closeNow(t, h)
	}
}

func TestNamesThatCannotBe(t *testing.T) {
	for kind, k := range kinds {
		for name, want := range map[string]syscall.Errno{
			"a\x00b": windows.ERROR_INVALID_NAME, "a\x00": windows.ERROR_INVALID_NAME, "a\xff": windows.ERROR_INVALID_NAME,
			"\xed\xa0\xbd\xed\xb8\x80":  windows.ERROR_INVALID_NAME, // both halves of U+1F600 by themselves
			long(maxName + 1):           windows.ERROR_FILENAME_EXCED_RANGE,
			long(1 << 17):               windows.ERROR_FILENAME_EXCED_RANGE,
			newName() + `\` + newName(): windows.ERROR_PATH_NOT_FOUND,
			`Local\` + newName() + `\x`: windows.ERROR_PATH_NOT_FOUND,
		} {
			_, err := k.create(name)
			wantError(t, err, k.createCall, want)
			_, err = k.open(name)
			wantError(t, err, k.openCall, want)
		}
		if _, err := k.create(`\` + newName()); err == nil {
			t.Errorf("%s: a name that begins with a backslash", kind)
		}
	}
}

// What has the name already, and is of another kind, stays what it is.
func TestNamesOfOtherKinds(t *testing.T) {
	for what, create := range map[string]func(name *uint16) (windows.Handle, error){
		"event": func(name *uint16) (windows.Handle, error) { return windows.CreateEvent(nil, 1, 0, name) },
		"mutex": func(name *uint16) (windows.Handle, error) { return windows.CreateMutex(nil, false, name) },
		"mapping": func(name *uint16) (windows.Handle, error) {
			return windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, 0, 1, name)
		},
		"semaphore": func(name *uint16) (windows.Handle, error) {
			h, err := call(createSemaphore, 0, 1, 1, uintptr(unsafe.Pointer(name)))
			return windows.Handle(h), err
		},
	} {
		name := newName()
		p, err := windows.UTF16PtrFromString(name)
		if err != nil {
			t.Fatal(err)
		}
		h, err := create(p)
		if err != nil {
			t.Fatal(err)
		}
		closeLater(t, Handle(h))
		for kind, k := range kinds {
			if kind == what {
				continue
			}
			_, err := k.create(name)
			wantError(t, err, k.createCall, windows.ERROR_INVALID_HANDLE)
			_, err = k.open(name)
			wantError(t, err, k.openCall, windows.ERROR_INVALID_HANDLE)
		}
	}
}
