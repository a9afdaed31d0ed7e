//go:build linux

package bridge

import (
	"errors"

	"github.com/shmbridge/shmbridge/internal/sysv"
)

// leave detaches and, as the last one, removes the segment, but for an orphan that is to be left as it was found.
func (a *sysvAttachment) leave(held bool) error {
	err := sysv.Shmdt(a.mem)
	if a.orphan && a.unused() {
		return errors.Join(err, a.sem.leave(held, a.sem.madeFile))
	}
	gone, creator, removeErr := a.removeIfLast()
	if gone && ended(creator) {
		a.sem.takeOver() // who was to remove it was killed
	}
	return errors.Join(err, removeErr, a.sem.leave(held, gone))
}

// unused reports whether the segment exists and nobody is attached.
func (s sysvSegment) unused() bool {
	info, err := sysv.Shmstat(s.id)
	return err == nil && info.Attached == 0
}

// removeIfLast removes the segment and its key file when nobody is attached, and reports whether nothing is left, and
// which process had created the segment if that is still known. The key file goes first, unlike in Qt: a create() of Qt,
// which no lock keeps out, for it sets the lock free, else gets a new segment in between, by a key file that goes then.
func (s sysvSegment) removeIfLast() (gone bool, creator int, err error) {
	info, err := sysv.Shmstat(s.id)
	switch {
	case removed(err): // by ipcrm; what has the key file now is a newer one
		if s.replaced() {
			return false, 0, nil
		}
	case err != nil || info.Attached > 0:
		return false, 0, err
	}
	fileErr := unlinkKeyFile(s.at.name, s.at.id, s.key)
	if err == nil {
		err = sysv.Shmrm(s.id)
	}
	if removed(err) {
		err = nil
	}
	return true, info.CreatorPID, errors.Join(fileErr, err)
}

// replaced reports whether somebody made another segment of the same name.
func (s sysvSegment) replaced() bool {
	file, err := sysv.StatKeyFile(s.at.name)
	if err != nil {
		return false
	}
	_, err = sysv.Shmget(file.Key(s.at.id), 0, 0)
	return err == nil
}
