package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/shmbridge/shmbridge/bridge"
	"github.com/shmbridge/shmbridge/qtcompat/ipckey"
)

// derivedKey is one of the keys that Qt derives from a name.
type derivedKey struct {
	Object string `json:"object"`
	Family string `json:"family"`
	Form   string `json:"form"`
	Native string `json:"native"`
	Text   string `json:"text"`
}

func newKey(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "key NAME",
		Short: "Print every name that Qt derives from NAME",
		Long: `Print the native keys that Qt derives from NAME for segments and semaphores, in every family. The legacy form is that
of QSharedMemory(QString), in every Qt; the safe form is that of platformSafeKey() of Qt 6.6 and later. Nothing has to
exist. With --json also the text form of QNativeIpcKey, which --key takes.`,
		Example: `  qtpeer key test
  qtpeer key test --type systemv --tmpdir /run/app/tmp`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("want one NAME, got %q", args)
			}
			keys, err := o.derive(args[0])
			if err != nil {
				return err
			}
			return printKeys(cmd.OutOrStdout(), args[0], keys, o.json)
		},
	}
}

// derive returns the keys of name in the families that --type allows.
func (o *options) derive(name string) (keys []derivedKey, err error) {
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
	forms := []struct {
		name   string
		derive func(ipckey.Env, ipckey.Kind, string, ipckey.Type) (ipckey.Key, error)
	}{{"legacy", ipckey.Legacy}, {"safe", ipckey.PlatformSafe}}
	env := bridge.Environment()
	for _, t := range types {
		for _, form := range forms {
			for _, kind := range []ipckey.Kind{ipckey.Segment, ipckey.Semaphore} {
				key, err := form.derive(env, kind, name, t)
				if err != nil {
					return nil, usage("%w", err)
				}
				keys = append(keys, derivedKey{kind.String(), t.String(), form.name, key.Native, key.String()})
			}
		}
	}
	return keys, nil
}

func printKeys(w io.Writer, name string, keys []derivedKey, asJSON bool) error {
	if asJSON {
		return printJSON(w, struct {
			Name string       `json:"name"`
			Keys []derivedKey `json:"keys"`
		}{name, keys})
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FAMILY\tFORM\tOBJECT\tNATIVE KEY")
	for _, k := range keys {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", k.Family, k.Form, k.Object, k.Native)
	}
	return table.Flush()
}
