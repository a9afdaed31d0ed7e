package bridge

import (
	"errors"
	"runtime"
	"strings"
	"testing"
)

func TestListSaysThatItCannot(t *testing.T) {
	all, err := List()
	if can := runtime.GOOS == "windows"; can != (err == nil) {
		t.Fatalf("%v, %v", all, err)
	}
	if err != nil && (all != nil || !errors.Is(err, errors.ErrUnsupported) || CodeOf(err) != CodeUnsupported || !strings.HasPrefix(err.Error(), "list objects: unsupported operation: ")) {
		t.Errorf("%v, %v", all, err)
	}
}
