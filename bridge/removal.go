package bridge

import (
	"context"
	"errors"
	"fmt"
)

// Remove removes what i describes, which Inspect or List has found: a segment with its lock and its key files, or what has
// stayed of these alone. It looks again immediately before, under the lock: if somebody has attached, or what bears the name
// by then is another object than the one described, nothing is removed and the error is ErrInUse. fs.ErrNotExist says that it
// is gone already. A lock whose holder has died is no obstacle; one that is held is waited for.
//
// The kernel does not tell who has a System V semaphore open. One that is no segment's lock is in use if anybody waits for it,
// or if the process that used it last is alive; what a process that is being started leaves for an instant, a key file
// without semaphore or a semaphore without value, is waited for until it is two seconds old. A key file alone is in use if any
// process that can be seen from here has the same directory and another IPC namespace, as in a container: there may be an
// object of it. An object without key file is removed by its id.
//
// Of the options RequireOwner matters. On Windows, where nothing is ever left behind, the error is ErrInUse.
func (i Info) Remove(ctx context.Context, opts ...Option) error {
	b, ok := backends[i.Key.Type.Family()]
	if !ok {
		return wrap("remove", i.Key, fmt.Errorf("keys of type %q: %w on this system", i.Key.Type, errors.ErrUnsupported))
	}
	at := placed(opts)
	at.name, at.lock, at.only = i.Key.Native, i.Semaphore.Native, &i
	at.id, at.lockID = projectID(i.Ftok), projectID(i.Semaphore.Ftok)
	return wrap("remove", i.Key, b.remove(ctx, at))
}

// projectID is the part of a System V key that does not come from the key file.
func projectID(ftok int32) uint8 { return uint8(uint32(ftok) >> 24) }
