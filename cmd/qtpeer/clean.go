package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newClean(o *options) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "clean NAME [--yes]",
		Short: "Remove what a killed program left behind",
		Long: `Remove a segment that nobody is attached to, its lock and its key file, or a lock or a key file that has stayed alone.
Without --yes only say what would be removed. What is in use, or belongs to another user, is never touched, nor is a
key file with content, which is none that Qt made. Qt itself never removes a POSIX segment. On Windows nothing is ever
left behind: the system removes a segment, and its lock, with the last program that has it open.

A lock or a key file alone is found by NAME in the legacy form only, and otherwise by --key.`,
		Example: `  qtpeer clean test          # look
  qtpeer clean test --yes    # remove
  qtpeer clean --key posix:/test --yes`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			key, missing := o.existing(cmd, args)
			if missing != nil && !errors.Is(missing, fs.ErrNotExist) {
				return missing
			}
			info, err := bridge.Inspect(key, o.bridge()...)
			switch {
			case err != nil:
				return err
			case !info.Exists && !info.KeyFile.Exists && !info.Semaphore.Exists:
				return failure{statusNotFound, fmt.Errorf("nothing to remove: there is no segment %s, nor anything left of one%s",
					key, searched(missing))}
			}
			return o.clean(cmd, info, yes)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do remove it")
	return cmd
}

func (o *options) clean(cmd *cobra.Command, info bridge.Info, yes bool) error {
	err := refuseToClean(info)
	if err == nil && info.KeyFile.Exists {
		err = refuseFile(info.KeyFile.Path)
	}
	if err == nil && yes {
		ctx, stop := o.waiting()
		defer stop()
		err = bridge.Remove(ctx, info.Key, o.bridge(bridge.RequireOwner())...)
	}
	if err != nil {
		return err
	}
	if !yes {
		cmd.PrintErrln("qtpeer: nothing was removed: that takes --yes")
	}
	return printCleaned(cmd.OutOrStdout(), info, yes, o.json)
}

// refuseToClean says early, and for a dry run too, what Remove would say.
func refuseToClean(i bridge.Info) error {
	uid, lock := uint32(os.Geteuid()), i.Semaphore
	posix := i.Key.Type.Family() == ipckey.FamilyPosix
	switch {
	case i.Key.Type == ipckey.Windows && i.Exists:
		return inUse("%s is in use: %s", segmentName(i), goesByItself)
	case i.Key.Type == ipckey.Windows:
		return inUse("%s is in use: %s", lockName(i), goesByItself)
	case i.KeyFile.Exists && i.KeyFile.Owner != uid:
		return failure{statusDenied, fmt.Errorf("%s belongs to user %d, who has to remove it", i.KeyFile.Path, i.KeyFile.Owner)}
	case i.Exists && i.Owner != uid:
		return failure{statusDenied, fmt.Errorf("%s belongs to user %d, who has to remove it", segmentName(i), i.Owner)}
	case i.Attached > 0 && posix:
		return inUse("%s is in use: %s has it open", segmentName(i), processes(i.Users))
	case i.Attached > 0:
		return inUse("%s is in use: %d attached, the last one by %s", segmentName(i), i.Attached, process(i.LastPID))
	case i.Exists || i.KeyFile.Exists:
		return nil
	case posix && len(lock.Users) > 0: // a lock alone, as it stays when Qt programs are killed
		return inUse("%s is in use: %s has it open", lockName(i), processes(lock.Users))
	case !posix && !hasEnded(lock.LastPID):
		return inUse("%s is in use: %s used it last", lockName(i), process(lock.LastPID))
	}
	return nil
}

const goesByItself = "Windows removes it when the last program that has it open closes it or ends, so that nothing is left behind"

func inUse(format string, args ...any) error {
	return failure{statuses[bridge.CodeInUse], fmt.Errorf(format, args...)}
}

// refuseFile refuses a key file that was a file of the user's before. Those that Qt makes are empty.
func refuseFile(path string) error {
	file, err := os.Lstat(path)
	if err == nil && (!file.Mode().IsRegular() || file.Size() > 0) {
		err = fmt.Errorf("%s is no empty file, so Qt did not make it: remove it yourself if nobody needs it", path)
	}
	return err
}

// segmentName is what the system calls a segment.
func segmentName(i bridge.Info) string {
	switch i.Key.Type.Family() {
	case ipckey.FamilyPosix:
		return "POSIX segment " + i.Key.Native
	case ipckey.FamilyWindows:
		return "segment " + i.Key.Native
	}
	return fmt.Sprintf("segment %d", i.ID)
}

// lockName is what the system calls the lock of a segment.
func lockName(i bridge.Info) string {
	if i.Key.Type.Family() == ipckey.FamilyPosix {
		return "POSIX lock " + i.Semaphore.Native
	}
	return "lock " + i.Semaphore.Native
}

func printCleaned(w io.Writer, found bridge.Info, removed, asJSON bool) error {
	if asJSON {
		return printJSON(w, struct {
			infoJSON
			Removed bool `json:"removed"`
		}{asInfoJSON(found), removed})
	}
	verb := "would remove"
	if removed {
		verb = "removed"
	}
	switch {
	case found.Exists && found.Key.Type.Family() == ipckey.FamilyPosix:
		fmt.Fprintf(w, "%s %s, %d bytes\n", verb, segmentName(found), found.Size)
	case found.Exists:
		fmt.Fprintf(w, "%s %s, %d bytes, last used by %s\n", verb, segmentName(found), found.Size, process(found.LastPID))
	}
	if found.KeyFile.Exists {
		fmt.Fprintf(w, "%s key file %s\n", verb, found.KeyFile.Path)
	}
	if found.Semaphore.Exists {
		fmt.Fprintf(w, "%s %s\n", verb, lockName(found))
	}
	return nil
}
