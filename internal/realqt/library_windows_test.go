//go:build amd64

package realqt

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// returned is what the functions below return: a class of MSVC, of which 8 bytes are enough in Qt 5.
var returned = value{d: unsafe.Pointer(new(int)), size: 7}

// called has the arguments of the last call, in the order of the registers.
var called []uintptr

// returning makes a function that writes what it returns to where its argument of a number points, as MSVC does.
func returning(argument int) uintptr {
	return windows.NewCallback(func(first, second, third uintptr) uintptr {
		called = []uintptr{first, second, third}
		to := called[argument]
		**(**value)(unsafe.Pointer(&to)) = returned
		return to
	})
}

func TestRegisterPassesThePlaceOfAClass(t *testing.T) {
	this := unsafe.Pointer(new(int))
	for _, test := range []struct {
		symbol string
		place  int
	}{
		{"?member@Class@@QEBA?AVQString@@H@Z", 1},
		{"?member@Class@@QEAA?AVQString@@H@Z", 1},
		{"?static@Class@@SA?AVQString@@PEAXH@Z", 0},
		{"?free@@YA?AVQString@@PEAXH@Z", 0},
	} {
		var fn func(this unsafe.Pointer, n int32) value
		register(test.symbol, &fn, returning(test.place))
		if got := fn(this, 41); got != returned {
			t.Errorf("%s returns %+v, want %+v", test.symbol, got, returned)
		}
		others := append(append([]uintptr{}, called[:test.place]...), called[test.place+1:]...)
		if others[0] != uintptr(this) || int32(others[1]) != 41 {
			t.Errorf("%s is called with %#x, not with %p and 41 beside the place", test.symbol, called, this)
		}
	}
}

func TestRegisterPassesTheRestAsItIs(t *testing.T) {
	sum := windows.NewCallback(func(this, b, text uintptr) uintptr {
		return this + b&0xff + uintptr(**(**byte)(unsafe.Pointer(&text)))
	})
	var fn func(this uintptr, b bool, text string) int32
	register("?member@Class@@QEAAH_NPEBD@Z", &fn, sum)
	if got := fn(100, true, "A"); got != 100+1+'A' {
		t.Errorf("got %d, want %d", got, 100+1+'A')
	}
}

// A function is found in what the DLL imports from, as dlsym does it.
func TestLibraryHasWhatItImports(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		imports, err := importsOf(libraryOf(t))
		if err != nil || !strings.Contains(strings.ToLower(strings.Join(imports, " ")), "kernel32.dll") {
			t.Fatalf("%v %v", imports, err)
		}
		lib, err := openLibrary(libraryOf(t), "")
		if err != nil {
			t.Fatal(err)
		}
		var id func() uint32
		if err := lib.bind("GetCurrentProcessId", &id); err != nil || id() != windows.GetCurrentProcessId() {
			t.Errorf("GetCurrentProcessId: %v", err)
		}
		const missing = "?lost@QString@@QEAAXXZ"
		if err := lib.bind(missing, &id); err == nil || err.Error() != "undefined symbol: "+missing {
			t.Errorf("%s: %v", missing, err)
		}
	})
}

// A DLL gets what it needs from beside it, not from the system.
func TestLibraryPrefersWhatIsBesideIt(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		path, err := filepath.Abs(libraryOf(t)) // with its drive
		if err != nil {
			t.Fatal(err)
		}
		directory := filepath.Dir(path)
		lib, err := loadWithImports(path)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, handle := range lib[1:] {
			file := fileOf(t, handle)
			beside := filepath.Join(directory, filepath.Base(file))
			if _, err := os.Stat(beside); err != nil {
				continue
			}
			found++
			if !strings.EqualFold(file, beside) {
				t.Errorf("%s is loaded, and %s is not", file, beside)
			}
		}
		if found == 0 {
			t.Errorf("nothing that %s imports from is beside it", libraryOf(t))
		}
	})
}

// fileOf returns the path of a DLL that is loaded.
func fileOf(t *testing.T, handle windows.Handle) string {
	t.Helper()
	path := make([]uint16, windows.MAX_LONG_PATH)
	n, err := windows.GetModuleFileName(handle, &path[0], uint32(len(path)))
	if err != nil {
		t.Fatal(err)
	}
	return windows.UTF16ToString(path[:n])
}

// One DLL is loaded once, however its path is written.
func TestPathsOfOneLibrary(t *testing.T) {
	eachQt(t, func(t *testing.T, q *Qt) {
		path := libraryOf(t)
		first, err := openLibrary(path, "")
		if err != nil {
			t.Fatal(err)
		}
		second, err := openLibrary(strings.ReplaceAll(path, `\`, "/"), "")
		if err != nil || !reflect.DeepEqual(first, second) {
			t.Errorf("%v, then %v %v", first, second, err)
		}
	})
}
