package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// guard is one run of the verb.
type guard struct {
	*options
	key         ipckey.Key
	wait        bool
	replace     bool
	takenStatus int
	asked       map[int]bool // processes that have been asked to end
	unseen      int          // how often nobody was found who could be asked
}

func newGuard(o *options) *cobra.Command {
	g := &guard{options: o, asked: map[int]bool{}}
	cmd := &cobra.Command{
		Use:   "guard NAME [--wait | --replace] [--taken-status N] -- COMMAND...",
		Short: "Run a command as the single instance of an application",
		Long: `Run COMMAND unless another instance of the same application is running, and exit with its status. An instance
is another "qtpeer guard NAME", a Qt program that asks with QSharedMemory(NAME) whether it is the first one, or an
application of the class SingleApplication (3.0 and later), with the name of its block; and they recognise this one.
If there is one, say which process it is, and exit with status 3.

Who is running the kernel decides: who has the segment and lives. What a killed program left behind stops nobody. With
--wait COMMAND starts when nobody is running any more, with --replace whoever runs is asked to end first, with SIGTERM;
another user's process never is. --timeout bounds both waits, not COMMAND.

SIGINT, SIGTERM and SIGHUP are passed on to COMMAND. If qtpeer is killed on Linux, COMMAND is killed too, but not what
it has started itself; give "exec" to a shell: sh -c 'ulimit -c 0; exec app'.

Exactly one "qtpeer guard" runs, however many are started at once. A Qt program that is started in the same instant as
another one may not notice it: its attach() fails, and by the time of its create() the other one is there. Many programs
ignore that create() then fails. Deleting the key files of a running application lets a second one start.`,
		Example: `  qtpeer guard myapp -- ./myapp.sh
  qtpeer guard myapp --wait --timeout 1m -- ./nightly.sh
  qtpeer guard myapp --replace -- ./myapp.sh
  qtpeer guard myapp --taken-status 0 -- ./from-cron.sh
  qtpeer guard --type posix --native ck1dXlp2...= -- ./myapp.sh   # a block of SingleApplication 3.5`,
		ValidArgsFunction: o.completeNameCommand,
		RunE:              g.runE,
	}
	cmd.Flags().BoolVar(&g.wait, "wait", false, "wait until no other instance is running")
	cmd.Flags().BoolVar(&g.replace, "replace", false, "ask the other instance to end, with SIGTERM, and wait until it has")
	cmd.Flags().IntVar(&g.takenStatus, "taken-status", statuses[bridge.CodeAlreadyExists].Exit,
		"exit status `N` if another instance is running")
	return cmd
}

func (g *guard) runE(cmd *cobra.Command, args []string) (err error) {
	own, command := splitCommand(cmd, args)
	if g.takenStatus < 0 || g.takenStatus > 255 {
		return usage("--taken-status %d: want 0 to 255", g.takenStatus)
	}
	if err := findCommand(command); err != nil {
		return err
	}
	if g.key, err = g.onlyKey(ipckey.Segment, own); err != nil {
		return err
	}
	return g.run(command)
}

// releasing is how long the end of the guard may wait for the lock. Without it the kernel ends the guard.
const releasing = 2 * time.Second

func (g *guard) run(command []string) error {
	ctx, stop := interruptible()
	defer stop()
	held, err := g.take(ctx)
	if err != nil {
		return err
	}
	err = runCommand(ctx, command, tie)
	ending, cancel := context.WithTimeout(context.Background(), releasing)
	defer cancel()
	return cmp.Or(err, held.Release(ending))
}

// take takes the guard at once, or as soon as nobody has it, if that is what the flags say.
func (g *guard) take(ctx context.Context) (*bridge.Guard, error) {
	ctx, cancel := g.limit(ctx)
	defer cancel()
	for {
		held, err := bridge.TakeGuard(ctx, g.key, g.bridge()...)
		var taken *bridge.TakenError
		if !errors.As(err, &taken) {
			return held, err
		}
		if !g.wait && !g.replace {
			return nil, failure{status{statuses[bridge.CodeAlreadyExists].Code, g.takenStatus}, g.running(taken)}
		}
		if g.replace {
			if err := g.replaceRunning(); err != nil {
				return nil, err
			}
		}
		select {
		case <-ctx.Done():
			return nil, g.waitedInVain(ctx, taken)
		case <-time.After(lookAfter + rand.N(lookAfter)):
		}
	}
}

// lookAfter is the pause, or half of the longest one, between two looks whether somebody still has the guard. A look is a few
// system calls.
const lookAfter = 25 * time.Millisecond

// running says who has the guard.
func (g *guard) running(taken *bridge.TakenError) error {
	return fmt.Errorf("another instance of %s is running: %s", g.name(), g.holders(taken.PID))
}

func (g *guard) waitedInVain(ctx context.Context, taken *bridge.TakenError) error {
	code := bridge.CodeCanceled
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		code = bridge.CodeTimeout
	}
	return failure{statuses[code], fmt.Errorf("%w: %w", context.Cause(ctx), g.running(taken))}
}

func (g *guard) name() string {
	if g.key.Legacy != "" {
		return fmt.Sprintf("%q", g.key.Legacy)
	}
	return g.key.String()
}
