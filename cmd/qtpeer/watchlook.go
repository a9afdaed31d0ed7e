package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// sight is what a look has seen.
type sight struct {
	key  ipckey.Key
	id   uint64
	data []byte // with that of the look before if it is the same
	same bool
}

// change is what has become of a segment.
type change struct {
	event string
	of    *sight
	by    int // the process that did it, 0 if unknown
}

const (
	appeared    = "appeared"
	changed     = "changed"
	disappeared = "disappeared"
)

// mostSkipped is how many periods in a row are no more than a question to the system.
const mostSkipped = 9

// look compares the segment with what was seen last, and waits for its lock no longer than patience.
func (w *watcher) look(ctx context.Context, patience time.Duration) ([]change, error) {
	key, err := w.key()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	user := w.lastUser(key)
	if w.seen != nil && user == os.Getpid() && w.skipped < mostSkipped {
		w.skipped++
		return nil, nil
	}
	w.skipped = 0
	once, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	now, err := w.copy(once, key)
	switch bridge.CodeOf(err) {
	case bridge.CodeTimeout, bridge.CodeCanceled:
		w.tellDead(key)
		return nil, nil
	case bridge.CodeTruncated: // while it was copied
		return nil, nil
	case bridge.CodeInvalidSize: // by a program that was killed while making it
		err = fs.ErrNotExist
	}
	w.dead = false
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return w.compare(now, user), nil
}

// key is that of what was seen last, or of what has come.
func (w *watcher) key() (ipckey.Key, error) {
	if w.seen != nil {
		return w.seen.key, nil
	}
	return w.find()
}

// copy copies the segment under one hold of its lock, so that nobody who takes it sees us attached.
func (w *watcher) copy(ctx context.Context, key ipckey.Key) (*sight, error) {
	s, err := bridge.Attach(ctx, key, bridge.ReadOnly, w.o.bridge(bridge.LeaveOrphan(), bridge.KeepLock())...)
	if err != nil {
		return nil, err
	}
	now := &sight{key: key, id: s.ID()}
	if w.seen != nil && w.same(s, w.seen.data) {
		now.data, now.same = w.seen.data, true
	} else {
		now.data = make([]byte, s.Size())
		_, err = s.ReadAt(now.data, 0)
	}
	return now, errors.Join(err, s.Detach(context.Background()))
}

// same compares piece by piece: that takes half the time of copying a large segment and comparing the copy.
func (w *watcher) same(s *bridge.Segment, last []byte) bool {
	if s.Size() != len(last) {
		return false
	}
	if w.piece == nil {
		w.piece = make([]byte, 64<<10)
	}
	at := int64(0)
	for want := range slices.Chunk(last, len(w.piece)) {
		got := w.piece[:len(want)]
		if _, err := s.ReadAt(got, at); err != nil || !bytes.Equal(got, want) {
			return false
		}
		at += int64(len(want))
	}
	return true
}

// compare says what is new, and takes it for what was seen last.
func (w *watcher) compare(now *sight, user int) (changes []change) {
	last := w.seen
	w.seen = now
	if last != nil && now != nil && now.id == last.id {
		if !now.same {
			changes = append(changes, change{changed, now, user})
		}
		return changes
	}
	if last != nil {
		changes = append(changes, change{disappeared, last, 0})
	}
	if now != nil {
		changes = append(changes, change{appeared, now, 0})
	}
	return changes
}

// lastUser returns the process that used the lock of a System V segment last: this one if nobody has since the last look. 0 if
// that is unknown.
func (w *watcher) lastUser(key ipckey.Key) int {
	if key.Type.Family() != ipckey.FamilySystemV {
		return 0 // to the others this is not known, and to look at their lock takes long
	}
	lock, err := w.lock(key)
	if err != nil {
		return 0
	}
	return lock.LastPID
}

func (w *watcher) lock(key ipckey.Key) (bridge.SemaphoreInfo, error) {
	lock, err := key.Semaphore(bridge.Environment(w.o.bridge()...))
	if err != nil {
		return bridge.SemaphoreInfo{}, err
	}
	return bridge.InspectSemaphore(lock, w.o.bridge()...)
}

// tellDead says once that nobody will give the lock back.
func (w *watcher) tellDead(key ipckey.Key) {
	lock, err := w.lock(key)
	if err != nil || w.dead || lock.State() != bridge.LockDead {
		return
	}
	w.dead = true
	w.warn("%s: its lock is held by a process that has died, so that nothing is to be seen: see qtpeer info", key)
}
