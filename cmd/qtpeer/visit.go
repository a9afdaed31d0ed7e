package main

import (
	"cmp"
	"context"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// visit attaches to a segment for as long as fn runs. A System V segment that nobody was attached to is left as it was:
// Detach, as the last one, would remove it, and looking at what a crash left behind must not destroy it. The kernel ends
// such a visit, and gives the lock back, when the program ends.
func (o *options) visit(ctx context.Context, key ipckey.Key, access bridge.Access, fn func(*bridge.Segment) error) error {
	var before bridge.Info
	if key.Type.Family() == ipckey.FamilySystemV {
		before, _ = bridge.Inspect(key, o.bridge()...) // what is wrong there, Attach tells
	}
	segment, err := bridge.Attach(ctx, key, access, o.bridge()...)
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
