package main

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
)

// listFlags are the flags of ls.
type listFlags struct {
	all, watch bool
	try        []string
}

func newList(o *options) *cobra.Command {
	f := new(listFlags)
	cmd := &cobra.Command{
		Use:   "ls [--all] [--try NAME]... [--watch]",
		Short: "List segments, their locks and semaphores",
		Long: `List the segments of Qt programs with the state of their locks, the semaphores that are no locks of these, and key
files that have stayed alone, without attaching, locking or changing anything. On Windows these are the objects of this
session and those in Global\. --type lists one family.

KEY is the name that the program passed to Qt. The system knows only its ASCII letters and a hash of all of it, so it is
found by guessing: with --try, the command lines of processes, names of known programs, and the letters themselves with
digits and separators. A name that is not found shows as its letters, "…" and the beginning of the hash. What begins
with / is a native key, of which there is no more to know. "?" stands for an object without a key file, with the
kernel's key.

Without --all, what does not look like Qt's is left out: System V objects without a key file whose key does not begin
with 0x51, and POSIX objects with neither a name of Qt's kind nor a lock.

On a terminal the table has as many columns as fit. With --json the result is an array of what "qtpeer info" prints.
What this user may not look at has no size and no value.`,
		Example: `  qtpeer ls
  qtpeer ls --try 'My App 1.0' --try @names.txt   # a file has a name on each line
  qtpeer ls --type posix --watch                  # until Ctrl-C
  qtpeer ls --all --json | jq '.[].key'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(o, cmd) },
	}
	cmd.Flags().BoolVar(&f.all, "all", false, "list what is not Qt's too")
	cmd.Flags().StringArrayVar(&f.try, "try", nil, "a `NAME` that an object may have, or @FILE with one on each line")
	cmd.Flags().BoolVar(&f.watch, "watch", false, "list again whenever something has changed, each second on a terminal")
	return cmd
}

func (f *listFlags) run(o *options, cmd *cobra.Command) error {
	if _, err := o.keyType(); err != nil {
		return err
	}
	names, err := triedNames(f.try)
	if err != nil {
		return err
	}
	l := &lister{all: f.all, family: o.family, revealer: newRevealer(names)}
	out := screenOf(cmd.OutOrStdout())
	if f.watch {
		return l.watch(out, cmd.ErrOrStderr(), o.json)
	}
	found, err := l.look()
	if err != nil && len(found.infos) == 0 {
		return err
	}
	printErr := found.print(out, cmd.ErrOrStderr(), o.json)
	return cmp.Or(err, printErr)
}

// lister finds out what there is.
type lister struct {
	all      bool   // or only what looks like Qt's
	family   string // or ""
	revealer *revealer
}

// listing is what there is at one moment, in the order of the names.
type listing struct {
	infos []bridge.Info
	seen  *census
}

// look returns what it has found even if an error kept it from the rest.
func (l *lister) look() (listing, error) {
	listed, err := bridge.List()
	listed = slices.DeleteFunc(listed, func(i bridge.Info) bool {
		return !l.all && !isQts(i) || l.family != "" && i.Key.Type.Family().String() != l.family
	})
	seen := newCensus()
	l.revealer.reveal(listed, seen)
	slices.SortStableFunc(listed, func(a, b bridge.Info) int {
		return cmp.Or(
			compareBool(a.Key.Native == "", b.Key.Native == ""),
			strings.Compare(shownKey(a), shownKey(b)),
			strings.Compare(a.Key.Native, b.Key.Native),
			cmp.Compare(a.ID, b.ID))
	})
	return listing{listed, seen}, err
}

// print prints what there is and, unless it is for a program, notes about it.
func (l listing) print(out screen, notes io.Writer, asJSON bool) error {
	if asJSON {
		return printJSON(out, l.asJSON())
	}
	printNotes(notes, l.infos)
	return printTable(out, l)
}

func (l listing) asJSON() []infoJSON {
	j := []infoJSON{}
	for _, i := range l.infos {
		j = append(j, l.seen.infoJSON(i))
	}
	return j
}

// compareBool has false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
