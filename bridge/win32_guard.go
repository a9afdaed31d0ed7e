//go:build windows

package bridge

import (
	"context"
	"errors"
	"io/fs"

	"github.com/shmbridge/shmbridge/internal/win32"
)

// guard has nothing to remove: a segment that exists is open somewhere.
func (b win32Backend) guard(ctx context.Context, at place, block []byte) (attachment, error) {
	a, err := b.create(ctx, at, len(block))
	if errors.Is(err, fs.ErrExist) {
		return nil, &TakenError{guardedBy(at)}
	}
	if err == nil {
		copy(a.memory(), block)
	}
	return a, err
}

// guardedBy returns the process that the segment names, or 0.
func guardedBy(at place) int {
	h, err := win32.OpenMapping(at.name)
	if err != nil {
		return 0
	}
	defer win32.Close(h)
	mem, err := win32.MapView(h, true)
	if err != nil {
		return 0
	}
	pid := blockPID(mem)
	_ = win32.UnmapView(mem)
	return pid
}
