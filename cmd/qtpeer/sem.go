package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newSem(o *options) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sem",
		Short: "Use a QSystemSemaphore",
		Long: `Use a QSystemSemaphore. The lock of QSharedMemory(NAME) is the same semaphore as QSystemSemaphore(NAME).

A System V semaphore, as Qt uses it, takes back what a process did when the process ends: what it acquired is
released, and what it released is gone. Therefore "acquire" and "release" stay until they are told to end. A POSIX or
Windows semaphore remembers nothing: what "release" added stays, and what "acquire" took stays taken if it is killed.
A Windows semaphore goes with the last program that has it open.`,
		Example: `  qtpeer sem value jobs
  qtpeer sem acquire jobs -- ./job.sh
  qtpeer sem release jobs 3
  qtpeer sem release jobs 3 --type posix`,
		Args: cobra.ArbitraryArgs,
		RunE: runGroup,
	}
	cmd.AddCommand(newSemAcquire(o), newSemRelease(o), newSemValue(o))
	return cmd
}

func newSemValue(o *options) *cobra.Command {
	return &cobra.Command{
		Use:               "value NAME",
		Short:             "Print the value of a semaphore",
		Long:              "Print the value of a semaphore, without changing anything.",
		Example:           "  qtpeer sem value jobs\n  qtpeer sem value jobs --type posix",
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := o.onlyKey(ipckey.Semaphore, args)
			if err != nil {
				return err
			}
			info, err := o.findSemaphore(key)
			if err != nil {
				return err
			}
			if o.json {
				return printJSON(cmd.OutOrStdout(), asSemaphoreJSON(info, key.Type.Family()))
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), info.Value)
			return err
		},
	}
}

func newSemAcquire(o *options) *cobra.Command {
	h := &semHold{done: "acquired", do: (*bridge.Semaphore).Acquire}
	h.undo = func(s *bridge.Semaphore) error { return s.Release(1) }
	cmd := &cobra.Command{
		Use:   "acquire NAME [--initial N] [--hold DURATION | -- COMMAND...]",
		Short: "Take one from a semaphore and hold it",
		Long: `Wait until one can be taken from the semaphore, take it, and hold it while COMMAND runs, or else print "acquired" and
stay until SIGINT (Ctrl-C), SIGTERM, SIGHUP or the end of --hold. Then it is given back. The exit status is that of
COMMAND.`,
		Example: `  qtpeer sem acquire jobs -- ./job.sh
  qtpeer sem acquire jobs --hold 10s --timeout 1s
  qtpeer sem acquire --key posix:/jobs -- ./job.sh`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			own, command := splitCommand(cmd, args)
			key, err := o.onlyKey(ipckey.Semaphore, own)
			if err != nil {
				return err
			}
			h.command = command
			return h.run(o, cmd, key)
		},
	}
	h.register(cmd)
	return cmd
}

func newSemRelease(o *options) *cobra.Command {
	h := &semHold{done: "released"}
	cmd := &cobra.Command{
		Use:   "release NAME [N] [--initial N] [--hold DURATION | -- COMMAND...]",
		Short: "Add N, or 1, to a semaphore for a time",
		Long: `Add N, or 1, to the semaphore for as long as COMMAND runs, or else print "released" and stay until SIGINT (Ctrl-C),
SIGTERM, SIGHUP or the end of --hold. Then the kernel takes back what nobody has acquired meanwhile. The exit status
is that of COMMAND. What is added to a POSIX or Windows semaphore stays: unless COMMAND, --hold or --initial is given,
the end comes at once there.`,
		Example: `  qtpeer sem release jobs --hold 1s
  qtpeer sem release jobs 3 -- ./work.sh
  qtpeer sem release jobs 3 --type posix`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			own, command := splitCommand(cmd, args)
			key, rest, err := o.key(ipckey.Semaphore, own)
			if err != nil {
				return err
			}
			n, err := tokens(rest)
			if err != nil {
				return err
			}
			h.command, h.do = command, func(s *bridge.Semaphore, _ context.Context) error { return s.Release(n) }
			return h.run(o, cmd, key)
		},
	}
	h.register(cmd)
	return cmd
}

// tokens reads the N of "sem release".
func tokens(args []string) (int, error) {
	switch len(args) {
	case 0:
		return 1, nil
	case 1:
		if n, err := strconv.Atoi(args[0]); err == nil && n > 0 {
			return n, nil
		}
		return 0, usage("%q is no number of 1 or more", args[0])
	}
	return 0, usage("unexpected argument %q", args[1])
}

func (o *options) findSemaphore(key ipckey.Key) (bridge.SemaphoreInfo, error) {
	info, err := bridge.InspectSemaphore(key, o.bridge()...)
	if err == nil && !info.Exists {
		err = failure{statusNotFound, fmt.Errorf("there is no semaphore %s", key)}
	}
	return info, err
}
