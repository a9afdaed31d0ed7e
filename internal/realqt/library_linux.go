//go:build amd64 || arm64

package realqt

import (
	"fmt"
	"runtime"

	"github.com/ebitengine/purego"
)

// installed has the file and the Debian package of the libraries that go by a short name.
var installed = map[string]struct{ file, debianPackage string }{
	"qt5": {"libQt5Core.so.5", "libqt5core5a"},
	"qt6": {"libQt6Core.so.6", "libqt6core6"},
}

// library is the handle of a shared library.
type library uintptr

// openLibrary loads a file, or what a short name stands for.
func openLibrary(path string) (library, error) {
	file, remedy := path, "give the path of a Qt core library, or qt5 or qt6 for the system's own "+
		"(Debian packages libqt5core5a, libqt6core6)"
	if short, ok := installed[path]; ok {
		file, remedy = short.file, "install the Debian package "+short.debianPackage+" or give the path of a Qt core library"
	}
	// dlerror tells the last failure of the calling thread, so that dlopen must run on the same one.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	handle, err := purego.Dlopen(file, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return 0, fmt.Errorf("%w; %s", err, remedy)
	}
	return library(handle), nil
}

// bind makes *fn, a Go function variable, call the C or C++ function with that symbol in the library or in one that it
// depends on. The type of *fn must be the function's signature.
func (l library) bind(symbol string, fn any) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	address, err := purego.Dlsym(uintptr(l), symbol)
	if err != nil {
		return err
	}
	purego.RegisterFunc(fn, address)
	return nil
}
