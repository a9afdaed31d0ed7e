// Package win32 has the kernel's named objects of Windows that programs share memory with: file mappings and semaphores.
// Functions fail with the *os.SyscallError of the function that Microsoft documents; all may be called by many goroutines at once.
//
// A name is anything but empty, of at most 32,766 UTF-16 units without NUL. It may begin with Local\, which is the session of
// this process, as without, or with Global\, and has no other backslash. An object lives as long as one handle to it is open,
// in whatever process, and the kernel closes those of a process that ends; a view of a mapping keeps its memory, but
// not its name.
package win32
