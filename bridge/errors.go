package bridge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// What can go wrong beyond what the kernel says. Test with errors.Is.
var (
	// ErrSize: a size that is not positive, or that the system does not allow.
	ErrSize = errors.New("invalid size")
	// ErrDetached: the Segment was detached, or the Semaphore closed. It is fs.ErrClosed.
	ErrDetached = fs.ErrClosed
	// ErrNotLocked: Unlock of a Segment that is not locked by Lock or TryLock.
	ErrNotLocked = errors.New("not locked")
	// ErrReadOnly: a write through a read-only attachment.
	ErrReadOnly = errors.New("read-only attachment")
	// ErrInUse: Remove of a segment that a process is attached to.
	ErrInUse = errors.New("in use")
	// ErrLockLost: somebody removed the semaphore while this Segment held its lock; others may have been inside.
	ErrLockLost = errors.New("the lock was removed while it was held")
	// ErrForeignOwner: an object belongs to another user, and RequireOwner was given.
	ErrForeignOwner = errors.New("belongs to another user")
	// ErrSymlink: a symbolic link stands where a key file or a POSIX object should be. It is never followed.
	ErrSymlink = errors.New("a symbolic link is in its place")
	// ErrAmbiguous: Find found several segments of one name.
	ErrAmbiguous = errors.New("several segments have that name")
	// ErrTruncated: another process has made the segment smaller, and what was touched is no longer there.
	ErrTruncated = errors.New("the segment was truncated while attached")
	// ErrRange: an offset or a count outside what the object allows.
	ErrRange = errors.New("out of range")
)

// Error is the one error type of this package.
type Error struct {
	Op   string     // "create", "attach", "lock", ...
	Key  ipckey.Key // of the object operated on, if it is one
	Err  error      // wraps an *os.SyscallError where the kernel refused
	Hint string     // what to know and to do, may be empty
}

// Error says what failed, on which object, why, and what to do next.
func (e *Error) Error() string {
	object := " (" + e.Key.String() + ")"
	switch {
	case e.Key.Legacy == "" && e.Key.Native == "":
		object = ""
	case e.Key.Legacy != "":
		object = fmt.Sprintf(" %q (%s:%s)", e.Key.Legacy, e.Key.Type, e.Key.Native)
	}
	text := fmt.Sprintf("%s%s: %v", e.Op, object, e.Err)
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// hinted is an error with the hint that only the place knows where it arose; wrap hands it to the Error.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// wrap puts err, if there is one, into an *Error.
func wrap(op string, key ipckey.Key, err error) error {
	if err == nil {
		return nil
	}
	e := &Error{Op: op, Key: key, Err: err}
	var h hinted
	if errors.As(err, &h) {
		e.Hint = h.hint
	} else if errors.Is(err, context.DeadlineExceeded) {
		e.Hint = `somebody else holds the lock: "qtpeer info" shows who used it last`
	} else if errors.Is(err, fs.ErrPermission) {
		e.Hint = "it belongs to another user; Qt makes its objects for one user only"
	}
	return e
}

// Code is an error as a number. 0 to 8 are QSharedMemory::SharedMemoryError; values never change.
type Code int

// The codes of QSharedMemory::SharedMemoryError, and from 100 on those that Qt does not have.
const (
	CodeNoError          Code = 0
	CodePermissionDenied Code = 1
	CodeInvalidSize      Code = 2
	CodeKeyError         Code = 3
	CodeAlreadyExists    Code = 4
	CodeNotFound         Code = 5
	CodeLockError        Code = 6
	CodeOutOfResources   Code = 7
	CodeUnknownError     Code = 8

	CodeTimeout     Code = 100 // the context's deadline passed
	CodeCanceled    Code = 101 // the context was cancelled
	CodeDetached    Code = 102
	CodeNotLocked   Code = 103
	CodeReadOnly    Code = 104
	CodeInUse       Code = 105
	CodeLockLost    Code = 106
	CodeRange       Code = 107
	CodeUnsupported Code = 108 // no such family on this system
	CodeTruncated   Code = 109
	CodeAmbiguous   Code = 110 // Find: several segments of that name
)

type errorCode struct {
	err  error
	code Code
}

var codes = append([]errorCode{
	{context.DeadlineExceeded, CodeTimeout},
	{context.Canceled, CodeCanceled},
	{ErrDetached, CodeDetached},
	{ErrNotLocked, CodeNotLocked},
	{ErrReadOnly, CodeReadOnly},
	{ErrInUse, CodeInUse},
	{ErrLockLost, CodeLockLost},
	{ErrRange, CodeRange},
	{ErrTruncated, CodeTruncated},
	{ErrAmbiguous, CodeAmbiguous},
	{ErrSize, CodeInvalidSize},
	{ErrForeignOwner, CodePermissionDenied},
	{ErrSymlink, CodePermissionDenied},
	{errKeyFile, CodeKeyError},
	{errName, CodeKeyError},
	{ipckey.ErrEmptyKey, CodeKeyError},
	{ipckey.ErrNotUTF8, CodeKeyError},
	{fs.ErrPermission, CodePermissionDenied},
	{fs.ErrExist, CodeAlreadyExists},
	{fs.ErrNotExist, CodeNotFound},
	{errors.ErrUnsupported, CodeUnsupported},
}, systemCodes...)

// CodeOf classifies err as Qt would: the first meaning that fits, CodeNoError for nil, CodeUnknownError for all else.
func CodeOf(err error) Code {
	if err == nil {
		return CodeNoError
	}
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return CodeUnknownError
}

// errKeyFile: the key file could neither be found nor made.
var errKeyFile = errors.New("unable to make the key file")

const hintKeyFileOnly = "its key file exists, the segment does not: left by a crash, or made in another IPC namespace; " +
	`"qtpeer clean" removes what is left`

// errName: no POSIX object, or no object of Windows, can have such a name.
var errName = errors.New("no object can have such a name")
