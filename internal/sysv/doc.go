// Package sysv binds the Linux kernel's System V shared memory and semaphores without cgo.
//
// Names follow the manual pages: shmget(2), shmat(2), shmctl(2), semget(2), semop(2), semctl(2) and ftok(3).
// Every error is an *os.SyscallError that wraps the kernel's errno. Nothing here knows what a key is used for.
// All functions are safe for concurrent use; on systems other than Linux the package is empty.
//
// Calls that the kernel answers at once keep their place on the processor (syscall.RawSyscall): that spares the Go
// scheduler's part, as long as the call itself. Only SemWait, and mapping and unmapping, may take longer.
//
// linux/386 has no semop of its own and calls semtimedop_time64, so it needs Linux 5.1; the other architectures
// need what Go itself needs.
package sysv
