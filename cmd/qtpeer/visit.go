package main

import (
	"cmp"
	"context"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// visit attaches to a segment for as long as fn runs. A segment that nobody was attached to is left as it was: Detach,
// as the last one, would remove it, and looking at what a crash left behind must not destroy it. The kernel ends such a
// visit, and gives the lock back, when the program ends.
func visit(ctx context.Context, key ipckey.Key, access bridge.Access, fn func(*bridge.Segment) error) error {
	before, _ := bridge.Inspect(key) // what is wrong there, Attach tells
	segment, err := bridge.Attach(ctx, key, access)
	if err != nil {
		return err
	}
	err = fn(segment)
	if before.Orphan() {
		return err
	}
	detachErr := segment.Detach(ctx)
	return cmp.Or(err, detachErr)
}
