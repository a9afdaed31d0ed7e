package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

type infoJSON struct {
	Key        string        `json:"key"`
	Family     string        `json:"family"`
	Native     string        `json:"native"`
	Exists     bool          `json:"exists"`
	Size       int64         `json:"size"`
	Attached   int           `json:"attached"`
	Orphan     bool          `json:"orphan"`
	ID         int           `json:"id"`
	Owner      uint32        `json:"owner"`
	Mode       string        `json:"mode"`
	CreatorPID int           `json:"creator_pid"`
	LastPID    int           `json:"last_pid"`
	KeyFile    keyFileJSON   `json:"key_file"`
	Semaphore  semaphoreJSON `json:"semaphore"`
}

type keyFileJSON struct {
	Path   string `json:"path"`
	Exists bool   `json:"exists"`
}

type semaphoreJSON struct {
	Native  string `json:"native"`
	Exists  bool   `json:"exists"`
	Value   int    `json:"value"`
	Waiting int    `json:"waiting"`
	LastPID int    `json:"last_pid"`
}

func newInfo(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "info NAME",
		Short: "Show a segment, its key file and its lock",
		Long: `Show a segment, its key file and its lock, without attaching, locking or changing anything. If there is no segment, the
exit status is 2, and what is left of it is shown all the same.`,
		Example: `  qtpeer info test
  qtpeer info test --json | jq .attached`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := o.onlyKey(ipckey.Segment, args)
			if err != nil {
				return err
			}
			info, err := bridge.Inspect(key)
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
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "key\t%s\n", info.Key)
	if info.Exists {
		fmt.Fprintf(table, "segment\tid %d, %d bytes, mode %04o, owner %d\n", info.ID, info.Size, info.Mode, info.Owner)
		fmt.Fprintf(table, "attached\t%d%s\n", info.Attached, orphanNote(info))
		fmt.Fprintf(table, "created\t%s by %s\n", info.Created.Format("2006-01-02 15:04:05"), process(info.CreatorPID))
		fmt.Fprintf(table, "last used\tby %s\n", process(info.LastPID))
	} else {
		fmt.Fprintf(table, "segment\tnone\n")
	}
	fmt.Fprintf(table, "key file\t%s%s\n", info.KeyFile.Path, noneUnless(info.KeyFile.Exists))
	fmt.Fprintf(table, "lock\t%s%s\n", info.Semaphore.Native, noneUnless(info.Semaphore.Exists))
	if s := info.Semaphore; s.Exists {
		fmt.Fprintf(table, "\tvalue %d, %d waiting, last used by %s\n", s.Value, s.Waiting, process(s.LastPID))
	}
	return table.Flush()
}

func orphanNote(info bridge.Info) string {
	if info.Orphan() {
		return `: left behind, "qtpeer clean" removes it`
	}
	return ""
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

func asInfoJSON(i bridge.Info) infoJSON {
	return infoJSON{
		Key: i.Key.String(), Family: i.Key.Type.Family().String(), Native: i.Key.Native,
		Exists: i.Exists, Size: i.Size, Attached: i.Attached, Orphan: i.Orphan(),
		ID: i.ID, Owner: i.Owner, Mode: fmt.Sprintf("%04o", i.Mode),
		CreatorPID: i.CreatorPID, LastPID: i.LastPID,
		KeyFile:   keyFileJSON{i.KeyFile.Path, i.KeyFile.Exists},
		Semaphore: semaphoreJSON(i.Semaphore),
	}
}
