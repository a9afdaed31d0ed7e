package main

import (
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// onOneCPU runs start so that the process it starts, and those that this starts, stay on the first CPU that this one may use. In
// Wine most operations are calls of a server, another process: on two CPUs they take several times as long as on one, and which it
// is changes by chance.
func onOneCPU(start func() error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var all, one unix.CPUSet
	if err := unix.SchedGetaffinity(0, &all); err != nil {
		return os.NewSyscallError("sched_getaffinity", err)
	}
	first := 0
	for !all.IsSet(first) {
		first++
	}
	one.Set(first)
	if err := unix.SchedSetaffinity(0, &one); err != nil {
		return os.NewSyscallError("sched_setaffinity", err)
	}
	err := start()
	if err := unix.SchedSetaffinity(0, &all); err != nil {
		return os.NewSyscallError("sched_setaffinity", err)
	}
	return err
}
