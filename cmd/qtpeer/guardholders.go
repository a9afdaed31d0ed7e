package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"

	"github.com/shmbridge/shmbridge/bridge"
)

// users returns the processes that have the guard, as far as they can be seen.
func (g *guard) users() []bridge.Process {
	info, _ := bridge.Inspect(g.key, g.bridge()...) // without them, the process that the TakenError has is all that is known
	return slices.DeleteFunc(info.Users, func(p bridge.Process) bool { return p.PID == os.Getpid() })
}

// holders names the processes that have the guard; pid is what is known without a search.
func (g *guard) holders(pid int) string {
	if users := g.users(); len(users) > 0 || pid == 0 {
		return processes(users)
	}
	return process(pid)
}

// unseenLooks is how often nobody is found who has the guard before that is an error: once may be because it has just ended.
const unseenLooks = 10

// replaceRunning asks those who have the guard to end, each once.
func (g *guard) replaceRunning() error {
	found := map[int]*os.Process{}
	for _, u := range g.users() {
		if p, err := os.FindProcess(u.PID); err == nil {
			found[u.PID] = p // from here on it is this process, and no other that gets its number
			defer func() { _ = p.Release() }()
		}
	}
	var refused []string
	users := g.users()
	if len(users) == 0 {
		g.unseen++
	}
	for _, u := range users {
		p := found[u.PID]
		switch {
		case p == nil || g.asked[u.PID]:
		case foreignProcess(u.PID):
			refused = append(refused, fmt.Sprintf("process %d (%s) belongs to another user", u.PID, u.Command))
		default:
			if err := p.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
				refused = append(refused, fmt.Sprintf("process %d (%s): %v", u.PID, u.Command, err))
			}
			g.asked[u.PID] = true
		}
	}
	switch {
	case len(refused) > 0:
		return g.irreplaceable(strings.Join(refused, ", "))
	case len(g.asked) == 0 && g.unseen == unseenLooks:
		return g.irreplaceable("its process cannot be seen from here: end it yourself, or use --wait")
	}
	return nil
}

func (g *guard) irreplaceable(why string) error {
	return failure{status{statuses[bridge.CodeAlreadyExists].Code, g.takenStatus},
		fmt.Errorf("another instance of %s is running, and is not asked to end: %s", g.name(), why)}
}

// foreignProcess reports whether a process belongs to another user, or cannot be seen. The first number is the real user
// (proc_pid_status(5)).
func foreignProcess(pid int) bool {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, uid, _ := strings.Cut(string(text), "\nUid:\t")
	uid, _, _ = strings.Cut(uid, "\t")
	return uid != fmt.Sprint(os.Getuid())
}
