//go:build linux

package bridge

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/shmbridge/shmbridge/internal/posix"
	"github.com/shmbridge/shmbridge/internal/proc"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// posixListing is what is found in the directory of the objects, and the files that were looked at.
type posixListing struct {
	all            []Info
	files          map[string]proc.Object // by names of segments
	semaphoreFiles map[string]proc.Object
}

func (posixBackend) list() ([]Info, error) {
	segments, semaphores, err := posix.List()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	l := posixListing{nil, map[string]proc.Object{}, map[string]proc.Object{}}
	isLock := map[string]bool{}
	for _, name := range segments {
		if info, ok := l.segment(name); ok {
			isLock[info.Semaphore.Native] = true
			l.all = append(l.all, info)
		}
	}
	for _, name := range semaphores {
		if s := l.semaphore(name); s.Exists && !isLock[name] {
			l.all = append(l.all, Info{Key: listedPosix(name), Semaphore: s})
		}
	}
	l.findUsers()
	return l.all, err
}

func listedPosix(name string) ipckey.Key {
	return ipckey.Key{Type: ipckey.PosixRealtime, Native: name, Legacy: legacyName(strings.TrimPrefix(name, "/"))}
}

// segment is what can be found out about the object of that name without opening it. It may have gone.
func (l *posixListing) segment(name string) (info Info, exists bool) {
	file, err := posix.ShmStat(name)
	if err != nil {
		return info, false
	}
	info.Key = listedPosix(name)
	info.fillPosix(file)
	l.files[name] = proc.File(file.Dev, file.Ino)
	lock := name
	if base, isLegacy := lockName(name[1:]); isLegacy {
		lock = "/" + base
	}
	info.Semaphore = l.semaphore(lock)
	return info, true
}

func (l *posixListing) semaphore(name string) SemaphoreInfo {
	info := SemaphoreInfo{Native: name}
	file, err := posix.SemStat(name)
	if err != nil {
		return info
	}
	info.fillPosix(file)
	l.semaphoreFiles[name] = proc.File(file.Dev, file.Ino)
	if info.Value, info.Waiting, err = posix.SemRead(name); err != nil {
		info.Value, info.Waiting = -1, -1
	}
	return info
}

// findUsers looks once for those who have any of the objects open.
func (l *posixListing) findUsers() {
	var objects []proc.Object
	for _, files := range []map[string]proc.Object{l.files, l.semaphoreFiles} {
		for _, file := range files {
			objects = append(objects, file)
		}
	}
	users, _ := proc.Users(objects...)
	for i := range l.all {
		info := &l.all[i]
		info.Semaphore.Users = asProcesses(users[l.semaphoreFiles[info.Semaphore.Native]])
		if info.Exists {
			info.Users = asProcesses(users[l.files[info.Key.Native]])
			info.countPosix(info.Key.Native)
		}
	}
}
