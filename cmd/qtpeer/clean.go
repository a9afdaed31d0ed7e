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
		Long: `Remove a segment that nobody is attached to, its lock and its key files, or a lock that has stayed alone. Without --yes
only say what would be removed. What is in use, or belongs to another user, is never touched.`,
		Example: `  qtpeer clean test          # look
  qtpeer clean test --yes    # remove`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := o.existing(cmd, args)
			if errors.Is(err, fs.ErrNotExist) {
				key, err = o.remnant(key), nil
			}
			if err != nil {
				return err
			}
			return o.clean(cmd, key, yes)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do remove it")
	return cmd
}

func (o *options) clean(cmd *cobra.Command, key ipckey.Key, yes bool) error {
	info, err := bridge.Inspect(key, o.bridge()...)
	if err == nil {
		err = refuseToClean(info)
	}
	if err == nil && yes {
		ctx, stop := o.waiting()
		defer stop()
		err = bridge.Remove(ctx, key, o.bridge(bridge.RequireOwner())...)
	}
	if err != nil {
		return err
	}
	if !yes {
		cmd.PrintErrln("qtpeer: nothing was removed: that takes --yes")
	}
	return printCleaned(cmd.OutOrStdout(), info, yes, o.json)
}

// remnant returns the key of what may be left of a segment that has gone: key, unless only a POSIX lock is left.
func (o *options) remnant(key ipckey.Key) ipckey.Key {
	posix, err := ipckey.Legacy(bridge.Environment(o.bridge()...), ipckey.Segment, key.Legacy, ipckey.PosixRealtime)
	if err != nil {
		return key
	}
	there, _ := bridge.Inspect(key, o.bridge()...)
	if other, _ := bridge.Inspect(posix, o.bridge()...); other.Semaphore.Exists && !there.KeyFile.Exists && !there.Semaphore.Exists {
		return posix
	}
	return key
}

// refuseToClean says early, and for a dry run too, what Remove would say.
func refuseToClean(i bridge.Info) error {
	uid, lone := uint32(os.Geteuid()), !i.KeyFile.Exists && !i.Exists // a lone lock stays when Qt programs are killed
	switch {
	case lone && !i.Semaphore.Exists:
		return failure{statusNotFound, fmt.Errorf("nothing to remove: there is no segment %s, nor its key file or lock", i.Key)}
	case lone && len(i.Semaphore.Users) > 0:
		return failure{statuses[bridge.CodeInUse], fmt.Errorf("%s is in use: open%s", i.Semaphore.Native, userList(i.Semaphore.Users))}
	case lone && i.Key.Type.Family() == ipckey.FamilySystemV && !hasEnded(i.Semaphore.LastPID):
		return failure{statuses[bridge.CodeInUse], fmt.Errorf("%s is in use: %s used it last", i.Semaphore.Native, process(i.Semaphore.LastPID))}
	case lone:
		return nil
	case i.KeyFile.Exists && i.KeyFile.Owner != uid:
		return failure{statusDenied, fmt.Errorf("%s belongs to user %d, who has to remove it", i.KeyFile.Path, i.KeyFile.Owner)}
	case i.Exists && i.Owner != uid:
		return failure{statusDenied, fmt.Errorf("%s belongs to user %d, who has to remove it", segmentName(i), i.Owner)}
	case i.Attached > 0 && i.Key.Type.Family() == ipckey.FamilyPosix:
		return failure{statuses[bridge.CodeInUse], fmt.Errorf("%s is in use: open%s", segmentName(i), userList(i.Users))}
	case i.Attached > 0:
		return failure{statuses[bridge.CodeInUse], fmt.Errorf("%s is in use: %d attached, the last one by %s",
			segmentName(i), i.Attached, process(i.LastPID))}
	}
	return nil
}

// segmentName is what the system calls a segment.
func segmentName(i bridge.Info) string {
	if i.Key.Type.Family() == ipckey.FamilyPosix {
		return "POSIX segment " + i.Key.Native
	}
	return fmt.Sprintf("segment %d", i.ID)
}

func lastUse(i bridge.Info) string {
	if i.Key.Type.Family() == ipckey.FamilyPosix {
		return ""
	}
	return ", last used by " + process(i.LastPID)
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
	if found.Exists {
		fmt.Fprintf(w, "%s %s, %d bytes%s\n", verb, segmentName(found), found.Size, lastUse(found))
	}
	if found.KeyFile.Exists {
		fmt.Fprintf(w, "%s key file %s\n", verb, found.KeyFile.Path)
	}
	if found.Semaphore.Exists {
		fmt.Fprintf(w, "%s lock %s\n", verb, found.Semaphore.Native)
	}
	return nil
}
