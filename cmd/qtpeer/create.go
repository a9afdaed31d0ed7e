package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

type createFlags struct {
	formatFlags
	size int
	in   string
	hold time.Duration
}

func newCreate(o *options) *cobra.Command {
	f := new(createFlags)
	cmd := &cobra.Command{
		Use:   "create NAME [--size N] [--in FILE [--as FORMAT]] [--hold DURATION]",
		Short: "Make a segment, fill it and keep it until a signal",
		Long: `Make a segment, fill it under its lock and stay attached until SIGINT (Ctrl-C), SIGTERM or SIGHUP, or until --hold has
passed. Then detach: if nobody else is attached, the segment goes, as with Qt; so does a POSIX segment, which Qt would
leave. Once the segment is filled, one line on standard output says "ready KEY SIZE". On Windows the size is whole pages.

` + formatHelp,
		Example: `  qtpeer create test --size 1024
  echo "test sharedMemory" | qtpeer create test --in - --as cstring
  qtpeer create QSharedMemoryExample --in photo.png --as qimage --hold 1m
  qtpeer create test --size 1024 --type posix`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := o.onlyKey(ipckey.Segment, args)
			if err != nil {
				return err
			}
			data, err := f.content(cmd)
			if err != nil {
				return err
			}
			return f.create(o, cmd, key, data)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&f.size, "size", 0, "size in bytes (default: that of the encoded input)")
	flags.StringVar(&f.in, "in", "", "`FILE` to fill the segment with, - for standard input (default: zeros)")
	flags.DurationVar(&f.hold, "hold", 0, "stay attached for this time, such as 1m (default: until a signal)")
	f.register(cmd)
	return cmd
}

// content returns the encoded input, nil if there is none, and settles the size.
func (f *createFlags) content(cmd *cobra.Command) ([]byte, error) {
	c, err := f.conversion()
	if err != nil {
		return nil, err
	}
	sized := cmd.Flags().Changed("size")
	if f.in == "" {
		if cmd.Flags().Changed("as") {
			return nil, usage("--as says how --in is encoded: give --in FILE, or --in - for standard input")
		}
		if !sized {
			return nil, usage("how large? give --size or --in")
		}
		return nil, nil
	}
	data, err := c.load(f.in)
	if err != nil {
		return nil, err
	}
	if sized && len(data) > f.size {
		return nil, badData("the input takes %d bytes, more than --size %d", len(data), f.size)
	}
	if !sized {
		f.size = len(data)
	}
	return data, nil
}

func (f *createFlags) create(o *options, cmd *cobra.Command, key ipckey.Key, data []byte) error {
	ctx, stop := interruptible()
	defer stop()
	wait, cancel := o.limit(ctx)
	defer cancel()
	segment, err := bridge.Create(wait, key, f.size, o.bridge(bridge.RemoveLast())...)
	if err != nil {
		return err
	}
	err = segment.Do(wait, func(mem []byte) error {
		copy(mem, data)
		return nil
	})
	if err == nil {
		_, err = fmt.Fprintln(cmd.OutOrStdout(), "ready", key, segment.Size())
	}
	if err == nil {
		stay(ctx, f.hold)
	}
	leaveErr := o.leave(cmd, segment, stop)
	return cmp.Or(err, leaveErr)
}

// stay waits until ctx ends, or for the time hold if that is not 0.
func stay(ctx context.Context, hold time.Duration) {
	if hold != 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, hold)
		defer cancel()
	}
	<-ctx.Done()
}

// leave detaches. While another process holds the lock the next signal ends the program.
func (o *options) leave(cmd *cobra.Command, segment *bridge.Segment, stop func()) error {
	once, cancel := context.WithCancel(context.Background())
	cancel()
	err := segment.Detach(once)
	if bridge.CodeOf(err) != bridge.CodeCanceled {
		return err
	}
	cmd.PrintErrln("qtpeer: waiting for the lock to detach; interrupt again to leave the segment behind")
	stop()
	ctx, cancel := o.limit(context.Background())
	defer cancel()
	return segment.Detach(ctx)
}
