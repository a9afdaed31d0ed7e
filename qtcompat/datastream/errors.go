package datastream

import (
	"errors"
	"fmt"
	"io"
)

var (
	// ErrCorrupt means bytes that the type cannot have. Besides damage, the usual causes are another type, stream
	// version or byte order than the writer's.
	ErrCorrupt = errors.New("corrupt data")

	// ErrUnknownType means a type of a QVariant, or a spelling given to [ParseType], that is not known here.
	ErrUnknownType = errors.New("unknown type")

	// ErrTooLarge means a value beyond [Limits].
	ErrTooLarge = errors.New("value exceeds the limit")
)

// DecodeError says which value could not be read.
type DecodeError struct {
	Type   string // Qt's name of the outermost type, such as "quint32" or "QList"; "cstring" for const char*, "bytes" for writeBytes
	Offset int    // where the value begins, in bytes from the start of the input
	Err    error  // wraps io.ErrUnexpectedEOF if the input is too short, or ErrCorrupt, ErrTooLarge, ErrUnknownType or errors.ErrUnsupported
}

// Error names the type, the place and the cause, and what to check.
func (e *DecodeError) Error() string {
	return fmt.Sprintf("datastream: cannot read %s at byte %d: %v (check type, stream version and byte order)",
		e.Type, e.Offset, e.Err)
}

// Unwrap returns the cause, e.Err.
func (e *DecodeError) Unwrap() error { return e.Err }

func truncated(need int64, have int) error {
	return fmt.Errorf("%w: %d bytes needed, %d left", io.ErrUnexpectedEOF, need, have)
}
