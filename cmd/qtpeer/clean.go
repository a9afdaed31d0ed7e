package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// cleanFlags are the flags of clean.
type cleanFlags struct {
	yes, allUsers bool
	olderThan     time.Duration
}

func newClean(o *options) *cobra.Command {
	f := new(cleanFlags)
	cmd := &cobra.Command{
		Use:   "clean [NAME] [--yes]",
		Short: "Remove what killed programs left behind",
		Long: `Remove segments that nobody is attached to, with their locks and key files, and locks and key files that have stayed
alone: those of NAME, or all that look like a Qt program's as "qtpeer ls" has them. Without --yes only say what would be
removed, and what stays and why.

What is in use, or belongs to another user, is never touched, nor is a key file with content, which is none that Qt made.
Each object is looked at again under its lock immediately before it is removed: one that has been made anew since stays.
A lock that a living process holds is waited for as long as --timeout says, without NAME not at all.

The kernel does not tell who has a System V semaphore open, nor whose an object without key file is: those that are no
segment's lock, and these, stay without NAME, unless --older-than says how long they must have been idle.

Qt itself never removes a POSIX segment. One with a native key and without a lock could be any program's: it takes NAME.
On Windows nothing is ever left behind: the system removes a segment, and its lock, with the last program that has it
open.

A lock or a key file alone is found by NAME in the legacy form only, and otherwise by --key.`,
		Example: `  qtpeer clean                               # look
  qtpeer clean --yes                         # remove all that nobody uses
  qtpeer clean --yes --older-than 24h
  qtpeer clean test --yes                    # what is left of one
  qtpeer clean --key posix:/test --yes`,
		ValidArgsFunction: o.completeName,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.allUsers && os.Geteuid() != 0 {
				return usage("--all-users takes root")
			}
			if len(args) == 0 && o.text == "" {
				return f.sweep(o, cmd)
			}
			return f.one(o, cmd, args)
		},
	}
	cmd.Flags().BoolVar(&f.yes, "yes", false, "do remove it")
	cmd.Flags().BoolVar(&f.allUsers, "all-users", false, "remove what belongs to other users too, as root")
	cmd.Flags().DurationVar(&f.olderThan, "older-than", 0, "leave what has been made or used within this `DURATION`")
	return cmd
}

// one cleans what is left of one name.
func (f *cleanFlags) one(o *options, cmd *cobra.Command, args []string) error {
	key, missing := o.existing(cmd, args)
	if missing != nil && !errors.Is(missing, fs.ErrNotExist) {
		return missing
	}
	info, err := bridge.Inspect(key, o.bridge()...)
	switch {
	case err != nil:
		return err
	case !info.Exists && !info.KeyFile.Exists && !info.Semaphore.Exists && !info.Semaphore.KeyFile.Exists:
		return failure{statusNotFound, fmt.Errorf("nothing to remove: there is no segment %s, nor anything left of one%s",
			key, searched(missing))}
	}
	if err := f.refuse(info, time.Now()); err != nil {
		return err
	}
	ctx, stop := o.waiting()
	defer stop()
	if err := f.remove(ctx, o, info); err != nil {
		return err
	}
	if !f.yes {
		cmd.PrintErrln("qtpeer: nothing was removed: that takes --yes")
	}
	return printCleaned(cmd.OutOrStdout(), info, f.yes, o.json)
}

// remove removes what info describes, if it is still that.
func (f *cleanFlags) remove(ctx context.Context, o *options, info bridge.Info) error {
	if !f.yes {
		return nil
	}
	options := o.bridge()
	if !f.allUsers {
		options = append(options, bridge.RequireOwner())
	}
	return info.Remove(ctx, options...)
}

// refuse says early, and for a dry run too, what Remove would say, and what the flags say.
func (f *cleanFlags) refuse(i bridge.Info, now time.Time) error {
	err := refuseToClean(i, f.allUsers)
	if err == nil && i.KeyFile.Exists {
		err = refuseFile(i.KeyFile.Path)
	}
	if rest := now.Sub(lastUse(i)); err == nil && rest < f.olderThan {
		err = inUse("%s was used %s ago: --older-than %s leaves it", whatIs(i), age(now, lastUse(i)), f.olderThan)
	}
	return err
}

func refuseToClean(i bridge.Info, allUsers bool) error {
	if allUsers || i.Key.Type == ipckey.Windows {
		return refuseUsed(i)
	}
	return cmp.Or(refuseForeign(i), refuseUsed(i))
}

// lastUse is the last time that anybody is known to have used anything of it.
func lastUse(i bridge.Info) (last time.Time) {
	for _, t := range []time.Time{i.Created, i.Used, i.Semaphore.Used, i.KeyFile.Modified, i.Semaphore.KeyFile.Modified} {
		if t.After(last) {
			last = t
		}
	}
	return last
}

func refuseForeign(i bridge.Info) error {
	me := uint32(os.Geteuid())
	foreign := func(exists bool, owner uint32, what string) error {
		if !exists || owner == me {
			return nil
		}
		return failure{statusDenied, fmt.Errorf("%s belongs to user %d, who has to remove it", what, owner)}
	}
	return cmp.Or(
		foreign(i.KeyFile.Exists, i.KeyFile.Owner, i.KeyFile.Path),
		foreign(i.Exists, i.Owner, segmentName(i)),
		foreign(i.Semaphore.Exists, i.Semaphore.Owner, lockName(i)),
		foreign(i.Semaphore.KeyFile.Exists, i.Semaphore.KeyFile.Owner, i.Semaphore.KeyFile.Path))
}

func refuseUsed(i bridge.Info) error {
	lock := i.Semaphore
	posix := i.Key.Type.Family() == ipckey.FamilyPosix
	switch {
	case i.Key.Type == ipckey.Windows && i.Exists:
		return inUse("%s is in use: %s", segmentName(i), goesByItself)
	case i.Key.Type == ipckey.Windows:
		return inUse("%s is in use: %s", lockName(i), goesByItself)
	case i.Attached > 0 && posix:
		return inUse("%s is in use: %s has it open", segmentName(i), processes(i.Users))
	case i.Attached > 0:
		return inUse("%s is in use: %d attached, the last one by %s", segmentName(i), i.Attached, process(i.LastPID))
	case i.Exists || !lock.Exists:
		return nil
	case posix && len(lock.Users) > 0: // a lock alone, as it stays when Qt programs are killed
		return inUse("%s is in use: %s has it open", lockName(i), processes(lock.Users))
	case posix: // who waits in it may have been killed
		return nil
	case lock.Waiting > 0:
		return inUse("%s is in use: %d wait for it", lockName(i), lock.Waiting)
	case i.KeyFile.Exists:
		return nil
	case lock.LastPID == 0 && lock.Value > 0, lock.LastPID != 0 && !hasEnded(lock.LastPID):
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

// whatIs names what there is of a segment.
func whatIs(i bridge.Info) string {
	switch {
	case i.Exists:
		return segmentName(i)
	case i.KeyFile.Exists:
		return "key file " + i.KeyFile.Path
	}
	return lockName(i)
}

// lockName is what the system calls the lock of a segment.
func lockName(i bridge.Info) string {
	if i.Key.Type.Family() == ipckey.FamilyPosix {
		return "POSIX lock " + i.Semaphore.Native
	}
	return "lock " + i.Semaphore.Native
}
