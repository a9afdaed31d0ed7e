//go:build !(linux && (amd64 || arm64) && !static) && !(windows && amd64)

package realqt

import (
	"fmt"
	"runtime"
)

// library cannot be had on this platform, nor in a program without a dynamic linker.
type library struct{}

func openLibrary(_, _ string) (library, error) {
	return library{}, fmt.Errorf("this build for %s/%s cannot drive Qt: build for linux/amd64 or linux/arm64, "+
		"without the tag static, or for windows/amd64",
		runtime.GOOS, runtime.GOARCH)
}

func (library) bind(string, any) error { panic("realqt: no library can be open here") }
