package main

import (
	"fmt"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// The families, as the workers' command lines name them.
const (
	systemV = "systemv"
	posix   = "posix"
	windows = "windows"
	stream  = "stream" // no object: works in memory
)

// place is where an object is: what its key is derived from.
type place struct{ family, name string }

// key derives the key by which Qt finds the segment of p too.
func (p place) key() (ipckey.Key, error) {
	switch p.family {
	case systemV:
		return bridge.LegacyKey(p.name)
	case posix:
		return bridge.LegacyKey(p.name, bridge.WithType(ipckey.PosixRealtime))
	case windows:
		return bridge.LegacyKey(p.name, bridge.WithType(ipckey.Windows))
	}
	return ipckey.Key{}, fmt.Errorf("no such family: %q", p.family)
}

func (p place) attach() (*bridge.Segment, error) {
	key, err := p.key()
	if err != nil {
		return nil, err
	}
	return bridge.Attach(background, key, bridge.ReadWrite)
}

// create makes a segment. The options are for POSIX, where nobody else removes it, and a process may end that holds the lock.
func (p place) create(size int) (*bridge.Segment, error) {
	key, err := p.key()
	if err != nil {
		return nil, err
	}
	return bridge.Create(background, key, size, bridge.RemoveLast(), bridge.BreakDeadLock())
}
