//go:build !(linux && (amd64 || arm64)) && !(windows && amd64)

package realqt

import (
	"runtime"
	"strings"
	"testing"
)

func TestLoadSaysThatThePlatformIsNotSupported(t *testing.T) {
	q, err := Load("qt6")
	if q != nil || err == nil {
		t.Fatalf("Load = %v, %v, want an error", q, err)
	}
	for _, want := range []string{"load qt6", runtime.GOOS + "/" + runtime.GOARCH, "linux/amd64"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}
