package main

import (
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newRead(o *options) *cobra.Command {
	var f formatFlags
	var out string
	cmd := &cobra.Command{
		Use:   "read NAME [--as FORMAT] [-o FILE]",
		Short: "Print what is in a segment",
		Long: `Attach read-only, copy the whole segment under its lock, detach and print it. Binary formats go to a terminal only with
"-o -". A segment that a crash left behind, with nobody attached, stays.

` + formatHelp,
		Example: `  qtpeer read test --as text
  qtpeer read test --as qstring --stream-version 5.15
  qtpeer read QSharedMemoryExample --as qimage -o out.png
  qtpeer read test | xxd
  qtpeer read --key posix:/test --as text`,
		ValidArgsFunction: o.completeName,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := f.conversion()
			if err != nil {
				return err
			}
			if err := refuseTerminal(c.binary, "--as text or --as hex", out, term.IsTerminal(int(os.Stdout.Fd()))); err != nil {
				return err
			}
			key, err := o.existing(cmd, args)
			if err != nil {
				return err
			}
			return o.read(key, c, out)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "write to `FILE`, all of it or nothing; - for standard output")
	f.register(cmd)
	return cmd
}

// refuseTerminal keeps binary data off the screen. instead says which flags give text.
func refuseTerminal(binary bool, instead, out string, isTerminal bool) error {
	if !binary || out != "" || !isTerminal {
		return nil
	}
	return usage("binary data do not belong on a terminal: use -o FILE, %s, or -o - to print them all the same", instead)
}

func (o *options) read(key ipckey.Key, c conversion, out string) error {
	mem, err := o.copyOut(key)
	if err != nil {
		return err
	}
	value, err := c.print(mem)
	if err != nil {
		return err
	}
	return writeOutput(out, value)
}

// copyOut copies a segment.
func (o *options) copyOut(key ipckey.Key) (data []byte, err error) {
	ctx, stop := o.waiting()
	defer stop()
	err = o.visit(ctx, key, bridge.ReadOnly, func(s *bridge.Segment) error {
		data = make([]byte, s.Size())
		_, err := s.ReadAt(data, 0)
		return err
	})
	return data, err
}
