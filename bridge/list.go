package bridge

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// List says what Inspect says of every segment that there is, of whatever program and family. A semaphore that is none of
// their locks comes as the Info of a segment that does not exist, with the semaphore's own key. Nothing is attached to,
// locked or changed. An error may come along with what was found before and besides.
//
// The system knows no names that programs passed to Qt, so that a Key has a Legacy one only where it can be told: a name of
// ASCII letters alone. Without, the Info has the lock of Qt's legacy names all the same if it is a key of that form.
//
// System V: the kernel's tables have every object of this IPC namespace, other users' too. Which key belongs to which is found
// out by the key files in the directories where Qt of any version puts them, for this user, and for others as far as they can
// be seen: TMPDIR and XDG_RUNTIME_DIR of all processes, /tmp, /var/tmp and /run/user. A file that is not named as a legacy key
// is one only if it is empty and an object has its ftok value. What no key file belongs to has a Key without Native.
//
// Windows: the objects of this session, and those in Global\. Of an object that this process may not open, Size,
// Attached and the semaphore's Value are -1; so is the Value of a POSIX or System V semaphore that it may not read.
//
// On systems without any family the error is errors.ErrUnsupported.
func List() (all []Info, err error) {
	if len(backends) == 0 {
		err = errors.ErrUnsupported
	}
	for _, family := range slices.Sorted(maps.Keys(backends)) {
		listed, listErr := backends[family].list()
		all, err = append(all, listed...), errors.Join(err, listErr)
	}
	return all, wrap("list objects", ipckey.Key{}, err)
}

// What the file or object names of Qt's legacy keys begin with. The lock of a segment has the same end.
const legacySegment, legacySemaphore = "qipc_sharedmemory_", "qipc_systemsem_"

// legacyName returns what was passed to Qt to get an object of that name, if it was of letters only: then it is in the name.
func legacyName(base string) string {
	const sha = 40
	for kind, prefix := range map[ipckey.Kind]string{ipckey.Segment: legacySegment, ipckey.Semaphore: legacySemaphore} {
		end, ok := strings.CutPrefix(base, prefix)
		if !ok || len(end) <= sha {
			continue
		}
		letters := end[:len(end)-sha]
		if key, err := ipckey.Legacy(ipckey.Env{}, kind, letters, ipckey.Windows); err == nil && key.Native == base {
			return letters
		}
	}
	return ""
}

// lockName returns the name of the lock of a segment that has the name of a legacy key.
func lockName(base string) (_ string, isLegacy bool) {
	end, isLegacy := strings.CutPrefix(base, legacySegment)
	return legacySemaphore + end, isLegacy
}
