package main

// #include <stdint.h>
import "C"

import (
	"context"
	"time"
)

// Why waits end, in C's words.
var (
	errTimeLimit = ended{"the time limit passed", context.DeadlineExceeded}
	errCanceled  = ended{"canceled", context.Canceled}
)

type ended struct {
	text  string
	cause error
}

func (e ended) Error() string { return e.text }
func (e ended) Unwrap() error { return e.cause }

// within is the context of an operation that may take that many milliseconds, for ever if negative.
func within(parent context.Context, ms C.int32_t) (context.Context, context.CancelFunc) {
	switch {
	case ms < 0:
		return parent, func() {}
	case ms == 0: // it does not wait, so that nobody needs to end it
		parent = context.Background()
	}
	return context.WithTimeoutCause(parent, time.Duration(ms)*time.Millisecond, errTimeLimit)
}
