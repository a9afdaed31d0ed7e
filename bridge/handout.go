package bridge

// States of a gate: see HandOut. Other values are Go's.
const (
	GateFree    uint32 = 0 // nobody in this process has the lock through this Segment
	GateHeld    uint32 = 1 // taken by Lock, TryLock, or outside
	GatePassing uint32 = 3 // a thread outside is on its way from one of the two to the other
)

// Lever is what takes and gives back a free lock without Go. It is one of two, or nothing, and then only Go can do so.
type Lever struct {
	// A semaphore's word in shared memory, on POSIX: it is changed from Free to Taken by one atomic instruction that
	// acquires, and back by one that releases. Any other value is for Go.
	Word        *uintptr
	Free, Taken uintptr
	// The semid of a System V semaphore, else -1: semop(2) with -1 or 1, IPC_NOWAIT and SEM_UNDO. An error is for Go.
	SemID int
}

// HandOut lets threads that are not Go's, for which a call into Go takes longer than a free lock, take and give back
// the lock of s through a gate, a word that is free and does not belong to the Go heap. It is called before any use of s.
//
// Who is outside and wants the lock changes the gate from GateFree to GatePassing, pulls the Lever, and sets the gate to
// GateHeld, or, if the lock was not free, to GateFree again, and calls Lock. Who gives it back changes the gate from
// GateHeld to GatePassing, pulls the Lever and sets it to GateFree, or back to GateHeld, and calls Unlock. While the gate
// says GatePassing the Lever stays valid, because Detach waits; so nobody may stay there.
func (s *Segment) HandOut(gate *uint32) {
	s.holder.gate, s.quick = gate, nil
}

// Lever returns what pulls the lock of s. On System V it changes when somebody removes the semaphore: whoever has called
// Lock or Unlock asks again.
func (s *Segment) Lever() Lever { return s.at.lever() }
