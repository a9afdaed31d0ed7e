package main

import (
	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newLock(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "lock NAME [--timeout DURATION] -- COMMAND...",
		Short: "Run a command while holding the lock of a segment",
		Long: `Take the lock that QSharedMemory::lock() takes, run COMMAND, give the lock back, and exit with the status of COMMAND.
SIGINT, SIGTERM and SIGHUP are passed on to it. --timeout bounds the wait for the lock, not COMMAND.

The lock does not nest: a COMMAND that takes it too, as "qtpeer read" of the same segment does, waits for ever.
If qtpeer is killed, the kernel gives a System V lock back. A POSIX lock stays taken, and so does a Windows lock while
others have it open: see --break-dead-lock.`,
		Example: `  qtpeer lock test -- sh -c 'ipcs -m; sleep 10'
  qtpeer lock test --timeout 5s -- ./backup.sh
  qtpeer lock --key posix:/test --break-dead-lock -- ./backup.sh`,
		ValidArgsFunction: o.completeNameCommand,
		RunE: func(cmd *cobra.Command, args []string) error {
			own, command := splitCommand(cmd, args)
			if err := findCommand(command); err != nil {
				return err
			}
			key, err := o.existing(cmd, own)
			if err != nil {
				return err
			}
			return o.lock(key, command)
		},
	}
}

func (o *options) lock(key ipckey.Key, command []string) error {
	ctx, stop := interruptible()
	defer stop()
	wait, cancel := o.limit(ctx)
	defer cancel()
	return o.visit(wait, key, bridge.ReadOnly, func(*bridge.Segment) error { return runCommand(ctx, command) })
}
