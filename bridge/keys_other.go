//go:build !unix

package bridge

// System V keys depend on the directories of a Unix system. Here they are names to look at, of which nothing is known.

func usable(string) bool { return false }

func realpath(path string) (resolved string, exists bool) { return path, true }
