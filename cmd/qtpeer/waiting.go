package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// interruptible returns a context that ends with the first signal that asks the program to end. After stop signals end
// it at once again.
func interruptible() (ctx context.Context, stop context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // by nohup
		signals = append(signals, syscall.SIGHUP)
	}
	return signal.NotifyContext(context.Background(), signals...)
}

// limit returns ctx with the end that --timeout sets.
func (o *options) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if !o.limited {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, o.timeout, fmt.Errorf("%w after %v", errTimeout, o.timeout))
}

// waiting is interruptible with a limit.
func (o *options) waiting() (ctx context.Context, stop context.CancelFunc) {
	ctx, restore := interruptible()
	ctx, cancel := o.limit(ctx)
	return ctx, func() { cancel(); restore() }
}
