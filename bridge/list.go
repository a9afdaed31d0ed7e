package bridge

import (
	"errors"
	"runtime"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// lister is a backend that can say which objects there are.
type lister interface {
	// list inspects them as List has them.
	list() ([]Info, error)
}

// List says what Inspect says of every segment that there is, of whatever program. A semaphore that is none of their locks comes
// as the Info of a segment that does not exist, with the semaphore's own key. Nothing is attached to or changed.
//
// The system knows no names that programs passed to Qt, so that a Key has a Legacy one only where it can be told: a name of
// ASCII letters alone. Without, the Info has the lock of Qt's legacy names all the same if it is a key of that form. Of an
// object that this process may not open, Size, Attached and the semaphore's Value are -1.
//
// This version lists the objects of Windows: those of this session, and those in Global\. Elsewhere the error is
// errors.ErrUnsupported.
func List() ([]Info, error) {
	b, ok := backends[ipckey.LegacyDefaultType(runtime.GOOS).Family()].(lister)
	if !ok {
		return nil, wrap("list objects", ipckey.Key{}, hinted{errors.ErrUnsupported, "this version lists the objects of Windows only"})
	}
	all, err := b.list()
	return all, wrap("list objects", ipckey.Key{}, err)
}
