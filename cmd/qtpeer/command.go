package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// splitCommand returns the arguments before "--", and the command after it, nil without one.
func splitCommand(cmd *cobra.Command, args []string) (own, command []string) {
	if dash := cmd.ArgsLenAtDash(); dash >= 0 {
		return args[:dash], args[dash:]
	}
	return args, nil
}

// findCommand looks for a command before anything is locked for it.
func findCommand(command []string) error {
	if len(command) == 0 {
		return usage("no COMMAND: give it after --")
	}
	_, err := exec.LookPath(command[0])
	return err
}

// runCommand runs a command with our standard files and passes on the signals that ask us to end. It returns a
// commandStatus if the command failed. If ctx has ended, the command is not started. prepare changes how it is.
func runCommand(ctx context.Context, command []string, prepare ...func(*exec.Cmd)) error {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	for _, f := range prepare {
		f(cmd)
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			forward(cmd.Process, s)
		case err := <-ended:
			return statusOfCommand(err)
		}
	}
}

// forward passes a signal on. Ctrl-C reaches everything that runs on the terminal by itself, and twice is not once.
func forward(process *os.Process, s os.Signal) {
	if s != os.Interrupt || !term.IsTerminal(int(os.Stdin.Fd())) {
		_ = process.Signal(s) // it may have ended
	}
}

func statusOfCommand(err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}
	if wait, ok := exit.Sys().(syscall.WaitStatus); ok && wait.Signaled() {
		return commandStatus(128 + int(wait.Signal()))
	}
	return commandStatus(exit.ExitCode())
}
