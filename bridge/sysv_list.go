//go:build linux

package bridge

import (
	"path/filepath"
	"strings"
	"time"

	"github.com/shmbridge/shmbridge/internal/proc"
	"github.com/shmbridge/shmbridge/internal/sysv"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// sysvListing brings the kernel's tables and the key files together. What has found its place is no longer in the maps.
type sysvListing struct {
	segments   map[int32]sysv.ShmEntry // by their keys, as semaphores
	semaphores map[int32]sysv.SemEntry
	locks      map[string]listedFile // key files of legacy semaphores by their paths
	all        []Info
}

// list lists first what has a key file, then what has none.
func (sysvBackend) list() ([]Info, error) {
	segments, err := sysv.ShmTable()
	if err != nil {
		return nil, err
	}
	semaphores, err := sysv.SemTable()
	if err != nil {
		return nil, err
	}
	l := sysvListing{segments: map[int32]sysv.ShmEntry{}, semaphores: map[int32]sysv.SemEntry{}, locks: map[string]listedFile{}}
	for _, segment := range segments {
		l.segments[segment.Key] = segment
	}
	for _, semaphore := range semaphores {
		l.semaphores[semaphore.Key] = semaphore
	}
	l.addKeyFiles(keyFiles())
	l.addWithoutKeyFile(segments, semaphores)
	l.findCollisions()
	l.findUsers()
	return l.all, nil
}

// addKeyFiles takes those first that have the name of a key file: another one with the same key is none.
func (l *sysvListing) addKeyFiles(files []listedFile) {
	for _, file := range files {
		if file.isLock() {
			l.locks[file.path] = file
		}
	}
	for _, file := range files {
		if file.isNamed() && !file.isLock() {
			l.addSegment(file)
		}
	}
	for _, file := range files {
		if _, left := l.locks[file.path]; left {
			l.addLoneSemaphore(file)
		}
	}
	l.takeOut()
	for _, file := range files {
		if !file.isNamed() {
			l.addSegment(file)
		}
	}
	l.takeOut()
}

// takeOut takes what has been listed out of the tables. It is no sooner done than now, for two files may have the same key.
func (l *sysvListing) takeOut() {
	for _, info := range l.all {
		if info.Exists {
			delete(l.segments, info.Ftok)
		}
		if info.Semaphore.Exists {
			delete(l.semaphores, info.Semaphore.Ftok)
		}
	}
}

func (l *sysvListing) addSegment(file listedFile) {
	key, exists := keyIn(l.segments, file)
	if _, semaphore := keyIn(l.semaphores, file); !exists && !file.isNamed() {
		if semaphore {
			l.addLoneSemaphore(file)
		}
		return
	}
	info := Info{Key: file.legacyKey(), Ftok: key, KeyFile: KeyFile{Path: file.path}}
	info.KeyFile.fill(file.KeyFile)
	if exists {
		info.fillSysv(l.segments[key])
	}
	lock := file
	if name, isLegacy := lockName(filepath.Base(file.path)); isLegacy {
		lock = l.locks[filepath.Join(filepath.Dir(file.path), name)]
		lock.path = strings.TrimSuffix(file.path, filepath.Base(file.path)) + name
		delete(l.locks, lock.path)
	}
	info.Semaphore = l.semaphore(lock)
	l.all = append(l.all, info)
}

func (l *sysvListing) addLoneSemaphore(file listedFile) {
	l.all = append(l.all, Info{Key: file.legacyKey(), Semaphore: l.semaphore(file)})
}

// semaphore is the one of a key file, which may be missing.
func (l *sysvListing) semaphore(file listedFile) SemaphoreInfo {
	info := SemaphoreInfo{Native: file.path, KeyFile: KeyFile{Path: file.path}}
	if file.Ino == 0 {
		return info
	}
	info.KeyFile.fill(file.KeyFile)
	key, exists := keyIn(l.semaphores, file)
	if info.Ftok = key; exists {
		info.fillSysv(l.semaphores[key])
	}
	return info
}

// fillSysv takes over what the kernel says about the semaphore, and asks for the rest.
func (s *SemaphoreInfo) fillSysv(entry sysv.SemEntry) {
	if err := s.lookAt(entry.ID); err != nil { // not for this user, or gone a moment ago
		s.Exists, s.ID, s.Owner, s.Mode, s.Value, s.Waiting = true, entry.ID, entry.UID, entry.Mode, -1, -1
	}
	s.Ftok, s.Count, s.Used = entry.Key, entry.N, time.Unix(max(entry.CtTime, entry.OpTime), 0)
}

// keyIn returns the key that one of the rules makes of the file and that is in the table, otherwise the usual one. A file
// that is not named as a key file counts by the usual rule only.
func keyIn[E any](table map[int32]E, file listedFile) (_ int32, exists bool) {
	keys := file.keys()
	for _, key := range keys {
		if _, exists := table[key]; exists {
			return key, true
		}
		if !file.isNamed() {
			break
		}
	}
	return keys[0], false
}

// addWithoutKeyFile adds what only the kernel knows. Objects of IPC_PRIVATE never had a key.
func (l *sysvListing) addWithoutKeyFile(segments []sysv.ShmEntry, semaphores []sysv.SemEntry) {
	nameless := ipckey.Key{Type: ipckey.SystemV}
	for _, segment := range segments {
		if _, left := l.segments[segment.Key]; left {
			info := Info{Key: nameless}
			info.fillSysv(segment)
			l.all = append(l.all, info)
		}
	}
	for _, entry := range semaphores {
		if _, left := l.semaphores[entry.Key]; left {
			info := Info{Key: nameless}
			info.Semaphore.fillSysv(entry)
			l.all = append(l.all, info)
		}
	}
}

// findCollisions finds the key files that have the key of another one.
func (l *sysvListing) findCollisions() {
	segments, semaphores := map[int32][]string{}, map[int32][]string{}
	note := func(paths map[int32][]string, file KeyFile, key int32) {
		if file.Exists {
			paths[key] = append(paths[key], file.Path)
		}
	}
	for _, info := range l.all {
		note(segments, info.KeyFile, info.Ftok)
		note(semaphores, info.Semaphore.KeyFile, info.Semaphore.Ftok)
	}
	for i := range l.all {
		info := &l.all[i]
		info.KeyFile.collide(segments[info.Ftok])
		info.Semaphore.KeyFile.collide(semaphores[info.Semaphore.Ftok])
	}
}

// collide notes which files have the same key, of which k may be one.
func (k *KeyFile) collide(paths []string) {
	if !k.Exists {
		return
	}
	for _, path := range paths {
		if path != k.Path {
			k.Collides = append(k.Collides, path)
		}
	}
}

// findUsers looks once for those who are attached to any of the segments.
func (l *sysvListing) findUsers() {
	var objects []proc.Object
	for _, info := range l.all {
		if info.Attached > 0 {
			objects = append(objects, proc.Segment(info.ID))
		}
	}
	users, _ := proc.Users(objects...)
	for i := range l.all {
		if info := &l.all[i]; info.Attached > 0 {
			info.Users = asProcesses(users[proc.Segment(info.ID)])
		}
	}
}
