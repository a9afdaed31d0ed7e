package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// derivedKey is one of the keys that Qt derives from a name.
type derivedKey struct {
	object string // "lock" where the lock of the segment is not the semaphore of the same form
	form   string
	key    ipckey.Key
	id     uint8 // for ftok
}

func newKey(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "key NAME",
		Short: "Print every name that Qt derives from NAME",
		Long: `Print the native keys that Qt derives from NAME for segments and semaphores, in every family. The legacy form is that
of QSharedMemory(QString), in every Qt; the safe form is that of platformSafeKey() of Qt 6.6 and later. Nothing has to
exist. A lock is shown where it is not the semaphore of the same name. With --json also the text form of QNativeIpcKey,
which --key takes, and the project id with which ftok() makes a number of a System V key.

The keys are those of the newest Qt; below are those that other versions derive differently. With --qt-version the
keys are those of that version alone. These ranges of versions have rules of their own:

` + erasHelp(),
		Example: `  qtpeer key test
  qtpeer key test --type posix
  qtpeer key test --type systemv --tmpdir /run/app/tmp
  qtpeer key test --qt-version 5.6`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("want one NAME, got %q", args)
			}
			keys, err := o.derive(args[0], o.rules)
			if err != nil {
				return err
			}
			var others []eraKey
			if o.qtVersion == "" {
				if others, err = o.differing(args[0], keys); err != nil {
					return err
				}
			}
			if o.json {
				return printKeysJSON(cmd.OutOrStdout(), args[0], keys, others)
			}
			return printKeys(cmd.OutOrStdout(), keys, others)
		},
	}
}

// derive returns the keys of name by rules in the families that --type allows.
func (o *options) derive(name string, rules ipckey.Rules) (keys []derivedKey, err error) {
	if o.native || o.text != "" {
		return nil, usage("--native and --key name an object already: there is nothing to derive")
	}
	types := families
	if o.family != "" {
		t, err := o.keyType()
		if err != nil {
			return nil, err
		}
		types = []ipckey.Type{t}
	}
	for _, t := range types {
		legacy, err := deriveForm("legacy", ipckey.Legacy, name, t, rules)
		if err != nil {
			return nil, usage("%w", err)
		}
		keys = append(keys, legacy...)
		if rules.Lock == ipckey.LockLegacyOnly { // before Qt 6.6, which had no platformSafeKey
			continue
		}
		safe, err := deriveForm("safe", ipckey.PlatformSafe, name, t, rules)
		if err != nil {
			return nil, usage("%w", err)
		}
		keys = append(keys, safe...)
	}
	return keys, nil
}

type deriver = func(ipckey.Env, ipckey.Kind, string, ipckey.Type) (ipckey.Key, error)

// deriveForm returns the keys of one form.
func deriveForm(form string, derive deriver, name string, t ipckey.Type, rules ipckey.Rules) ([]derivedKey, error) {
	env := bridge.Environment(bridge.WithRules(rules))
	segment, err := derive(env, ipckey.Segment, name, t)
	semaphore, semErr := derive(env, ipckey.Semaphore, name, t)
	if err := cmp.Or(err, semErr); err != nil {
		return nil, err
	}
	lock, err := segment.Semaphore(env)
	keys := []derivedKey{
		{"segment", form, segment, segment.ProjectID(rules)},
		{"semaphore", form, semaphore, semaphore.ProjectID(rules)},
	}
	if lock.Native != semaphore.Native {
		keys = append(keys, derivedKey{"lock", form, lock, lock.ProjectID(rules)})
	}
	return keys, err
}

// differing returns the keys that versions of Qt derive from name and that are not among keys.
func (o *options) differing(name string, keys []derivedKey) (others []eraKey, err error) {
	for _, era := range ipckey.Eras() {
		theirs, err := o.derive(name, era.Rules)
		if err != nil {
			return nil, err
		}
		for _, key := range theirs {
			if !slices.Contains(keys, key) {
				others = append(others, eraKey{eraName(era), key})
			}
		}
	}
	return others, nil
}

// printKeys prints a table of keys, and one of the others if there are any.
func printKeys(w io.Writer, keys []derivedKey, others []eraKey) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	special := slices.ContainsFunc(keys, derivedKey.hasSpecialID)
	fmt.Fprintln(table, keyHeading(special))
	for _, k := range keys {
		fmt.Fprintln(table, k.row(special))
	}
	if err := table.Flush(); err != nil || len(others) == 0 {
		return err
	}
	fmt.Fprintf(w, "\nOther versions of Qt (--qt-version):\n")
	special = slices.ContainsFunc(others, func(k eraKey) bool { return k.hasSpecialID() })
	fmt.Fprintf(table, "QT\t%s\n", keyHeading(special))
	for _, k := range others {
		fmt.Fprintf(table, "%s\t%s\n", k.era, k.row(special))
	}
	return table.Flush()
}

// hasSpecialID reports that ftok's project id is not the usual 'Q'.
func (k derivedKey) hasSpecialID() bool {
	return k.key.Type == ipckey.SystemV && k.id != uint8(ipckey.SystemV)
}

func keyHeading(withID bool) string {
	if withID {
		return "FAMILY\tFORM\tOBJECT\tFTOK ID\tNATIVE KEY"
	}
	return "FAMILY\tFORM\tOBJECT\tNATIVE KEY"
}

func (k derivedKey) row(withID bool) string {
	row := fmt.Sprintf("%s\t%s\t%s\t", k.key.Type, k.form, k.object)
	if withID && k.key.Type == ipckey.SystemV {
		row += fmt.Sprint(k.id)
	}
	if withID {
		row += "\t"
	}
	return row + k.key.Native
}
