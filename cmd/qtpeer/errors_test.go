package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/shmbridge/shmbridge/bridge"
)

// ofBridge is an error as package bridge returns it.
func ofBridge(err error) error { return fmt.Errorf("outer: %w", &bridge.Error{Op: "attach", Err: err}) }

func TestStatusOf(t *testing.T) {
	for _, c := range []struct {
		err  error
		want status
	}{
		{ofBridge(fs.ErrNotExist), status{"not-found", 2}},
		{ofBridge(fs.ErrExist), status{"already-exists", 3}},
		{ofBridge(context.DeadlineExceeded), status{"timeout", 4}},
		{ofBridge(fmt.Errorf("%w after 1s", errTimeout)), status{"timeout", 4}},
		{ofBridge(fs.ErrPermission), status{"permission", 5}},
		{ofBridge(bridge.ErrSymlink), status{"permission", 5}},
		{ofBridge(context.Canceled), status{"interrupted", 1}},
		{ofBridge(bridge.ErrInUse), status{"in-use", 1}},
		{ofBridge(bridge.ErrLockLost), status{"lock-lost", 1}},
		{ofBridge(errors.ErrUnsupported), status{"unsupported", 1}},
		{ofBridge(bridge.ErrTruncated), status{"truncated", 1}},
		{fmt.Errorf("%w (more)", ofBridge(bridge.ErrAmbiguous)), status{"ambiguous", 1}},
		{ofBridge(errors.New("new")), status{"error", 1}},
		{badData("x"), status{"bad-data", 6}},
		{fmt.Errorf("outer: %w", usage("x")), status{"usage", 1}},
		{fs.ErrNotExist, status{"error", 1}}, // a file of the user's
		{fs.ErrPermission, status{"error", 1}},
	} {
		if got := statusOf(c.err); got != c.want {
			t.Errorf("%v: %v, want %v", c.err, got, c.want)
		}
	}
}

func TestReport(t *testing.T) {
	for _, c := range []struct {
		err  error
		json bool
		want string
		exit int
	}{
		{nil, true, "", 0},
		{badData("<odd>"), false, "qtpeer: <odd>\n", 6},
		{badData("<odd>"), true, `{"error":"<odd>","code":"bad-data","exit":6}` + "\n", 6},
		{errors.Join(errors.New("one"), errors.New("two")), false, "qtpeer: one; two\n", 1},
		{commandStatus(42), true, "", 42},
		{fmt.Errorf("outer: %w", commandStatus(137)), false, "", 137},
	} {
		var out bytes.Buffer
		if exit := report(&out, c.err, c.json); exit != c.exit || out.String() != c.want {
			t.Errorf("%v: %d, %q; want %d, %q", c.err, exit, out.String(), c.exit, c.want)
		}
	}
}
