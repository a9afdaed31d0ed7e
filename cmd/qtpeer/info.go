package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newInfo(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "info NAME",
		Short: "Show a segment, its key file and its lock",
		Long: `Show a segment, its key file and its lock, without attaching, locking or changing anything. If there is no segment, the
exit status is 2, and what is left of it is shown all the same. With --json, what only System V has (id, creator_pid,
last_pid, key_file) is null for a POSIX segment, and the processes that have it open are its users.`,
		Example: `  qtpeer info test
  qtpeer info test --json | jq .attached
  qtpeer info test --type posix`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := o.existing(cmd, args)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			info, err := bridge.Inspect(key, o.bridge()...)
			if err != nil {
				return err
			}
			if err := printInfo(cmd.OutOrStdout(), info, o.json); err != nil {
				return err
			}
			if !info.Exists {
				return failure{statusNotFound, fmt.Errorf("there is no segment %s", key)}
			}
			return nil
		},
	}
}

func printInfo(w io.Writer, info bridge.Info, asJSON bool) error {
	if asJSON {
		return printJSON(w, asInfoJSON(info))
	}
	sysv := info.Key.Type.Family() == ipckey.FamilySystemV
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "key\t%s\n", info.Key)
	switch {
	case !info.Exists:
		fmt.Fprintf(table, "segment\tnone\n")
	case sysv:
		fmt.Fprintf(table, "segment\tid %d, %d bytes, mode %04o, owner %d\n", info.ID, info.Size, info.Mode, info.Owner)
		fmt.Fprintf(table, "attached\t%d%s\n", info.Attached, orphanNote(info))
		fmt.Fprintf(table, "created\t%s by %s\n", info.Created.Format("2006-01-02 15:04:05"), process(info.CreatorPID))
		fmt.Fprintf(table, "last used\tby %s\n", process(info.LastPID))
	default:
		fmt.Fprintf(table, "segment\t%d bytes, mode %04o, owner %d\n", info.Size, info.Mode, info.Owner)
		fmt.Fprintf(table, "attached\t%d%s%s\n", info.Attached, userList(info.Users), orphanNote(info))
	}
	if sysv {
		fmt.Fprintf(table, "key file\t%s%s\n", info.KeyFile.Path, noneUnless(info.KeyFile.Exists))
	}
	fmt.Fprintf(table, "lock\t%s%s\n", info.Semaphore.Native, noneUnless(info.Semaphore.Exists))
	if s := info.Semaphore; s.Exists {
		fmt.Fprintf(table, "\tvalue %d, %d waiting, %s\n", s.Value, s.Waiting, lockNote(s, sysv))
	}
	return table.Flush()
}

// lockNote says who used the lock, or who may hold it.
func lockNote(s bridge.SemaphoreInfo, sysv bool) string {
	switch {
	case sysv:
		return "last used by " + process(s.LastPID)
	case s.Value == 0 && len(s.Users) == 0:
		return "held by a process that has died: --break-dead-lock takes it over"
	}
	return "open" + userList(s.Users)
}

func userList(users []bridge.Process) string {
	var names []string
	for _, u := range users {
		names = append(names, fmt.Sprintf("process %d (%s)", u.PID, u.Command))
	}
	if len(names) == 0 {
		return ""
	}
	return " in " + strings.Join(names, ", ")
}

func orphanNote(info bridge.Info) string {
	switch {
	case !info.Orphan():
		return ""
	case info.Key.Type.Family() == ipckey.FamilySystemV:
		return `: left behind, "qtpeer clean" removes it`
	}
	return `: Qt leaves POSIX segments, "qtpeer clean" removes it`
}

func noneUnless(exists bool) string {
	if exists {
		return ""
	}
	return " (none)"
}

// process names a process and says whether it has ended.
func process(pid int) string {
	switch {
	case pid == 0:
		return "no process that is visible here"
	case hasEnded(pid):
		return fmt.Sprintf("process %d (ended)", pid)
	}
	return fmt.Sprintf("process %d", pid)
}

// hasEnded reports that there is no process pid. 0 is one in another pid namespace, of which nothing is known.
func hasEnded(pid int) bool {
	if pid == 0 {
		return false
	}
	p, err := os.FindProcess(pid)
	if err == nil {
		err = p.Signal(syscall.Signal(0))
	}
	return err != nil && !errors.Is(err, fs.ErrPermission)
}
