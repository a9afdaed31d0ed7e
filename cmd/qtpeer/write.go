package main

import (
	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

func newWrite(o *options) *cobra.Command {
	var f formatFlags
	var in string
	var offset int
	cmd := &cobra.Command{
		Use:   "write NAME [--in FILE] [--offset N] [--as FORMAT]",
		Short: "Write into a segment",
		Long: `Attach, copy the encoded input into the segment under its lock, and detach. Input that does not fit is refused before
anything is written; bytes beyond the input stay as they are.

` + formatHelp,
		Example: `  echo hello | qtpeer write test --as qstring
  qtpeer write test --in record.bin --offset 64
  echo hello | qtpeer write --key posix:/test --as text`,
		ValidArgsFunction: o.completeName,
		RunE: func(cmd *cobra.Command, args []string) error {
			if offset < 0 {
				return usage("--offset %d: want 0 or more", offset)
			}
			c, err := f.conversion()
			if err != nil {
				return err
			}
			key, err := o.existing(cmd, args)
			if err != nil {
				return err
			}
			data, err := c.load(in)
			if err != nil {
				return err
			}
			return o.copyIn(key, data, offset)
		},
	}
	cmd.Flags().StringVar(&in, "in", "-", "`FILE` to read, - for standard input")
	cmd.Flags().IntVar(&offset, "offset", 0, "where in the segment to write, in bytes from its start")
	f.register(cmd)
	return cmd
}

// copyIn copies data into a segment, all of it or nothing.
func (o *options) copyIn(key ipckey.Key, data []byte, offset int) error {
	ctx, stop := o.waiting()
	defer stop()
	return o.visit(ctx, key, bridge.ReadWrite, func(s *bridge.Segment) error {
		if room := s.Size() - offset; len(data) > room {
			return badData("%d bytes do not fit at offset %d of a segment of %d", len(data), offset, s.Size())
		}
		_, err := s.WriteAt(data, int64(offset))
		return err
	})
}
