//go:build windows

package bridge

import (
	"errors"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/win32"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// list pairs segments and locks by their names. What is gone before it can be looked at is left out.
func (b win32Backend) list() (all []Info, err error) {
	objects, err := win32.List()
	if err != nil {
		return nil, err
	}
	isSemaphore := map[string]bool{}
	for _, object := range objects {
		isSemaphore[object.Name] = object.Kind == win32.KindSemaphore
	}
	for _, object := range objects {
		if object.Kind != win32.KindMapping {
			continue
		}
		info := listedSegment(object.Name)
		if info.Semaphore.Native = lockListed(info.Key); isSemaphore[info.Semaphore.Native] {
			isSemaphore[info.Semaphore.Native] = false // it is no lone one
			info.Semaphore = b.listedSemaphore(info.Semaphore.Native)
		}
		if info.Exists {
			all = append(all, info)
		}
	}
	for _, object := range objects {
		if !isSemaphore[object.Name] {
			continue
		}
		if s := b.listedSemaphore(object.Name); s.Exists {
			all = append(all, Info{Key: ipckey.Key{Type: ipckey.Windows, Native: object.Name}, Semaphore: s})
		}
	}
	return all, nil
}

// listedSegment is what can be found out about the mapping of that name.
func listedSegment(name string) Info {
	info := Info{Key: keyListed(name)}
	h, err := win32.OpenMapping(name)
	if errors.Is(err, syscall.ERROR_FILE_NOT_FOUND) {
		return info
	}
	info.Exists, info.Size, info.Attached = true, -1, -1
	if err != nil {
		return info
	}
	if size, others, err := lookAt(h); err == nil {
		info.Size, info.Attached = size, others
	}
	_ = win32.Close(h) // it was open a moment ago
	return info
}

func (b win32Backend) listedSemaphore(name string) SemaphoreInfo {
	info, err := b.inspectSemaphore(place{name: name})
	if err != nil {
		return SemaphoreInfo{Native: name, Exists: true, Value: -1, Waiting: -1}
	}
	return info
}

// keyListed returns the key of a segment.
func keyListed(native string) ipckey.Key {
	return ipckey.Key{Type: ipckey.Windows, Native: native, Legacy: legacyName(native)}
}

// lockListed returns the native key of a segment's lock, "" if it cannot have one.
func lockListed(key ipckey.Key) string {
	if name, isLegacy := lockName(key.Native); isLegacy {
		return name
	}
	lock, err := key.Semaphore(ipckey.Env{})
	if err != nil {
		return ""
	}
	return lock.Native
}
