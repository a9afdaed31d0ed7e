package main

import (
	"fmt"
	"time"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// infoJSON is what info and ls print for programs. What a family does not have, or the system does not tell, is null.
type infoJSON struct {
	Key            string        `json:"key"`
	Family         string        `json:"family"`
	Native         string        `json:"native"`
	Exists         bool          `json:"exists"`
	Size           *int64        `json:"size"`
	Attached       *int          `json:"attached"`
	Orphan         bool          `json:"orphan"`
	ID             *int          `json:"id"`
	Owner          *uint32       `json:"owner"`
	Mode           *string       `json:"mode"`
	CreatorPID     *int          `json:"creator_pid"`
	LastPID        *int          `json:"last_pid"`
	KeyFile        *keyFileJSON  `json:"key_file"`
	Semaphore      semaphoreJSON `json:"semaphore"`
	Users          []userJSON    `json:"users,omitzero"` // not on Windows
	State          bridge.State  `json:"state"`
	Ftok           *string       `json:"ftok"`
	Created        *string       `json:"created"`
	Used           *string       `json:"used"`
	CreatorCommand *string       `json:"creator_command"` // of a living process
	LastCommand    *string       `json:"last_command"`
}

type keyFileJSON struct {
	Path     string   `json:"path"`
	Exists   bool     `json:"exists"`
	Owner    *uint32  `json:"owner"`
	Modified *string  `json:"modified"`
	Collides []string `json:"collides,omitempty"`
}

type semaphoreJSON struct {
	Native      string           `json:"native"`
	Exists      bool             `json:"exists"`
	Value       *int             `json:"value"`
	Waiting     *int             `json:"waiting"`
	LastPID     *int             `json:"last_pid"`
	Users       []userJSON       `json:"users,omitzero"` // POSIX only
	State       bridge.LockState `json:"state"`
	ID          *int             `json:"id"`
	Owner       *uint32          `json:"owner"`
	Ftok        *string          `json:"ftok"`
	LastCommand *string          `json:"last_command"`
	Used        *string          `json:"used"`
	KeyFile     *keyFileJSON     `json:"key_file"`
}

type userJSON struct {
	PID     int    `json:"pid"`
	Command string `json:"command"`
}

func asInfoJSON(i bridge.Info) infoJSON { return newCensus().infoJSON(i) }

func asSemaphoreJSON(s bridge.SemaphoreInfo, family ipckey.Family) semaphoreJSON {
	return newCensus().semaphoreJSON(s, family)
}

func (c *census) infoJSON(i bridge.Info) infoJSON {
	family := i.Key.Type.Family()
	j := infoJSON{
		Key: i.Key.String(), Family: family.String(), Native: i.Key.Native,
		Exists: i.Exists, Size: told(i.Size), Attached: told(i.Attached), Orphan: i.Orphan(), State: i.State(),
		Semaphore: c.semaphoreJSON(i.Semaphore, family), Created: moment(i.Created), Used: moment(i.Used),
	}
	if family != ipckey.FamilyWindows {
		mode := fmt.Sprintf("%04o", i.Mode)
		j.Owner, j.Mode, j.Users = &i.Owner, &mode, asUsersJSON(i.Users)
	}
	if family == ipckey.FamilySystemV {
		j.ID, j.CreatorPID, j.LastPID, j.Ftok = &i.ID, &i.CreatorPID, &i.LastPID, hexKey(i.Ftok)
		j.CreatorCommand, j.LastCommand = c.living(i.CreatorPID), c.living(i.LastPID)
		j.KeyFile = asKeyFileJSON(i.KeyFile)
	}
	return j
}

func (c *census) semaphoreJSON(s bridge.SemaphoreInfo, family ipckey.Family) semaphoreJSON {
	j := semaphoreJSON{
		Native: s.Native, Exists: s.Exists, Value: told(s.Value), Waiting: told(s.Waiting), State: s.State(), Used: moment(s.Used),
	}
	if family == ipckey.FamilyPosix {
		j.Users = asUsersJSON(s.Users)
	}
	if family != ipckey.FamilyWindows {
		j.Owner = &s.Owner
	}
	if family == ipckey.FamilySystemV {
		j.ID, j.LastPID, j.LastCommand, j.Ftok = &s.ID, &s.LastPID, c.living(s.LastPID), hexKey(s.Ftok)
		j.KeyFile = asKeyFileJSON(s.KeyFile)
	}
	return j
}

func asKeyFileJSON(f bridge.KeyFile) *keyFileJSON {
	if f.Path == "" { // not known
		return nil
	}
	j := keyFileJSON{Path: f.Path, Exists: f.Exists, Modified: moment(f.Modified), Collides: f.Collides}
	if f.Exists {
		j.Owner = &f.Owner
	}
	return &j
}

func asUsersJSON(users []bridge.Process) []userJSON {
	j := []userJSON{}
	for _, u := range users {
		j = append(j, userJSON(u))
	}
	return j
}

// living returns the name of a process that has not ended, nil if that is not known.
func (c *census) living(pid int) *string {
	name, _ := c.command(pid)
	if name == "" {
		return nil
	}
	return &name
}

// told is nil for -1, by which package bridge says that the system does not tell.
func told[T int | int64](n T) *T {
	if n < 0 {
		return nil
	}
	return &n
}

// moment is a time in RFC 3339, nil for none.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := t.Format(time.RFC3339)
	return &text
}

// hexKey is a kernel's key as ipcs(1) prints it, nil for none.
func hexKey(key int32) *string {
	if key == 0 {
		return nil
	}
	text := fmt.Sprintf("0x%08x", uint32(key))
	return &text
}
