//go:build windows

package bridge

import (
	"errors"
	"syscall"

	"github.com/shmbridge/shmbridge/internal/win32"
)

func (win32Backend) exists(at place) (bool, error) {
	h, err := win32.OpenMapping(at.name)
	switch {
	case errors.Is(err, syscall.ERROR_FILE_NOT_FOUND), errors.Is(explainName(err), errName): // no name, no segment
		return false, nil
	case err != nil:
		return false, explainMapping(at.name, err)
	}
	return true, win32.Close(h)
}

func (b win32Backend) inspect(at place) (Info, error) {
	info := Info{Semaphore: SemaphoreInfo{Native: at.lock}}
	h, err := win32.OpenMapping(at.name)
	if err == nil {
		info.Exists = true
		info.Size, info.Attached, err = lookAt(h)
		err = errors.Join(err, win32.Close(h))
	}
	if err != nil && !errors.Is(err, syscall.ERROR_FILE_NOT_FOUND) {
		return info, explainMapping(at.name, err)
	}
	info.Semaphore, err = b.inspectSemaphore(at.ofLock())
	return info, err
}

// lookAt returns the size of a mapping, and how many handles to it there are but h.
func lookAt(h win32.Handle) (size int64, others int, err error) {
	size, err = win32.MappingSize(h)
	if err == nil {
		others, err = win32.Handles(h)
	}
	return size, others - 1, err
}

func (win32Backend) inspectSemaphore(at place) (SemaphoreInfo, error) {
	info := SemaphoreInfo{Native: at.name}
	h, err := win32.OpenSemaphore(at.name)
	if errors.Is(err, syscall.ERROR_FILE_NOT_FOUND) {
		return info, nil
	}
	if err != nil {
		return info, explainSemaphore(at.name, err)
	}
	info.Exists, info.Waiting = true, -1
	info.Value, err = win32.Value(h)
	return info, errors.Join(err, win32.Close(h))
}
