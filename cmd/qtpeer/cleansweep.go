package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// sweepWait is how long one object may keep all the others waiting: what lasts for an instant only is waited for.
const sweepWait = 5 * time.Second

// sweep cleans everything that looks like Qt's.
func (f *cleanFlags) sweep(o *options, cmd *cobra.Command) error {
	if o.native {
		return usage("--native says how to read NAME, and there is none")
	}
	if _, err := o.keyType(); err != nil {
		return err
	}
	found, err := (&lister{family: o.family, revealer: newRevealer(nil)}).look()
	if err != nil {
		return err
	}
	ctx, restore := interruptible()
	defer restore()
	var verdicts []verdict
	failed := 0
	for _, info := range found.infos {
		v, err := f.judge(ctx, o, found.seen, info)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it went by itself
		}
		if err != nil {
			failed++
		}
		verdicts = append(verdicts, v)
	}
	if err := printVerdicts(cmd.OutOrStdout(), verdicts, found.seen, f.yes, o.json); err != nil {
		return err
	}
	return f.conclude(cmd, verdicts, failed)
}

// judge decides about one object, and carries it out. The error is of what was to go and did not, except that it is in use.
func (f *cleanFlags) judge(ctx context.Context, o *options, seen *census, info bridge.Info) (verdict, error) {
	if err := f.refuse(info, seen.now); err != nil {
		return verdict{info, err.Error(), false}, nil
	}
	if doubt := doubtOf(info); doubt != "" && f.olderThan == 0 {
		return verdict{info, whatIs(info) + " " + doubt + ": --older-than removes it", false}, nil
	}
	wait := sweepWait
	if o.limited {
		wait = o.timeout
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	err := f.remove(ctx, o, info)
	switch {
	case err == nil:
		return verdict{info, seen.whyGone(info), true}, nil
	case errors.Is(err, bridge.ErrInUse), errors.Is(err, context.DeadlineExceeded):
		return verdict{info, err.Error(), false}, nil
	}
	return verdict{info, err.Error(), false}, err
}

// doubtOf says why an object that seems to be left over may not be: then it takes a word on how long nobody has used it.
func doubtOf(i bridge.Info) string {
	s := i.Semaphore
	switch {
	case i.Key.Type.Family() != ipckey.FamilySystemV:
		return ""
	case i.Key.Native == "":
		return "has no key file, and may be another program's"
	case isLone(i) && (s.Value != 0 || s.LastPID != 0):
		return "may be open in a program that others have outlived"
	}
	return ""
}

// whyGone says what there was.
func (c *census) whyGone(i bridge.Info) string {
	since := age(c.now, lastUse(i)) + " ago"
	switch {
	case i.Exists && i.LastPID != 0:
		return fmt.Sprintf("%s, %d bytes, nobody is attached, last used by %s %s", segmentName(i), i.Size, process(i.LastPID), since)
	case i.Exists:
		return fmt.Sprintf("%s, %d bytes, nobody is attached, made %s", segmentName(i), i.Size, since)
	case i.KeyFile.Exists:
		return "key file without segment, made " + since
	case i.Semaphore.Exists:
		return fmt.Sprintf("semaphore that nobody uses, last used %s", since)
	}
	return "key file without semaphore, made " + since
}

func (f *cleanFlags) conclude(cmd *cobra.Command, verdicts []verdict, failed int) error {
	gone := 0
	for _, v := range verdicts {
		if v.goes {
			gone++
		}
	}
	switch {
	case failed > 0:
		return fmt.Errorf("%d of %d objects that nobody uses could not be removed: see above why", failed, failed+gone)
	case gone == 0:
		cmd.PrintErrln("qtpeer: there is nothing to remove")
	case !f.yes:
		cmd.PrintErrln("qtpeer: nothing was removed: that takes --yes")
	}
	return nil
}
