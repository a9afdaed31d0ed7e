package bridge

import "fmt"

// isLone reports whether i describes a semaphore that is no segment's lock.
func (i Info) isLone() bool { return !i.Exists && !i.KeyFile.Exists }

// changed is the error for what is no longer what was described.
func changed(what string) error {
	return hinted{fmt.Errorf("%s: %w", what, ErrInUse), "since it was looked at another has taken its place"}
}
