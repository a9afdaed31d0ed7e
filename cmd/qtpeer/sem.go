package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

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
released, and what it released is gone. Therefore "acquire" and "release" stay until they are told to end. A POSIX
semaphore remembers nothing: "acquire" gives back what it took before it ends, and "release" ends at once.`,
		Example: `  qtpeer sem value jobs
  qtpeer sem acquire jobs -- ./job.sh
  qtpeer sem release jobs 3`,
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
		Example:           "  qtpeer sem value jobs",
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

// semHold is how long "sem acquire" and "sem release" last, and what they do with a semaphore that is missing.
type semHold struct {
	hold     time.Duration
	initial  int
	command  []string
	giveBack bool // what was taken, at the end
}

func (h *semHold) register(cmd *cobra.Command) {
	cmd.Flags().DurationVar(&h.hold, "hold", 0, "stay for this time, such as 1m (default: until a signal)")
	cmd.Flags().IntVar(&h.initial, "initial", 0, "make the semaphore with this value if there is none, and remove it at the end, as Qt does")
}

func newSemAcquire(o *options) *cobra.Command {
	h := new(semHold)
	cmd := &cobra.Command{
		Use:   "acquire NAME [--initial N] [--hold DURATION | -- COMMAND...]",
		Short: "Take one from a semaphore and hold it",
		Long: `Wait until one can be taken from the semaphore, take it, and hold it while COMMAND runs, or else print "acquired" and
stay until SIGINT (Ctrl-C), SIGTERM, SIGHUP or the end of --hold. Then it is given back. The exit status is that of
COMMAND.`,
		Example: `  qtpeer sem acquire jobs -- ./job.sh
  qtpeer sem acquire jobs --hold 10s --timeout 1s`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			own, command := splitCommand(cmd, args)
			key, err := o.onlyKey(ipckey.Semaphore, own)
			if err != nil {
				return err
			}
			h.command, h.giveBack = command, true
			return h.run(o, cmd, key, "acquired", (*bridge.Semaphore).Acquire)
		},
	}
	h.register(cmd)
	return cmd
}

func newSemRelease(o *options) *cobra.Command {
	h := new(semHold)
	cmd := &cobra.Command{
		Use:   "release NAME [N] [--initial N] [--hold DURATION | -- COMMAND...]",
		Short: "Add N, or 1, to a semaphore for a time",
		Long: `Add N, or 1, to the semaphore for as long as COMMAND runs, or else print "released" and stay until SIGINT (Ctrl-C),
SIGTERM, SIGHUP or the end of --hold. Then the kernel takes back what nobody has acquired meanwhile. The exit status
is that of COMMAND.`,
		Example: `  qtpeer sem release jobs --hold 1s
  qtpeer sem release jobs 3 -- ./work.sh`,
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
			h.command = command
			return h.run(o, cmd, key, "released", func(s *bridge.Semaphore, _ context.Context) error { return s.Release(n) })
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

// run does op, and stays.
func (h *semHold) run(o *options, cmd *cobra.Command, key ipckey.Key, done string, op func(*bridge.Semaphore, context.Context) error) error {
	if h.command != nil {
		if err := findCommand(h.command); err != nil {
			return err
		}
	}
	if !cmd.Flags().Changed("initial") {
		if _, err := o.findSemaphore(key); err != nil {
			return err
		}
	}
	ctx, stop := interruptible()
	defer stop()
	semaphore, err := bridge.OpenSemaphore(ctx, key, h.initial, bridge.OpenExisting, o.bridge()...)
	if err != nil {
		return err
	}
	wait, cancel := o.limit(ctx)
	defer cancel()
	err = op(semaphore, wait)
	switch posix := key.Type.Family() == ipckey.FamilyPosix; {
	case err != nil:
	case !posix:
		err = h.stay(ctx, cmd, done)
	case h.giveBack:
		err = h.stay(ctx, cmd, done)
		releaseErr := semaphore.Release(1)
		err = cmp.Or(err, releaseErr)
	default:
		err = h.stayIfAsked(ctx, cmd, done)
	}
	closeErr := semaphore.Close()
	return cmp.Or(err, closeErr)
}

// stayIfAsked is stay for what lasts without it.
func (h *semHold) stayIfAsked(ctx context.Context, cmd *cobra.Command, done string) error {
	if h.command == nil && h.hold == 0 {
		ended, cancel := context.WithCancel(ctx)
		cancel()
		ctx = ended
	}
	return h.stay(ctx, cmd, done)
}

func (h *semHold) stay(ctx context.Context, cmd *cobra.Command, done string) error {
	if h.command != nil {
		return runCommand(ctx, h.command)
	}
	_, err := fmt.Fprintln(cmd.OutOrStdout(), done)
	if err == nil {
		stay(ctx, h.hold)
	}
	return err
}

func (o *options) findSemaphore(key ipckey.Key) (bridge.SemaphoreInfo, error) {
	info, err := bridge.InspectSemaphore(key, o.bridge()...)
	if err == nil && !info.Exists {
		err = failure{statusNotFound, fmt.Errorf("there is no semaphore %s", key)}
	}
	return info, err
}
