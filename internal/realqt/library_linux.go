//go:build (amd64 || arm64) && !static

package realqt

import (
	"fmt"
	"runtime"

	"github.com/ebitengine/purego"
)

// library is the handle of a shared library.
type library uintptr

// openLibrary loads a file. Its error ends with the remedy.
func openLibrary(file, remedy string) (library, error) {
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
