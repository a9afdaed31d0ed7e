// Package posix binds the Linux kernel's side of POSIX shared memory objects and of glibc's named semaphores without cgo.
//
// Names follow the manual pages: shm_open(3), shm_unlink(3), mmap(2), sem_open(3), sem_wait(3), sem_post(3). Both kinds
// of object are files in Dir. An object's name may begin with slashes, which do not count; a name that is empty after
// them, or has a slash inside, is EINVAL where an object is opened and ENOENT where one is looked for (glibc
// posix/shm-directory.c). A name too long for the file system is ENAMETOOLONG: 255 bytes for shared memory, 251 for a
// semaphore, whose file is "sem." and the name.
//
// A semaphore is a few words in that file which programs change with atomic instructions; the kernel only puts waiters
// to sleep (futex(2)). The layout and the order of the steps are those of glibc 2.21 and later, and a file of another
// layout is refused with ErrLayout. musl names and lays out its semaphores differently: its programs and glibc's do not
// meet. The layout depends on the width of a word, so that a 32-bit and a 64-bit program cannot share a semaphore
// either; shared memory has no such limit.
//
// Except for ErrLayout and the cause of a context that ended, every error wraps an *os.SyscallError that names the
// function, and the kernel's errno. Nothing here knows what an object is used for. All functions are safe for concurrent
// use, but nothing may use a mapping or a Sem while it is being unmapped or closed, or after. A file that somebody
// truncates faults whoever touches its mapping (SIGBUS), semaphores included; that takes the rights of the owner.
// On systems other than Linux the package is empty.
package posix
