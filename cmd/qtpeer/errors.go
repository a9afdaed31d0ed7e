package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
)

// status is what an error means to a script: a name for --json and an exit status.
type status struct {
	Code string `json:"code"`
	Exit int    `json:"exit"`
}

// Statuses of errors that are not of package bridge, and of more than one kind of its errors.
var (
	statusError    = status{"error", 1}
	statusUsage    = status{"usage", 1}
	statusNotFound = status{"not-found", 2}
	statusDenied   = status{"permission", 5}
	statusBadData  = status{"bad-data", 6}
)

var statuses = map[bridge.Code]status{
	bridge.CodePermissionDenied: statusDenied,
	bridge.CodeInvalidSize:      {"invalid-size", 1},
	bridge.CodeKeyError:         {"key-error", 1},
	bridge.CodeAlreadyExists:    {"already-exists", 3},
	bridge.CodeNotFound:         statusNotFound,
	bridge.CodeLockError:        {"lock-error", 1},
	bridge.CodeOutOfResources:   {"out-of-resources", 1},
	bridge.CodeTimeout:          {"timeout", 4},
	bridge.CodeCanceled:         {"interrupted", 1},
	bridge.CodeInUse:            {"in-use", 1},
	bridge.CodeLockLost:         {"lock-lost", 1},
	bridge.CodeRange:            {"range", 1},
	bridge.CodeUnsupported:      {"unsupported", 1},
	bridge.CodeTruncated:        {"truncated", 1},
	bridge.CodeAmbiguous:        {"ambiguous", 1},
}

// failure is an error with a status of its own.
type failure struct {
	status
	err error
}

func (f failure) Error() string { return f.err.Error() }
func (f failure) Unwrap() error { return f.err }

// usage is an error of whoever called the program.
func usage(format string, args ...any) error {
	return failure{statusUsage, fmt.Errorf(format, args...)}
}

// badData means data that do not fit, or are not what they are said to be.
func badData(format string, args ...any) error {
	return failure{statusBadData, fmt.Errorf(format, args...)}
}

// errTimeout is the end of --timeout.
var errTimeout error = timeoutError{}

type timeoutError struct{}

func (timeoutError) Error() string        { return "timed out" }
func (timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// commandStatus is the exit status, not 0, of a command that was run. It has told its own errors.
type commandStatus int

func (s commandStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// statusOf classifies err. That a file of the user's is missing, for example, is statusError: only what is said about
// a segment or a semaphore has a status of its own.
func statusOf(err error) status {
	var f failure
	var b *bridge.Error
	switch {
	case errors.As(err, &f):
		return f.status
	case errors.As(err, &b):
		if s, ok := statuses[bridge.CodeOf(err)]; ok {
			return s
		}
	}
	return statusError
}

// report prints err, if there is one, in one line, and returns the exit status of the program.
func report(w io.Writer, err error, asJSON bool) int {
	if err == nil {
		return 0
	}
	var command commandStatus
	if errors.As(err, &command) {
		return int(command)
	}
	s, text := statusOf(err), oneLine(err.Error())
	if asJSON {
		_ = printJSON(w, struct {
			Error string `json:"error"`
			status
		}{text, s})
	} else {
		fmt.Fprintln(w, "qtpeer:", text)
	}
	return s.Exit
}

func oneLine(text string) string { return strings.ReplaceAll(strings.TrimSpace(text), "\n", "; ") }

// printJSON prints v in one line.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
