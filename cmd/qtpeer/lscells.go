package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// What the cells of the table show.

// isLone reports whether a listed object is a semaphore that is no lock.
func isLone(i bridge.Info) bool { return i.State() == bridge.StateNone }

// shownKey is the name that the program passed to Qt if that is known; otherwise as much as is.
func shownKey(i bridge.Info) string {
	end := legacyEnd(i.Key)
	switch {
	case i.Key.Legacy != "":
		return quoted(i.Key.Legacy)
	case i.Key.Native == "" && i.Exists:
		return fmt.Sprintf("? 0x%08x", uint32(i.Ftok))
	case i.Key.Native == "":
		return fmt.Sprintf("? 0x%08x", uint32(i.Semaphore.Ftok))
	case end != "":
		letters := len(end) - shaDigits
		return end[:letters] + "… " + end[letters:letters+8]
	}
	return quoted(i.Key.Native)
}

// stateOf is what has become of a segment and its lock, or of a semaphore. A lock of more than 1 is broken.
func stateOf(i bridge.Info) string {
	state, s := string(i.State()), i.Semaphore
	switch lock := s.State(); {
	case isLone(i) && s.Value > 1:
		return fmt.Sprintf("semaphore %s (%d)", lock, s.Value)
	case isLone(i):
		return "semaphore " + string(lock)
	case s.Value > 1:
		return fmt.Sprintf("%s, lock admits %d", state, s.Value)
	case lock == bridge.LockNone, lock == bridge.LockFree:
		return state
	default:
		return state + ", lock " + string(lock)
	}
}

// ofSegment is a number that only a segment has, and that the system may not tell.
func ofSegment[T int | int64](i bridge.Info, n T) string {
	if !i.Exists || n < 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

func shownOwner(c *census, i bridge.Info) string {
	switch {
	case i.Key.Type.Family() == ipckey.FamilyWindows:
		return "-"
	case i.Exists:
		return c.user(i.Owner)
	case i.KeyFile.Exists:
		return c.user(i.KeyFile.Owner)
	case i.Semaphore.Exists:
		return c.user(i.Semaphore.Owner)
	}
	return c.user(i.Semaphore.KeyFile.Owner)
}

func shownMode(_ *census, i bridge.Info) string {
	switch {
	case i.Key.Type.Family() == ipckey.FamilyWindows:
		return "-"
	case i.Exists:
		return fmt.Sprintf("%04o", i.Mode)
	case isLone(i) && i.Semaphore.Exists:
		return fmt.Sprintf("%04o", i.Semaphore.Mode)
	}
	return "-"
}

func shownLast(c *census, i bridge.Info) string {
	if isLone(i) {
		return c.process(i.Semaphore.LastPID)
	}
	return c.process(i.LastPID)
}

func shownUsers(_ *census, i bridge.Info) string {
	users := i.Users
	if isLone(i) {
		users = i.Semaphore.Users
	}
	var names []string
	for _, u := range users {
		names = append(names, fmt.Sprintf("%s/%d", quoted(u.Command), u.PID))
	}
	if names == nil {
		return "-"
	}
	return strings.Join(names, " ")
}

// born returns when an object was made, as far as that is known.
func born(i bridge.Info) time.Time {
	switch {
	case i.Exists:
		return i.Created
	case i.KeyFile.Exists:
		return i.KeyFile.Modified
	case i.Semaphore.KeyFile.Exists:
		return i.Semaphore.KeyFile.Modified
	}
	return i.Semaphore.Used
}
