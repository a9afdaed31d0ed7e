package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// semHold is what "sem acquire" and "sem release" do to a semaphore, and how long it lasts.
type semHold struct {
	do      func(*bridge.Semaphore, context.Context) error
	undo    func(*bridge.Semaphore) error // what the kernel does for System V only; nil for what is to last
	done    string
	hold    time.Duration
	initial int
	command []string
}

func (h *semHold) register(cmd *cobra.Command) {
	cmd.Flags().DurationVar(&h.hold, "hold", 0, "stay for this time, such as 1m (default: until a signal)")
	cmd.Flags().IntVar(&h.initial, "initial", 0, "make the semaphore with this value if there is none, and remove it at the end, as Qt does")
}

func (h *semHold) run(o *options, cmd *cobra.Command, key ipckey.Key) error {
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
	if err = h.do(semaphore, wait); err == nil {
		err = h.stay(ctx, cmd, semaphore)
	}
	closeErr := semaphore.Close()
	return cmp.Or(err, closeErr)
}

// stay stays until COMMAND, --hold or a signal ends it, and undoes what the kernel will not undo.
func (h *semHold) stay(ctx context.Context, cmd *cobra.Command, s *bridge.Semaphore) (err error) {
	remembers := s.Key().Type.Family() == ipckey.FamilySystemV
	if !remembers && h.undo != nil {
		defer func() {
			undoErr := h.undo(s)
			err = cmp.Or(err, undoErr)
		}()
	}
	if h.command != nil {
		return runCommand(ctx, h.command)
	}
	_, err = fmt.Fprintln(cmd.OutOrStdout(), h.done)
	lasts := !remembers && h.undo == nil && h.hold == 0 && !cmd.Flags().Changed("initial")
	if err == nil && !lasts {
		stay(ctx, h.hold)
	}
	return err
}
