package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
)

func newInfo(o *options) *cobra.Command {
	var peek int
	cmd := &cobra.Command{
		Use:   "info NAME [--peek N]",
		Short: "Show a segment, its key file and its lock",
		Long: `Show a segment, its key file and its lock, without attaching, locking or changing anything. If there is no segment, the
exit status is 2, and what is left of it is shown all the same. Who is attached is shown as far as it can be seen from
here.

--peek N does attach, for reading: it takes the lock, copies the segment, detaches, and shows the first N bytes and
what the whole may be, as "qtpeer stream guess" does. What a crash left behind stays as it is.

A POSIX segment has no id, key file, creator or last user: with --json these are null. Its lock too has users: the
processes that have it open. "attached" counts processes, of System V it counts attachments.

A Windows segment has no owner and mode either, and how many wait for its lock Windows does not tell. Its size is whole
pages, and "attached" counts the handles to it.`,
		Example: `  qtpeer info test
  qtpeer info test --peek 64 --timeout 1s
  qtpeer info test --json | jq .attached
  qtpeer info --key posix:/test`,
		ValidArgsFunction: o.completeName,
		RunE: func(cmd *cobra.Command, args []string) error {
			if peek < 0 {
				return usage("--peek %d: want 0 or more", peek)
			}
			return o.info(cmd, args, peek)
		},
	}
	cmd.Flags().IntVar(&peek, "peek", 0, "attach, and show the first `N` bytes and a guess of what the content is")
	return cmd
}

// info shows a segment with its first peek bytes.
func (o *options) info(cmd *cobra.Command, args []string, peek int) error {
	key, missing := o.existing(cmd, args)
	if missing != nil && !errors.Is(missing, fs.ErrNotExist) {
		return missing
	}
	info, err := bridge.Inspect(key, o.bridge()...)
	if err != nil {
		return err
	}
	findCollisions(&info)
	if info.Exists && peek > 0 {
		return o.infoWithPeek(cmd, info, peek)
	}
	if err := printInfo(cmd.OutOrStdout(), info, o.json); err != nil {
		return err
	}
	if !info.Exists {
		return failure{statusNotFound, fmt.Errorf("there is no segment %s%s", key, searched(missing))}
	}
	return nil
}

// findCollisions adds to info what only a look at all objects tells.
func findCollisions(info *bridge.Info) {
	if info.KeyFile.Exists {
		listed, _ := bridge.List()
		addCollisions(&info.KeyFile, listed)
		addCollisions(&info.Semaphore.KeyFile, listed)
	}
}

// addCollisions adds those that have been listed with the file, or that the file has been listed with.
func addCollisions(mine *bridge.KeyFile, listed []bridge.Info) {
	for _, i := range listed {
		for _, file := range []bridge.KeyFile{i.KeyFile, i.Semaphore.KeyFile} {
			same := append([]string{file.Path}, file.Collides...)
			if at := slices.Index(same, mine.Path); at >= 0 && len(same) > 1 {
				mine.Collides = slices.Delete(same, at, at+1)
			}
		}
	}
}
