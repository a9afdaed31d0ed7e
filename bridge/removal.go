package bridge

import "context"

// Remove removes what i describes, found by Inspect or List: the segment, its lock and its key files, or what of these has
// stayed alone. It looks again under the lock, immediately before: if somebody has attached, or what bears the name by then
// is another segment than the one described, nothing is removed, and the error is ErrInUse or ErrChanged. A lock whose holder
// has died is no obstacle. On Windows, where nothing is ever left behind, it is always an error.
func (i Info) Remove(ctx context.Context, opts ...Option) error {
	panic("TODO")
}
