//go:build !linux

package main

import "runtime"

// system has what doctor knows of the system as a whole and of another process: on Linux.
func (d diagnosis) system() ([]finding, error) {
	if d.pid != 0 {
		return nil, usage("--pid: this version compares processes on Linux only")
	}
	return []finding{fine("confinement.system", "limits, containers and what removes objects are looked at on Linux, not on %s",
		runtime.GOOS)}, nil
}
