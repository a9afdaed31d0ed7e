package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// options are the flags that every verb has.
type options struct {
	family  string
	native  bool
	text    string
	version string // of Qt
	rules   ipckey.Rules
	dead    bool // take locks from the dead
	tmpdir  string
	timeout time.Duration
	limited bool // --timeout was given
	json    bool
}

func (o *options) register(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVar(&o.family, "type", "", "`FAMILY` of the key: systemv, posix or windows (default: QSharedMemory(QString)'s)")
	flags.BoolVar(&o.native, "native", false, "NAME is a native key, as setNativeKey() takes it")
	flags.StringVar(&o.text, "key", "", "a key in QNativeIpcKey's `TEXT` form, such as systemv:/tmp/x, instead of NAME")
	flags.StringVar(&o.version, "qt-version", "", "the Qt program's `VERSION`, if it is one that names objects differently (see qtpeer key --help)")
	flags.BoolVar(&o.dead, "break-dead-lock", false, "take a POSIX lock that nobody else has open from a process that died holding it")
	flags.StringVar(&o.tmpdir, "tmpdir", "", "the Qt program's TMPDIR, if ours is another: `DIR` of the key files")
	flags.DurationVar(&o.timeout, "timeout", 0, "do not wait longer for other processes; 0: try once (default: for ever)")
	flags.BoolVar(&o.json, "json", false, "print information, and errors, as JSON")
	_ = root.RegisterFlagCompletionFunc("type", cobra.FixedCompletions(familyNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = root.RegisterFlagCompletionFunc("qt-version", cobra.FixedCompletions(eraVersions(), cobra.ShellCompDirectiveNoFileComp))
	_ = root.MarkPersistentFlagDirname("tmpdir")
}

// prepare applies the flags that concern the whole process.
func (o *options) prepare(cmd *cobra.Command, _ []string) error {
	o.limited = cmd.Flags().Changed("timeout")
	if o.text != "" && (o.native || o.family != "") {
		return usage("--key is a whole key: --native and --type do not go with it")
	}
	if o.version != "" {
		var err error
		if o.rules, err = ipckey.RulesOf(o.version); err != nil {
			return usage("--qt-version: %w", err)
		}
	}
	if o.tmpdir == "" {
		return nil
	}
	return os.Setenv("TMPDIR", o.tmpdir)
}

// bridge returns what the flags say of every object.
func (o *options) bridge(more ...bridge.Option) []bridge.Option {
	opts := append(more, bridge.WithRules(o.rules))
	if o.dead {
		opts = append(opts, bridge.BreakDeadLock())
	}
	return opts
}

func eraVersions() (versions []string) {
	for _, era := range ipckey.Eras() {
		versions = append(versions, era.Version)
	}
	return versions
}

var families = []ipckey.Type{ipckey.SystemV, ipckey.PosixRealtime, ipckey.Windows}

func familyNames() (names []string) {
	for _, t := range families {
		names = append(names, t.String())
	}
	return names
}

// keyType is what --type says.
func (o *options) keyType() (ipckey.Type, error) {
	if o.family == "" {
		return ipckey.LegacyDefaultType(runtime.GOOS), nil
	}
	for _, t := range families {
		if t.String() == o.family {
			return t, nil
		}
	}
	return 0, usage("--type %s: want one of %q", o.family, familyNames())
}

// key returns the key that the flags and the first of args stand for, and the other args.
func (o *options) key(kind ipckey.Kind, args []string) (key ipckey.Key, rest []string, err error) {
	if o.text != "" {
		if key, err = ipckey.Parse(o.text); err != nil {
			err = usage("--key: %w", err)
		}
		return key, args, err
	}
	if len(args) == 0 {
		return key, nil, usage("no NAME: give the string that the Qt program passes to its constructor, or --key")
	}
	t, err := o.keyType()
	if err != nil || o.native {
		return ipckey.Key{Type: t, Native: args[0]}, args[1:], err
	}
	if key, err = ipckey.Legacy(bridge.Environment(o.bridge()...), kind, args[0], t); err != nil {
		err = usage("%w", err)
	}
	return key, args[1:], err
}

// onlyKey is key for verbs that take nothing else.
func (o *options) onlyKey(kind ipckey.Kind, args []string) (ipckey.Key, error) {
	key, rest, err := o.key(kind, args)
	if err == nil && len(rest) > 0 {
		err = usage("unexpected argument %q", rest[0])
	}
	return key, err
}

// existing is onlyKey for a segment that a program has made, of whatever family. If it is not where QSharedMemory(QString)
// has it, standard error says where. The error of one that is nowhere is fs.ErrNotExist; the key is the usual one then.
func (o *options) existing(cmd *cobra.Command, args []string) (ipckey.Key, error) {
	key, err := o.onlyKey(ipckey.Segment, args)
	if err != nil || o.text != "" || o.native || o.family != "" {
		return key, err
	}
	found, err := bridge.Find(args[0], o.bridge()...)
	if err == nil && found != key {
		cmd.PrintErrf("qtpeer: %q is %s\n", args[0], found)
	}
	return found, err
}

// interruptible returns a context that ends with the first signal that asks the program to end. After stop signals end
// it at once again.
func interruptible() (ctx context.Context, stop context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // by nohup
		signals = append(signals, syscall.SIGHUP)
	}
	return signal.NotifyContext(context.Background(), signals...)
}

// limit returns ctx with the end that --timeout sets.
func (o *options) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if !o.limited {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, o.timeout, fmt.Errorf("%w after %v", errTimeout, o.timeout))
}

// waiting is interruptible with a limit.
func (o *options) waiting() (ctx context.Context, stop context.CancelFunc) {
	ctx, restore := interruptible()
	ctx, cancel := o.limit(ctx)
	return ctx, func() { cancel(); restore() }
}
