package main

import (
	"cmp"
	"context"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// visit attaches to a segment and holds its lock for as long as fn runs. A System V segment that nobody was attached to is left as
// it was: looking at what a crash left behind must not destroy it.
func (o *options) visit(ctx context.Context, key ipckey.Key, access bridge.Access, fn func(*bridge.Segment) error) error {
	segment, err := bridge.Attach(ctx, key, access, o.bridge(bridge.LeaveOrphan(), bridge.KeepLock())...)
	if err != nil {
		return err
	}
	err = fn(segment)
	detachErr := segment.Detach(ctx)
	return cmp.Or(err, detachErr)
}
