//go:build linux

package bridge

import "github.com/shmbridge/shmbridge/internal/proc"

func asProcesses(found []proc.Process) (users []Process) {
	for _, p := range found {
		users = append(users, Process{p.PID, p.Command})
	}
	return users
}
