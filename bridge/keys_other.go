//go:build !unix

package bridge

// usable is needed for System V keys only, which this system has none of.
func usable(string) bool { return false }
