// Package bridge attaches Go programs to the shared memory and semaphores of Qt applications, and offers both to them,
// without Qt: a [Segment] is QSharedMemory, a [Semaphore] is QSystemSemaphore.
//
//	key, err := bridge.LegacyKey("test")              // what QSharedMemory("test") uses on this machine
//	seg, err := bridge.Attach(ctx, key, bridge.ReadOnly)
//	defer seg.Detach(ctx)
//	err = seg.Do(ctx, func(mem []byte) error { ... }) // under the lock that Qt's lock() takes
//
// # Lifetime
//
// A System V segment lives while somebody is attached; the last one to detach removes it, as with Qt. A POSIX segment
// stays until [Remove], because Qt never removes one, or until the last one detaches who was given [RemoveLast]. A
// process that ends without Detach leaves its segment behind, as a Qt program does that is killed: nothing in Go runs at
// process exit, so defer Detach, and detach on the signals that end the program. On Windows nothing is ever left behind: a segment
// lives as long as somebody has it open, and the kernel closes what a process has open when it ends.
//
// The memory that [Segment.Bytes] returns, and the slice that Do passes, must not be touched after Detach and after Do
// respectively.
//
// # Waiting
//
// Everything that may wait for another process takes a context and sleeps in the kernel until its turn comes or the
// context ends. A wait that ended by its context has no effect: nothing is locked, no count is lost.
//
// # Goroutines
//
// All types are safe for concurrent use. The lock of a Segment is held by the Segment, not by a goroutine: any
// goroutine may unlock what another has locked, and a second Lock waits, in this process as in any other.
//
// # Errors
//
// Every error is an [*Error] that names the operation and the key. errors.Is works with fs.ErrExist, fs.ErrNotExist,
// fs.ErrPermission, context.Canceled and context.DeadlineExceeded and with the Err variables of this package;
// [CodeOf] gives QSharedMemory::SharedMemoryError's number for it.
//
// # Families
//
// A family is a kind of kernel object. This version speaks System V and POSIX realtime on Linux, and named file mappings
// and semaphores on Windows; a key of another family gives an error that is errors.ErrUnsupported. QSharedMemory(QString) uses
// System V on Linux in every version of Qt; a default-constructed QSharedMemory of Qt 6.6 and later, and
// platformSafeKey(), use POSIX realtime. [Find] finds what any of them made of a name.
//
// List lists what there is of any of them, Info.Remove removes what a crash left, and TakeGuard is a single-instance guard that
// neither a crash nor Qt's leftovers keep from starting.
//
// The System V lock of a process that dies is given back by the kernel; a POSIX lock is not, nor is one of Windows as long as
// others have it open: see [BreakDeadLock].
//
// Names without Global\ are those of the Windows session: a service and the programs of a user do not meet by them.
package bridge
