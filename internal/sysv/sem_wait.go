//go:build linux

package sysv

import (
	"context"
	"os"

	"github.com/shmbridge/shmbridge/internal/interrupt"
	"golang.org/x/sys/unix"
)

// SemWait subtracts one from semaphore 0 of set id with undo, asleep in the kernel until that can be done. When ctx
// ends first it returns context.Cause(ctx) and the semaphore is as if nobody had waited; when both happen together
// the semaphore wins.
//
// semop(2) knows timeouts but no cancellation. It is one of the calls that a handled signal always interrupts.
func SemWait(ctx context.Context, id int) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	defer interrupt.On(ctx)()
	for {
		switch errno := semop(id, -1); errno {
		case 0:
			return nil
		case unix.EINTR:
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
		default:
			return os.NewSyscallError("semop", errno)
		}
	}
}
