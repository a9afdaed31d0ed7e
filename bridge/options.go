package bridge

import "github.com/shmbridge/shmbridge/qtcompat/ipckey"

// Access says what an attachment may do with the memory; it is QSharedMemory::AccessMode.
type Access int

// ReadOnly maps the memory for reading: writing through the Segment gives ErrReadOnly. ReadWrite is for both.
const (
	ReadOnly Access = iota
	ReadWrite
)

func (a Access) String() string {
	if a == ReadOnly {
		return "read-only"
	}
	return "read-write"
}

// Option changes how Create, Attach, Remove and OpenSemaphore treat an object.
type Option func(*place)

// RequireOwner refuses, with ErrForeignOwner, an object or key file that belongs to another user than this process's
// effective one. The kernel refuses most of them by itself, but not to root, and not the key files.
func RequireOwner() Option { return func(at *place) { at.requireOwner = true } }

// WithAccess sets how Create maps the memory that it made; the default is ReadWrite.
func WithAccess(a Access) Option { return func(at *place) { at.readOnly = a == ReadOnly } }

// RemoveLast makes Detach remove a POSIX segment when nobody else has it open, in whatever process or container. Without it
// a POSIX segment stays until Remove, as Qt never removes one; others go with the last one in any case.
func RemoveLast() Option { return func(at *place) { at.removeLast = true } }

// LeaveOrphan makes Detach leave a System V segment that nobody was attached to when this Segment attached, with its lock and
// key files, as they were found: what a killed program left behind can be looked at and does not go with the look. If
// somebody was attached then, and has left the removal to us, Detach does it nevertheless. Two that attach to an orphan at the
// same time see each other, unless both have KeepLock. Of the other families no Detach removes an orphan without RemoveLast; and
// the lock of a POSIX segment does not stay open after Detach, as it otherwise may for a moment.
func LeaveOrphan() Option { return func(at *place) { at.leaveOrphan = true } }

// KeepLock makes Attach and Create return with the lock held under which they did it, as after Lock. Detach gives it back if
// Unlock has not: nobody who takes the lock can come or leave, or see this Segment, in between.
func KeepLock() Option { return func(at *place) { at.keepLock = true } }

// BreakDeadLock lets Create, Attach, Remove and everything that waits for the Segment's lock take a lock over from
// a process that died holding it: when it is held, and no other process or Segment has it open. The kernel knows that
// exactly, also of processes in other containers. As long as another one has it open, it may be the holder and is
// waited for. On Windows it does the same: there the kernel forgets a lock that nobody has open. A System V lock needs none of
// this: the kernel gives it back.
func BreakDeadLock() Option { return func(at *place) { at.breakDead = true } }

// WithRules names objects as a certain version of Qt does, for the few versions that do it differently; see
// ipckey.RulesOf. Without it the rules of the newest Qt hold, which are those of nearly all. Before Qt 6.6 a native key
// has no lock; the lock that is taken here then excludes other programs of ours only.
func WithRules(r ipckey.Rules) Option { return func(at *place) { at.rules = r } }

// WithType makes LegacyKey and LegacySemaphoreKey derive a key of type t: what legacyNativeKey(name, t) of Qt 6.6 and later
// returns, and what QSharedMemory(name) uses where Qt was configured with QT_POSIX_IPC.
func WithType(t ipckey.Type) Option { return func(at *place) { at.keyType = t } }

// placed is what opts say of any place.
func placed(opts []Option) (at place) {
	for _, o := range opts {
		o(&at)
	}
	return at
}
