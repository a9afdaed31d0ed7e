package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
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
exit status is 2, and what is left of it is shown all the same.

A POSIX segment has no id, key file, creator or last user: with --json these are null. Instead it, and its lock, have
users: the processes that have them open, as far as they can be seen from here. "attached" counts those of the segment.

A Windows segment has no owner and mode either, and how many wait for its lock Windows does not tell. Its size is whole
pages, and "attached" counts the handles to it.`,
		Example: `  qtpeer info test
  qtpeer info test --json | jq .attached
  qtpeer info --key posix:/test`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			key, missing := o.existing(cmd, args)
			if missing != nil && !errors.Is(missing, fs.ErrNotExist) {
				return missing
			}
			info, err := bridge.Inspect(key, o.bridge()...)
			if err != nil {
				return err
			}
			if err := printInfo(cmd.OutOrStdout(), info, o.json); err != nil {
				return err
			}
			if !info.Exists {
				return failure{statusNotFound, fmt.Errorf("there is no segment %s%s", key, searched(missing))}
			}
			return nil
		},
	}
}

func printInfo(w io.Writer, info bridge.Info, asJSON bool) error {
	if asJSON {
		return printJSON(w, asInfoJSON(info))
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "key\t%s\n", info.Key)
	if !info.Exists {
		fmt.Fprintf(table, "segment\tnone\n")
	}
	switch info.Key.Type.Family() {
	case ipckey.FamilyPosix:
		printPosix(table, info)
	case ipckey.FamilyWindows:
		printWindows(table, info)
	default:
		printSystemV(table, info)
	}
	return table.Flush()
}

func printSystemV(w io.Writer, i bridge.Info) {
	if i.Exists {
		fmt.Fprintf(w, "segment\tid %d, %d bytes, mode %04o, owner %d\n", i.ID, i.Size, i.Mode, i.Owner)
		if i.Attached > 0 {
			fmt.Fprintf(w, "attached\t%d\n", i.Attached)
		} else {
			fmt.Fprintf(w, "attached\t0: left behind, \"qtpeer clean\" removes it\n")
		}
		fmt.Fprintf(w, "created\t%s by %s\n", i.Created.Format("2006-01-02 15:04:05"), process(i.CreatorPID))
		fmt.Fprintf(w, "last used\tby %s\n", process(i.LastPID))
	}
	fmt.Fprintf(w, "key file\t%s%s\n", i.KeyFile.Path, noneUnless(i.KeyFile.Exists))
	fmt.Fprintf(w, "lock\t%s%s\n", i.Semaphore.Native, noneUnless(i.Semaphore.Exists))
	if s := i.Semaphore; s.Exists {
		fmt.Fprintf(w, "\tvalue %d, %d waiting, last used by %s\n", s.Value, s.Waiting, process(s.LastPID))
	}
}

func printPosix(w io.Writer, i bridge.Info) {
	if i.Exists {
		fmt.Fprintf(w, "segment\t%d bytes, mode %04o, owner %d\n", i.Size, i.Mode, i.Owner)
		if i.Attached > 0 {
			fmt.Fprintf(w, "attached\t%d: %s\n", i.Attached, processes(i.Users))
		} else {
			fmt.Fprintf(w, "attached\t0: left behind, as Qt does with POSIX segments; \"qtpeer clean\" removes it\n")
		}
	}
	fmt.Fprintf(w, "lock\t%s%s\n", i.Semaphore.Native, noneUnless(i.Semaphore.Exists))
	if s := i.Semaphore; s.Exists {
		fmt.Fprintf(w, "\tvalue %d, %d waiting, %s\n", s.Value, s.Waiting, holder(i))
	}
}

func printWindows(w io.Writer, i bridge.Info) {
	if i.Exists {
		fmt.Fprintf(w, "segment\t%d bytes\nattached\t%d\n", i.Size, i.Attached)
	}
	fmt.Fprintf(w, "lock\t%s%s\n", i.Semaphore.Native, noneUnless(i.Semaphore.Exists))
	if s := i.Semaphore; s.Exists && s.Value > 0 {
		fmt.Fprintf(w, "\tvalue %d, free\n", s.Value)
	} else if s.Exists {
		fmt.Fprintf(w, "\tvalue 0, held by one that has it open, or by one that died while others have it open\n")
	}
}

// holder says who may hold the POSIX lock of a segment.
func holder(i bridge.Info) string {
	switch s := i.Semaphore; {
	case s.Value > 0 && len(s.Users) > 0:
		return "free, open in " + processes(s.Users)
	case s.Value > 0:
		return "free"
	case len(s.Users) > 0:
		return "held by one of these, or by one that has died: " + processes(s.Users)
	case i.Orphan():
		return "held by a process that has died: --break-dead-lock takes it over"
	}
	return "held by a process that has died, or by one that is not visible here"
}

func noneUnless(exists bool) string {
	if exists {
		return ""
	}
	return " (none)"
}
