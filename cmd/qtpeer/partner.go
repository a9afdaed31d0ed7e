package main

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// partner carries out the commands of the line protocol: this program, or a real Qt. Errors are answered as codeName
// says; those that are errors.ErrUnsupported as "unsupported".
type partner interface {
	hello() (implementation, version string)
	// setNaming changes what names mean in the calls to come.
	setNaming(n naming) error
	// setRules lets names mean in the calls to come what they mean to a version of Qt; "" is the newest.
	setRules(version string) error
	// key derives a key. text is its text form, empty in a Qt that has none.
	key(kind ipckey.Kind, name string) (native, text string, err error)
	// parse reads a text form and returns the one that the key has. The key is zero if the text stands for none.
	parse(text string) (key ipckey.Key, canonical string, err error)
	segment(name string) (segment, error)
	// nativeSegment has a native key, in the family of the naming.
	nativeSegment(key string) (segment, error)
	// textSegment has the key that a text form stands for.
	textSegment(text string) (segment, error)
	semaphore(name string, initial int, create bool) (semaphore, error)
	format(name string) (format, bool)
	// probe looks at a semaphore without touching it.
	probe(kind ipckey.Kind, name string) (bridge.SemaphoreInfo, error)
	remove(name string) error
	// names lists the native keys of all segments and semaphores.
	names() ([]string, error)
}

// naming is what names mean: by which rule, and in which family, a key is derived.
type naming struct {
	safe   bool // platformSafeKey(), not QSharedMemory(QString)
	family ipckey.Type
}

var usualNaming = naming{family: ipckey.LegacyDefaultType(runtime.GOOS)}

// segment is a QSharedMemory: attached or not.
type segment interface {
	native() string
	create(size int64, readOnly bool) error
	attach(readOnly bool) error
	detach() error
	isAttached() bool
	isReadOnly() bool
	memory() []byte // while attached
	// lock gives up after ms milliseconds, never if that is negative.
	lock(ms int64) error
	tryLock() (bool, error)
	unlock() error
	close() error
}

// semaphore is a QSystemSemaphore.
type semaphore interface {
	// acquire gives up after ms milliseconds, never if that is negative.
	acquire(ms int64) error
	tryAcquire() (bool, error)
	release(n int) error
	close() error
}

// refusal is an error with a CODE of the line protocol.
type refusal struct{ code, text string }

func (r refusal) Error() string { return r.text }

func misused(format string, args ...any) error { return refusal{"Usage", fmt.Sprintf(format, args...)} }

var errNotAttached = refusal{"NotFound", "not attached"}

// codeNames has the CODEs of bridge's errors. What it lacks is UnknownError.
var codeNames = map[bridge.Code]string{
	bridge.CodePermissionDenied: "PermissionDenied",
	bridge.CodeInvalidSize:      "InvalidSize",
	bridge.CodeKeyError:         "KeyError",
	bridge.CodeAlreadyExists:    "AlreadyExists",
	bridge.CodeNotFound:         "NotFound",
	bridge.CodeLockError:        "LockError",
	bridge.CodeOutOfResources:   "OutOfResources",
	bridge.CodeTimeout:          "Timeout",
	bridge.CodeNotLocked:        "NotLocked",
	bridge.CodeReadOnly:         "ReadOnly",
	bridge.CodeInUse:            "Busy",
	bridge.CodeLockLost:         "LockLost",
	bridge.CodeRange:            "Range",
}

func codeName(err error) string {
	var r refusal
	if errors.As(err, &r) {
		return r.code
	}
	if name, ok := codeNames[bridge.CodeOf(err)]; ok {
		return name
	}
	return "UnknownError"
}
