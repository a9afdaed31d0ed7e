package main

import (
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// options are the flags that every verb has.
type options struct {
	family        string
	native        bool
	text          string
	qtVersion     string
	rules         ipckey.Rules // of qtVersion
	breakDeadLock bool
	tmpdir        string
	timeout       time.Duration
	limited       bool // --timeout was given
	json          bool
}

func (o *options) register(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVar(&o.family, "type", "", "`FAMILY` of the key: systemv, posix or windows (default: QSharedMemory(QString)'s)")
	flags.BoolVar(&o.native, "native", false, "NAME is a native key, as setNativeKey() takes it")
	flags.StringVar(&o.text, "key", "", "a key in QNativeIpcKey's `TEXT` form, such as posix:/x, instead of NAME")
	flags.StringVar(&o.qtVersion, "qt-version", "", "name objects as this `VERSION` of Qt does; few differ: see qtpeer key --help")
	flags.BoolVar(&o.breakDeadLock, "break-dead-lock", false, "take a POSIX or Windows lock from a holder that has died, if nobody else has it open")
	flags.StringVar(&o.tmpdir, "tmpdir", "", "the Qt program's TMPDIR, if ours is another: `DIR` of the key files")
	flags.DurationVar(&o.timeout, "timeout", 0, "`DURATION` to wait for other processes at most; 0: try once (default: for ever)")
	flags.BoolVar(&o.json, "json", false, "print information, and errors, as JSON")
	_ = root.RegisterFlagCompletionFunc("type", cobra.FixedCompletions(familyNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = root.RegisterFlagCompletionFunc("qt-version", cobra.FixedCompletions(eraVersions(), cobra.ShellCompDirectiveNoFileComp))
	_ = root.MarkPersistentFlagDirname("tmpdir")
}

// prepare applies the flags that concern the whole process.
func (o *options) prepare(cmd *cobra.Command, _ []string) (err error) {
	o.limited = cmd.Flags().Changed("timeout")
	if o.text != "" && (o.native || o.family != "") {
		return usage("--key is a whole key: --native and --type do not go with it")
	}
	if cmd.Flags().Changed("qt-version") {
		if o.rules, err = ipckey.RulesOf(o.qtVersion); err != nil {
			return usage("--qt-version: %w", err)
		}
	}
	if o.tmpdir == "" {
		return nil
	}
	return os.Setenv("TMPDIR", o.tmpdir)
}

// bridge returns what the flags say of every object, and more.
func (o *options) bridge(more ...bridge.Option) []bridge.Option {
	options := append(more, bridge.WithRules(o.rules))
	if o.breakDeadLock {
		options = append(options, bridge.BreakDeadLock())
	}
	return options
}
