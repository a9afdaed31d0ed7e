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

// WithRules names objects as a certain version of Qt does, for the few versions that do it differently; see
// ipckey.RulesOf. Without it the rules of the newest Qt hold, which are those of nearly all.
func WithRules(r ipckey.Rules) Option { return func(at *place) { at.rules = r } }

// placed is what opts say of any place.
func placed(opts []Option) (at place) {
	for _, o := range opts {
		o(&at)
	}
	return at
}
