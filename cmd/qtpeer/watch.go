package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

type watchFlags struct {
	formatFlags
	every time.Duration
	exec  string
	count int
}

const watchHelp = `Print one line of JSON when a segment appears, when its content changes and when it disappears; the first line, if it is
there already, says "appeared". It need not exist yet, and may go and come back. SIGINT (Ctrl-C), SIGTERM and SIGHUP end
the watch with status 0, and so does a reader of the output that goes away. --timeout ends it with status 4 when there
has been no line for so long.

  time      when the change was seen       size      bytes
  event     appeared, changed,             hash      SHA-256 of the content, as sha256sum prints it
            disappeared                    attached  as "qtpeer info" counts
  key       of the segment                 value     the content as FORMAT, if --as is given, or
  by        pid and command of who         error     why it is none
            made or changed it, if known

The content is compared every period, so that of several changes in one period only the last is seen. Nothing stays
attached in between: a look takes the lock, copies and leaves, and what a crash left behind stays as it is. While others
hold the lock there is nothing to see, and one that is held for ever only makes the watch wait for ever.

Of a System V segment the system tells whether somebody has used its lock since the last look. If nobody has, only every
tenth period looks at the content, for the sake of programs that write without the lock.

` + formatHelp + `

The value of raw, qbytearray and qimage is base64, of int32 and TYPE as they are, and otherwise a string.`

func newWatch(o *options) *cobra.Command {
	f := new(watchFlags)
	cmd := &cobra.Command{
		Use:   "watch NAME [--every DURATION] [--as FORMAT] [--exec COMMAND] [--count N]",
		Short: "Print a line whenever a segment changes",
		Long:  watchHelp,
		Example: `  qtpeer watch test
  qtpeer watch test --as qstring --every 200ms | jq -r .value
  qtpeer watch test --exec 'notify-send "$QTPEER_EVENT" "$(jq -r .key)"'
  qtpeer watch test --count 1 --timeout 30s      # wait for a program to create it
  qtpeer watch --key posix:/test`,
		ValidArgsFunction: o.completeName,
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := f.watcher(o, cmd, args)
			if err != nil {
				return err
			}
			ctx, stop := interruptible()
			defer stop()
			return w.run(ctx, f.every)
		},
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.DurationVar(&f.every, "every", time.Second, "look every `DURATION`")
	flags.StringVar(&f.exec, "exec", "", "run a shell `COMMAND` after each line, with the line as its input and $QTPEER_EVENT")
	flags.IntVar(&f.count, "count", 0, "end after `N` lines (default: never)")
	as := flags.Lookup("as")
	as.DefValue, as.Usage, f.as = "", "print the content as `FORMAT`, or TYPE, too", ""
	return cmd
}

func (f *watchFlags) watcher(o *options, cmd *cobra.Command, args []string) (*watcher, error) {
	switch {
	case f.every <= 0:
		return nil, usage("--every %v: want more than 0", f.every)
	case f.count < 0:
		return nil, usage("--count %d: want 0 or more", f.count)
	case f.as == "" && f.given():
		return nil, usage("--stream-version, --order, --precision and --define say how --as reads: give --as FORMAT")
	}
	usual, err := o.onlyKey(ipckey.Segment, args)
	if err != nil {
		return nil, err
	}
	w := &watcher{o: o, count: f.count, report: &changePrinter{out: cmd.OutOrStdout(), command: f.exec}}
	w.warn = func(format string, args ...any) { cmd.PrintErrf("qtpeer: "+format+"\n", args...) }
	w.report.warn = w.warn
	w.find = func() (ipckey.Key, error) { return usual, nil }
	if !o.exact() {
		w.find = func() (ipckey.Key, error) { return o.find(usual) }
	}
	if f.as != "" {
		w.report.as, err = f.conversion()
	}
	return w, err
}

// watcher looks at a segment again and again.
type watcher struct {
	o      *options
	find   func() (ipckey.Key, error)
	count  int // of lines, 0 for no limit
	report *changePrinter
	warn   func(format string, args ...any)

	seen    *sight // nil while there is none
	piece   []byte // memory for comparing
	skipped int    // periods since the last look
	dead    bool   // the lock is, which has been told
}

// run looks every so often until a signal, the last line, or the end of --timeout.
func (w *watcher) run(ctx context.Context, every time.Duration) error {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	wait, cancel := w.o.limit(ctx)
	defer func() { cancel() }()
	for lines := 0; ; {
		changes, err := w.look(wait, every/2) // and out of the way for the rest: see --break-dead-lock
		for _, c := range changes {
			if err := w.report.print(ctx, c); err != nil {
				return unlessGone(err)
			}
			if lines++; lines == w.count {
				return nil
			}
		}
		if len(changes) > 0 {
			cancel()
			wait, cancel = w.o.limit(ctx)
		}
		if err != nil {
			return err
		}
		select {
		case <-ticker.C:
		case <-wait.Done():
		}
		if wait.Err() != nil {
			return w.ended(ctx, wait)
		}
	}
}

// ended is nil after a signal.
func (w *watcher) ended(ctx, wait context.Context) error {
	if ctx.Err() != nil {
		return nil
	}
	return failure{statuses[bridge.CodeTimeout], fmt.Errorf("nothing has changed: %w", context.Cause(wait))}
}

// unlessGone is nil if there is nobody left to write to.
func unlessGone(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return err
}
