package bridge

// State is what has become of a segment, in one word for people and programs.
type State string

// The states of a segment.
const (
	StateInUse       State = "in use"        // somebody is attached, or it cannot be told
	StateOrphan      State = "orphan"        // nobody is: a process ended without detaching, and create fails
	StateKeyFileOnly State = "key file only" // there is no object, but its key file
	StateNone        State = "none"          // there is neither
)

// State tells what has become of the segment.
func (i Info) State() State {
	switch {
	case i.Orphan():
		return StateOrphan
	case i.Exists:
		return StateInUse
	case i.KeyFile.Exists, i.Semaphore.KeyFile.Exists && !i.Semaphore.Exists:
		return StateKeyFileOnly
	}
	return StateNone
}

// Orphan reports whether the segment exists and nobody is attached to it: a process ended without detaching.
func (i Info) Orphan() bool { return i.Exists && i.Attached == 0 }

// LockState is what has become of a lock.
type LockState string

// The states of a lock.
const (
	LockNone    LockState = "none"    // there is none
	LockFree    LockState = "free"    // whoever comes next gets it
	LockHeld    LockState = "held"    // by a living process, as far as it can be told
	LockDead    LockState = "dead"    // held, and whoever held it has ended: others wait for ever
	LockUnknown LockState = "unknown" // this process may not look
)

// State tells what has become of a lock. The value of a System V lock is given back when its holder dies, unless Qt's
// create() has set it meanwhile: a held one is dead if the process has ended that operated on it last. A POSIX lock is dead
// if no process that can be seen from here has it open.
func (s SemaphoreInfo) State() LockState {
	switch {
	case !s.Exists:
		return LockNone
	case s.Value < 0:
		return LockUnknown
	case s.Value > 0:
		return LockFree
	case s.Waiting < 0: // Windows
		return LockHeld
	case s.LastPID != 0 && ended(s.LastPID), s.LastPID == 0 && s.isPosix() && len(s.Users) == 0:
		return LockDead
	}
	return LockHeld
}

// isPosix reports whether it is of the family that tells Users and no LastPID. What has waiters is none of Windows.
func (s SemaphoreInfo) isPosix() bool { return !s.counted && s.KeyFile.Path == "" }
