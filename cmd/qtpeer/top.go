package main

import (
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/cmd/qtpeer/internal/topview"
)

// topFlags are the flags of top.
type topFlags struct {
	formatFlags
	list listFlags
}

func newTop(o *options) *cobra.Command {
	f := new(topFlags)
	cmd := &cobra.Command{
		Use:   "top [--all] [--as FORMAT]",
		Short: "Watch segments and semaphores, and look into them",
		Long: `Show on a terminal, each second, what "qtpeer ls" lists: state, lock, how many are attached, size, age and owner.
Enter looks into one: what "qtpeer info" prints, a hex dump, the content decoded, and as a picture if it is one. The
keys are at the bottom, and ? explains them.

The list and the information attach to nothing. Content is read when its page is opened: attach read-only, copy under the
lock, detach. A lock that does not come within half a second, or --timeout, is reported, and the view goes on.

Content is decoded as "qtpeer stream guess" does; keys choose other formats, and --as one more. A QImage or a PNG file is
drawn with half blocks, or as sixel or kitty graphics if the terminal says that it has these. NO_COLOR is respected.

Nothing is removed: that does "qtpeer clean". Without a terminal use "qtpeer ls".

` + formatHelp,
		Example: `  qtpeer top
  qtpeer top --as QVariantMap --stream-version 5.15
  qtpeer ls                              # the same list, once and for scripts`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.json || !term.IsTerminal(int(os.Stdin.Fd())) || !term.IsTerminal(int(os.Stdout.Fd())) {
				return usage(`top is for people at a terminal, its standard input and output: "qtpeer ls" prints the list, also with --json`)
			}
			source, err := f.source(o, cmd.Flags().Changed("as"))
			if err != nil {
				return err
			}
			return topview.Run(source)
		},
	}
	cmd.Flags().BoolVar(&f.list.all, "all", false, "list what is not Qt's too")
	cmd.Flags().StringArrayVar(&f.list.try, "try", nil, "a `NAME` that an object may have, or @FILE with one on each line")
	f.register(cmd)
	return cmd
}

// topPatience is how long top waits for a lock unless --timeout says so.
const topPatience = 500 * time.Millisecond

// source is where the view has everything from. given tells whether there is --as.
func (f *topFlags) source(o *options, given bool) (s topview.Source, err error) {
	if s.Formats, err = f.topFormats(given); err != nil {
		return s, err
	}
	if _, err := o.keyType(); err != nil {
		return s, err
	}
	names, err := triedNames(f.list.try)
	if err != nil {
		return s, err
	}
	if !o.limited {
		o.limited, o.timeout = true, topPatience
	}
	l, seen := &lister{all: f.list.all, family: o.family, revealer: newRevealer(names)}, newCensus()
	s.List = func() ([]bridge.Info, error) {
		found, err := l.look()
		return found.infos, err
	}
	s.Name, s.Made, s.Describe, s.Read, s.Picture = shownKey, born, describe, o.copyContent, decodePicture
	s.Owner = func(i bridge.Info) string { return shownOwner(seen, i) }
	s.Users = func(i bridge.Info) string { return shownUsers(seen, i) }
	return s, nil
}
