package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// ofOwner explains what another user's objects do to programs of this one. Windows tells of no owners.
func (d diagnosis) ofOwner(i bridge.Info) []finding {
	uid := uint32(os.Geteuid())
	var foreign []string
	owner, users := uid, newCensus()
	for _, object := range []struct {
		exists bool
		owner  uint32
		what   string
	}{
		{i.KeyFile.Exists, i.KeyFile.Owner, "the key file " + i.KeyFile.Path},
		{i.Exists, i.Owner, "the segment " + i.Key.String()},
		{i.Semaphore.KeyFile.Exists, i.Semaphore.KeyFile.Owner, "the key file " + i.Semaphore.KeyFile.Path},
		{i.Semaphore.Exists, i.Semaphore.Owner, "the lock " + i.Semaphore.Native},
	} {
		if object.exists && object.owner != uid {
			foreign = append(foreign, object.what)
			owner = object.owner
		}
	}
	if len(foreign) == 0 || i.Key.Type.Family() == ipckey.FamilyWindows {
		return nil
	}
	name := users.user(owner)
	f := finding{"name.owner", levelProblem, fmt.Sprintf("user %s made %s", name, strings.Join(foreign, " and ")),
		fmt.Sprintf("Qt makes objects for one user (mode 0600): programs of user %s get PermissionDenied. Often a program was once run "+
			"as root, or by another user of this machine", users.user(uid)),
		fmt.Sprintf("end that program, then sudo -u %s %s; use another name for each user", name, d.clean(i.Key))}
	if uid == 0 {
		f.Level = levelNote
		f.Why = "root may look at it and use it; what root makes, that user cannot use"
		f.Do = fmt.Sprintf("run qtpeer as that user: sudo -u %s qtpeer ...", name)
	}
	return []finding{f}
}

// ofCollision names key files that lead to one object.
func ofCollision(i bridge.Info) (found []finding) {
	for _, file := range []bridge.KeyFile{i.KeyFile, i.Semaphore.KeyFile} {
		if len(file.Collides) > 0 {
			found = append(found, finding{"name.collision", levelProblem,
				fmt.Sprintf("ftok(3) makes one number of %s and of %s", file.Path, strings.Join(file.Collides, ", ")),
				"two names stand for one object: programs attach to the wrong memory, or are said to run already",
				"end the programs, and remove the key file that came later, or set TMPDIR to another directory for one of them"})
		}
	}
	return found
}

// ofSecondLock finds the lock that programs use which know a segment of Qt's legacy form by its native key.
func ofSecondLock(i bridge.Info) []finding {
	if i.Key.Legacy == "" || !i.Exists || i.Semaphore.Native == i.Key.Native {
		return nil
	}
	second, err := bridge.InspectSemaphore(ipckey.Key{Type: i.Key.Type, Native: i.Key.Native})
	if err != nil || !second.Exists {
		return nil
	}
	return []finding{{"name.second-lock", levelWarning, fmt.Sprintf("%s has a second lock, %s", i.Key, second.Native),
		"a program has given its native key to setNativeKey(), or uses Qt 6.6.0: both sides lock, and do not exclude each other",
		"let all use QSharedMemory(QString), or pass the key as text with its legacyKey; update Qt 6.6.0"}}
}
