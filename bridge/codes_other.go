//go:build !windows

package bridge

import "syscall"

// systemCodes are the codes of the system's own errors.
var systemCodes = []errorCode{
	{syscall.ENAMETOOLONG, CodeKeyError},
	{syscall.ENOTDIR, CodeKeyError},
	{syscall.ENOMEM, CodeOutOfResources},
	{syscall.ENOSPC, CodeOutOfResources},
	{syscall.EMFILE, CodeOutOfResources},
	{syscall.ERANGE, CodeOutOfResources},    // a System V semaphore's value would be too large
	{syscall.EOVERFLOW, CodeOutOfResources}, // a POSIX one's
}
