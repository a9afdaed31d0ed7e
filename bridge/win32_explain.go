//go:build windows

package bridge

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/win32"
)

// Windows' error numbers (winerror.h) that package syscall lacks.
const (
	errInvalidHandle    syscall.Errno = 6
	errNotEnoughMemory  syscall.Errno = 8
	errInvalidParameter syscall.Errno = 87
	errDiskFull         syscall.Errno = 112
	errInvalidName      syscall.Errno = 123
	errBadPathname      syscall.Errno = 161
	errNameTooLong      syscall.Errno = 206
	errTooManyPosts     syscall.Errno = 298
	errNoResources      syscall.Errno = 1450
	errCommitmentLimit  syscall.Errno = 1455
)

// systemCodes are the codes that QSharedMemoryPrivate::setErrorString has for Windows' errors, and those of errors that it
// calls unknown.
var systemCodes = []errorCode{
	{errCommitmentLimit, CodeInvalidSize},
	{errNotEnoughMemory, CodeOutOfResources},
	{errNoResources, CodeOutOfResources},
	{errDiskFull, CodeOutOfResources},
	{errTooManyPosts, CodeOutOfResources},
}

const hintObjectName = `a name is at most 32,766 UTF-16 units without NUL, and has a backslash only in Local\ or Global\ at its beginning`

// explainName says why no object of a name can be opened or made.
func explainName(err error) error {
	for _, bad := range []syscall.Errno{syscall.ERROR_PATH_NOT_FOUND, errInvalidName, errBadPathname, errNameTooLong} {
		if errors.Is(err, bad) {
			return hinted{fmt.Errorf("%w: %w", errName, err), hintObjectName}
		}
	}
	switch {
	case errors.Is(err, errInvalidHandle):
		return hinted{err, "the name is that of an object of another kind, such as a semaphore, an event or a mutex: use another key"}
	case errors.Is(err, syscall.ERROR_ACCESS_DENIED):
		return hinted{err, "it belongs to another user, or to a program that runs as administrator"}
	}
	return err
}

func explainMapping(name string, err error) error {
	if !errors.Is(err, syscall.ERROR_FILE_NOT_FOUND) {
		return explainName(err)
	}
	hint := "no program has created it, or it has ended: a segment goes with the last program that has it open"
	if !hasPrefixFold(name, `Global\`) {
		hint += "; programs of other sessions, as services are, have other segments"
	}
	return hinted{fmt.Errorf("no such segment: %w", err), hint}
}

func explainCreate(name string, size int, err error) error {
	switch {
	case errors.Is(err, syscall.ERROR_ALREADY_EXISTS):
		return hinted{err, "attach to it instead"}
	case errors.Is(err, errCommitmentLimit), errors.Is(err, errNotEnoughMemory), errors.Is(err, errNoResources), errors.Is(err, errDiskFull):
		return hinted{fmt.Errorf("%d bytes: %w", size, err), "there is not so much memory"}
	case errors.Is(err, errInvalidParameter):
		return hinted{fmt.Errorf("%w %d: %w", ErrSize, size, err), "no segment can be so large"}
	case errors.Is(err, syscall.ERROR_ACCESS_DENIED) && hasPrefixFold(name, `Global\`):
		return hinted{err, `creating in Global\ takes the privilege SeCreateGlobalPrivilege, which services and administrators have`}
	}
	return explainName(err)
}

func explainView(err error) error {
	if errors.Is(err, errNotEnoughMemory) {
		return hinted{err, "there is not so much address space"}
	}
	return err
}

func explainSemaphore(name string, err error) error {
	err = explainName(err)
	var h hinted
	if errors.As(err, &h) {
		return hinted{fmt.Errorf("semaphore %s: %w", name, h.error), h.hint}
	}
	return fmt.Errorf("semaphore %s: %w", name, err)
}

func explainRelease(err error) error {
	if errors.Is(err, errTooManyPosts) {
		return hinted{err, fmt.Sprintf("the value would be more than %d", win32.SemaphoreMax)}
	}
	return err
}

// checkOwner refuses another user's object where that matters.
func (at place) checkOwner(h win32.Handle, what string) error {
	if !at.requireOwner {
		return nil
	}
	sid, own, err := win32.Owner(h)
	if err == nil && !own {
		err = hinted{fmt.Errorf("%s %s: %w", what, at.name, ErrForeignOwner), "its owner is " + sid}
	}
	return err
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
