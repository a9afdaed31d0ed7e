//go:build !linux || !(amd64 || arm64)

package realqt

import (
	"fmt"
	"runtime"
)

// library cannot be had on this platform.
type library struct{}

func openLibrary(_, _ string) (library, error) {
	return library{}, fmt.Errorf("driving Qt is not supported on %s/%s, only on linux/amd64 and linux/arm64",
		runtime.GOOS, runtime.GOARCH)
}

func (library) bind(string, any) error { panic("realqt: no library can be open here") }
