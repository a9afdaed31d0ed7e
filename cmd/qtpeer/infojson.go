package main

import (
	"fmt"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// infoJSON is what info prints for programs. What a family does not have, or the system does not tell, is null; Users only POSIX has.
type infoJSON struct {
	Key        string        `json:"key"`
	Family     string        `json:"family"`
	Native     string        `json:"native"`
	Exists     bool          `json:"exists"`
	Size       *int64        `json:"size"`
	Attached   *int          `json:"attached"`
	Orphan     bool          `json:"orphan"`
	ID         *int          `json:"id"`
	Owner      *uint32       `json:"owner"`
	Mode       *string       `json:"mode"`
	CreatorPID *int          `json:"creator_pid"`
	LastPID    *int          `json:"last_pid"`
	KeyFile    *keyFileJSON  `json:"key_file"`
	Semaphore  semaphoreJSON `json:"semaphore"`
	Users      []userJSON    `json:"users,omitzero"`
}

type keyFileJSON struct {
	Path   string `json:"path"`
	Exists bool   `json:"exists"`
}

type semaphoreJSON struct {
	Native  string     `json:"native"`
	Exists  bool       `json:"exists"`
	Value   *int       `json:"value"`
	Waiting *int       `json:"waiting"`
	LastPID *int       `json:"last_pid"`
	Users   []userJSON `json:"users,omitzero"`
}

type userJSON struct {
	PID     int    `json:"pid"`
	Command string `json:"command"`
}

func asInfoJSON(i bridge.Info) infoJSON {
	family := i.Key.Type.Family()
	j := infoJSON{
		Key: i.Key.String(), Family: family.String(), Native: i.Key.Native,
		Exists: i.Exists, Size: told(i.Size), Attached: told(i.Attached), Orphan: i.Orphan(),
		Semaphore: asSemaphoreJSON(i.Semaphore, family), Users: asUsersJSON(i.Users, family),
	}
	if family != ipckey.FamilyWindows {
		mode := fmt.Sprintf("%04o", i.Mode)
		j.Owner, j.Mode = &i.Owner, &mode
	}
	if family == ipckey.FamilySystemV {
		j.ID, j.CreatorPID, j.LastPID = &i.ID, &i.CreatorPID, &i.LastPID
		j.KeyFile = &keyFileJSON{i.KeyFile.Path, i.KeyFile.Exists}
	}
	return j
}

// told is nil for -1, by which package bridge says that the system does not tell.
func told[T int | int64](n T) *T {
	if n < 0 {
		return nil
	}
	return &n
}

func asSemaphoreJSON(s bridge.SemaphoreInfo, family ipckey.Family) semaphoreJSON {
	j := semaphoreJSON{Native: s.Native, Exists: s.Exists, Value: told(s.Value), Waiting: told(s.Waiting), Users: asUsersJSON(s.Users, family)}
	if family == ipckey.FamilySystemV {
		j.LastPID = &s.LastPID
	}
	return j
}

func asUsersJSON(users []bridge.Process, family ipckey.Family) []userJSON {
	if family != ipckey.FamilyPosix {
		return nil
	}
	j := []userJSON{}
	for _, u := range users {
		j = append(j, userJSON(u))
	}
	return j
}
